"""A foreign program, run on files of ours in a folder of its own: without network and secrets, within limits, killed with all it starts."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefings.walls import network
from briefings.walls.limits import Limits, bind

_ENTER = "import sys; sys.path.insert(0, {!r}); from briefings.walls.foreign import enter; enter(sys.argv[1])"


def run_program(
    command: Sequence[str], folder: Path, limits: Limits, environment: Mapping[str, str] | None = None
) -> bool:
    """Whether ``command`` ended well in ``folder``, which is its home as well; it may be killed by ``limits``.

    It sees ``environment`` and where programs are, nothing else of ours.
    """
    asked = {
        "command": list(command),
        "limits": [limits.memory, limits.cpu, limits.wall, limits.written],
    }
    seen = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        **(environment or {}),
    }
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-I", "-c", _ENTER.format(root), json.dumps(asked)],
        cwd=folder,
        env=seen,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(limits.wall) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            # It may have left others behind, in its session.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def enter(asked: str) -> None:
    """The process that becomes the program: cut off and bound before it begins."""
    told = json.loads(asked)
    memory, cpu, wall, written = told["limits"]
    network.cut_off()
    bind(Limits(memory=memory, cpu=cpu, wall=wall, written=written))
    os.execvp(told["command"][0], told["command"])
