"""No network for a child process: a network namespace of its own where the system permits it, a guard everywhere."""

import os
import sys
from pathlib import Path

_NEW_USERS = 0x10000000
_NEW_NETWORK = 0x40000000
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "pty.spawn",
)


def cut_off() -> bool:
    """Move this process, which has one thread, into a network namespace with nothing in it; False where that is refused."""
    import ctypes

    if not sys.platform.startswith("linux"):
        return False
    system = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_NETWORK) == 0:
        return True
    if system.unshare(_NEW_USERS | _NEW_NETWORK) != 0:
        return False
    # Without a map the process would be nobody, and not find its home.
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        try:
            Path("/proc/self", name).write_text(line)
        except OSError:
            continue
    return True


def guard() -> None:
    """From here on Python itself refuses this process every socket and every further program; it cannot be taken back."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"{event} is refused behind the walls")

    sys.addaudithook(refuse)
