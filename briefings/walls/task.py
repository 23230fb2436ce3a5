"""One task in a process of its own: forked, bound, watched, and killed with all that it started."""

import contextlib
import errno
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any, NamedTuple

from briefings.errors import BriefingsError
from briefings.walls import frames, network
from briefings.walls.limits import Limits, bind

Task = Callable[[Any, bytes], bytes]
"""What a child does: an argument in plain data and bytes go in, bytes come out."""
_DYING = 2.0
"""Seconds that a process which has closed its pipe may take to end by itself, so that its own signal is seen."""
_TAIL = 4000
_HEAD_ROOM = 1 << 20


class Left(Exception):
    """Whoever asked for the task is gone."""


class _End(NamedTuple):
    code: str
    detail: str


def named(name: str) -> Task:
    """The function ``package.module:function``."""
    module, _, function = name.partition(":")
    found: Task = getattr(import_module(module), function)
    return found


def perform(
    name: str, argument: Any, data: bytes, limits: Limits, asker: int
) -> tuple[dict[str, Any], bytes]:
    """Fork, do the task ``name``, and say what came of it: a head with ``code`` ("" when all is well), and the answer.

    ``asker`` is the descriptor that requests come on: when it closes, the task is killed and ``Left`` raised.
    """
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as log:
        # What is buffered here would be written twice.
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            try:
                _inside(name, argument, data, limits, writing, log.fileno(), asker)
            finally:
                os._exit(0)
        os.close(writing)
        try:
            answer, end = _watched(reading, limits, asker)
        except Left:
            _kill(child)
            os.waitpid(child, 0)
            raise
        finally:
            os.close(reading)
        if answer is None and end is None:
            _let_die(child)
        _kill(child)
        _, status, used = os.wait4(child, 0)
        said = _tail(log)
    if answer is not None:
        head, result = answer
        return {**head, "log": said}, result
    code, detail = end or _cause(status, used, said, limits)
    return {"code": code, "detail": detail, "log": said}, b""


def _inside(
    name: str, argument: Any, data: bytes, limits: Limits, answers: int, log: int, asker: int
) -> None:
    """The child's whole life."""
    os.setsid()
    _die_with_parent()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(nothing, asker)
    os.closerange(3, answers)
    os.closerange(answers + 1, 256)
    bind(limits)
    network.guard()
    head: dict[str, Any] = {"code": ""}
    result = b""
    try:
        result = named(name)(argument, data)
        if len(result) > limits.written:
            head, result = {"code": "too_big", "detail": ""}, b""
    except MemoryError:
        head = {"code": "memory_limit", "detail": ""}
    except BriefingsError as error:
        head = {"code": "", "raised": type(error).__name__, "detail": str(error)}
    except BaseException as error:
        full = isinstance(error, OSError) and error.errno == errno.EFBIG
        head = {"code": "too_big" if full else "crashed", "detail": f"{type(error).__name__}: {error}"[:500]}
        traceback.print_exc()
    with contextlib.suppress(OSError):
        frames.write(answers, head, result)


def _die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, however that ends."""
    import ctypes

    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _watched(
    pipe: int, limits: Limits, asker: int
) -> tuple[tuple[dict[str, Any], bytes] | None, _End | None]:
    """The answer of the child; or why it is to be killed; or neither where it closed the pipe without an answer."""
    until = time.monotonic() + limits.wall
    most = limits.written + _HEAD_ROOM
    got = bytearray()
    while True:
        ready, _, _ = select.select([pipe, asker], [], [], max(0.0, until - time.monotonic()))
        if asker in ready:
            raise Left
        if not ready:
            return None, _End("time_limit", "")
        part = os.read(pipe, 1 << 20)
        if not part:
            return _unpacked(bytes(got)), None
        got += part
        if len(got) > most:
            return None, _End("too_big", "")


def _unpacked(said: bytes) -> tuple[dict[str, Any], bytes] | None:
    """The frame in ``said``; None where it broke off."""
    try:
        lengths = frames.LENGTH.unpack(said[: frames.LENGTH.size])
        start = frames.LENGTH.size
        if len(said) != start + sum(lengths):
            return None
        head = json.loads(said[start : start + lengths[0]])
        return (head, said[start + lengths[0] :]) if isinstance(head, dict) else None
    except (ValueError, frames.LENGTH_ERROR):
        return None


def _let_die(child: int) -> None:
    until = time.monotonic() + _DYING
    while time.monotonic() < until:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            return
        time.sleep(0.005)


def _kill(child: int) -> None:
    """Kill ``child`` and its session; it is not reaped yet, so its number is still its own."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)


def _cause(status: int, used: resource.struct_rusage, said: str, limits: Limits) -> _End:
    """Why a process without an answer ended."""
    if not os.WIFSIGNALED(status):
        return _End("crashed", f"exit status {os.waitstatus_to_exitcode(status)}")
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU or used.ru_utime + used.ru_stime >= limits.cpu:
        return _End("time_limit", "")
    if number == signal.SIGXFSZ:
        return _End("too_big", "")
    # Libraries in C abort where they get no memory; they say so, or had most of it.
    if "alloc" in said.lower() or "memory" in said.lower() or used.ru_maxrss * 1024 > 0.7 * limits.memory:
        return _End("memory_limit", "")
    return _End("crashed", signal.Signals(number).name)


def _tail(log: IO[bytes]) -> str:
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - _TAIL))
    return log.read().decode("utf-8", "replace")
