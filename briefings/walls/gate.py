"""The way to the children from the program: tasks go in, answers come out, a child that died is replaced."""

import atexit
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefings import errors
from briefings.walls import frames, program
from briefings.walls.limits import Limits
from briefings.walls.stopped import ProgramReplaced, Stopped

PASSED = (
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SOURCE_DATE_EPOCH", "PYTHONUTF8",
    "PYTHONHASHSEED", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "XDG_DATA_DIRS", "MPLCONFIGDIR",
)  # fmt: skip
"""The environment that a child sees: where things lie and how they are spelt, no password and no token."""
_LATE = 30.0
"""Seconds beyond a task's own wall after which the child that watches it is given up."""


class _Child:
    """A running child process, one task at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        program.replaced()  # from now on it is known what the program was
        package = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "briefings.walls.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=_environment() | {"PYTHONPATH": str(package)},
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout
        self._requests, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()
        self.network: bool | None = None

    @property
    def process(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def warm(self, name: str) -> None:
        """Have the child load what ``name`` loads; does not wait for it."""
        frames.write(self._requests, {"task": "", "warm": name})

    def greet(self, until: float) -> bool:
        """Wait until the child says whether it has a network namespace of its own."""
        if self.network is None:
            self.network = bool(frames.read(self._answers, until)[0]["network"])
        return self.network

    def ask(self, request: Any, data: bytes, wall: float) -> tuple[Any, bytes]:
        """What became of a task. Raises ``Ended`` or ``OSError`` when the child is gone; ``accepted`` says how far it was."""
        self.accepted = False
        frames.write(self._requests, request, data)
        until = time.monotonic() + wall + _LATE
        self.greet(until)
        frames.read(self._answers, until)
        self.accepted = True
        return frames.read(self._answers, until)

    def end(self) -> None:
        """Let the child go: it kills what it watches when nobody asks any more."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_idle: list[_Child] = []
_lock = threading.Lock()


def run(task: str, argument: Any, data: bytes, limits: Limits, warm: str = "") -> bytes:
    """What the function ``task`` ("package.module:function") makes of ``argument`` (plain data) and ``data``, in a child.

    ``warm`` names a function that loads, once in a child's life, what such tasks need. Safe to call from several threads.
    Raises ``Stopped`` when a wall stops it or it dies, ``ProgramReplaced`` when it dies and the program's files are not those
    any more that this process was started from; an error of briefings that the task raises is raised here.
    """
    request = {"task": task, "argument": argument, "limits": asdict(limits), "warm": warm}
    head, result = _asked(request, data, limits)
    if head["code"] == "crashed" and program.replaced():
        _leave()  # they may have loaded some of the program from files of before, some from files of now
        head, result = _asked(request, data, limits)
        if head["code"] == "crashed":
            raise ProgramReplaced(
                "The program was replaced while it ran, and its parts do not fit together; start it again."
            )
    if raised := head.get("raised"):
        kind = getattr(errors, raised, errors.BriefingsError)
        raise kind(head["detail"])
    if head["code"]:
        stopped = Stopped(head["code"], limits, head["detail"])
        if head["log"]:
            stopped.add_note(head["log"])
        raise stopped
    return result


def _asked(request: Any, data: bytes, limits: Limits) -> tuple[Any, bytes]:
    """What a child says came of a request, and its answer."""
    for last in (False, True):
        child = _taken()
        try:
            head, result = child.ask(request, data, limits.wall)
        except (frames.Ended, OSError) as error:
            child.end()
            if last or child.accepted:
                return {"code": "crashed", "detail": f"{error}", "log": ""}, b""
            continue  # an idle child ends by itself; that is nothing the task has to do with
        except BaseException:
            child.end()
            raise
        _give_back(child)
        break
    return head, result


def ready(warm: str) -> None:
    """Have a child start and load what ``warm`` loads, while the program goes on with something else."""
    child = _taken()
    try:
        child.warm(warm)
    except OSError:
        child.end()
    else:
        _give_back(child)


def network_namespace() -> bool:
    """Whether children get a network namespace of their own on this machine; else only Python's guard holds."""
    child = _taken()
    try:
        held = child.greet(time.monotonic() + _LATE)
    except (frames.Ended, OSError):
        child.end()
        return False
    _give_back(child)
    return held


def _taken() -> _Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            # After a fork of the program the pipes belong to the other process.
            if child.owner == os.getpid() and child.alive:
                return child
    return _Child()


def _give_back(child: _Child) -> None:
    with _lock:
        _idle.append(child)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in PASSED if name in os.environ} | {
        # Threads would not survive the fork.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
    }


@atexit.register
def _leave() -> None:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.owner == os.getpid():
                child.end()
