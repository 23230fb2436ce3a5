"""Tasks that do what the walls are there against; each runs in a child process by its name."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from typing import Any

from briefings.errors import ConfigurationError


def echo(argument: Any, data: bytes) -> bytes:
    """Give back what came in."""
    return repr(argument).encode() + data


def loop(_argument: Any, _data: bytes) -> bytes:
    """Never end, and compute all the time."""
    while True:
        pass


def sleep(_argument: Any, _data: bytes) -> bytes:
    """Never end, and do nothing."""
    time.sleep(1000)
    return b""


def memory(_argument: Any, _data: bytes) -> bytes:
    """Take memory without end."""
    held = []
    while True:
        held.append(bytearray(1 << 24))


def writes(_argument: Any, _data: bytes) -> bytes:
    """Fill a file without end."""
    with tempfile.TemporaryFile() as file:
        while True:
            file.write(bytes(1 << 20))


def answers(_argument: Any, _data: bytes) -> bytes:
    """Answer more than is allowed."""
    return bytes(80 << 20)


def dies(_argument: Any, _data: bytes) -> bytes:
    """Die of a fault in a library."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def fails(_argument: Any, _data: bytes) -> bytes:
    """Trip over something unforeseen."""
    raise ZeroDivisionError("nothing goes into nought")


def raises(_argument: Any, _data: bytes) -> bytes:
    """Raise an error of briefings."""
    raise ConfigurationError("The template is no good.")


def connects(port: Any, _data: bytes) -> bytes:
    """Call somebody."""
    socket.create_connection(("127.0.0.1", port), timeout=5).sendall(b"!")
    return b"reached"


def connects_unguarded(port: Any, _data: bytes) -> bytes:
    """Call somebody past Python's own guard, as a library in C would."""
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    made = system.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    packed = socket.AF_INET.to_bytes(2, "little") + port.to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
    return str(system.connect(made, packed, len(packed))).encode()


def starts(_argument: Any, _data: bytes) -> bytes:
    """Start a program."""
    return subprocess.run(["id"], capture_output=True, check=True).stdout


def environment(_argument: Any, _data: bytes) -> bytes:
    """Tell the whole environment."""
    return "\n".join(f"{key}={value}" for key, value in os.environ.items()).encode()


def remembers(_argument: Any, _data: bytes) -> bytes:
    """Leave something behind for the next task; tell what was left by the one before."""
    before = os.environ.get("LEFT_BEHIND", "nothing")
    os.environ["LEFT_BEHIND"] = "something"
    return before.encode()


def breeds(argument: Any, _data: bytes) -> bytes:
    """Leave a child of its own that does not end, its number in the file ``argument``; then never end."""
    import ctypes

    # Python's guard refuses fork; a library in C would not ask it.
    born = ctypes.CDLL(None).fork()
    if born:
        with open(argument, "w") as file:  # noqa: PTH123 # the child of a fork keeps to what is simplest
            file.write(str(born))
    time.sleep(1000)
    return b""


def naps(argument: Any, _data: bytes) -> bytes:
    """Take two seconds."""
    time.sleep(2)
    return str(argument).encode()


def dies_once(argument: Any, _data: bytes) -> bytes:
    """Die, and not a second time; that it did is in the file ``argument``."""
    with open(argument, "a") as file:  # noqa: PTH123 # the child of a fork keeps to what is simplest
        file.write("x")
        if file.tell() == 1:
            file.flush()
            os.kill(os.getpid(), signal.SIGSEGV)
    return b"alive"
