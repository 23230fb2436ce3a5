"""Frames between the processes: a length, a head in JSON, and the bytes it announces."""

import json
import os
import select
import struct
import time
from typing import Any

LENGTH = struct.Struct(">IQ")
LENGTH_ERROR = struct.error
_CHUNK = 1 << 20


class Ended(Exception):
    """The other side has closed the pipe, or did not speak in time."""


def frame(head: Any, data: bytes = b"") -> bytes:
    """``head`` and ``data`` as they go through a pipe."""
    said = json.dumps(head, ensure_ascii=False).encode()
    return LENGTH.pack(len(said), len(data)) + said + data


def write(pipe: int, head: Any, data: bytes = b"") -> None:
    """Write a frame to the descriptor ``pipe``; raises ``OSError`` when nobody reads it."""
    rest = memoryview(frame(head, data))
    while rest:
        rest = rest[os.write(pipe, rest[:_CHUNK]) :]


def read(pipe: int, until: float | None = None) -> tuple[Any, bytes]:
    """The next frame from ``pipe``; raises ``Ended`` at its end, or at the time ``until`` of the monotonic clock."""
    head, data = LENGTH.unpack(_exactly(pipe, LENGTH.size, until))
    return json.loads(_exactly(pipe, head, until)), _exactly(pipe, data, until)


def _exactly(pipe: int, size: int, until: float | None) -> bytes:
    got = bytearray()
    while len(got) < size:
        if until is not None and not select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
            raise Ended("no answer in time")
        part = os.read(pipe, min(size - len(got), _CHUNK))
        if not part:
            raise Ended("the pipe was closed")
        got += part
    return bytes(got)
