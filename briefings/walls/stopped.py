"""What a wall says when it has stopped a task."""

from typing import Literal

from briefings.errors import BriefingsError
from briefings.walls.limits import MIB, Limits

Code = Literal["time_limit", "memory_limit", "too_big", "crashed"]


class Stopped(BriefingsError):
    """A task that a wall stopped, or that died; ``reason`` says why in Chinese, without a full stop."""

    def __init__(self, code: Code, limits: Limits, detail: str = "") -> None:
        super().__init__(_english(code, limits, detail))
        self.code = code
        self.reason = _chinese(code, limits, detail)


class ProgramReplaced(BriefingsError):
    """A task died because the program's files were replaced while it ran: nothing is known of what it was to read or make."""


def _english(code: Code, limits: Limits, detail: str) -> str:
    match code:
        case "time_limit":
            return f"It took longer than {limits.cpu:g} s of computing or {limits.wall:g} s on the clock."
        case "memory_limit":
            return f"It needed more than {limits.memory // MIB} MB of memory."
        case "too_big":
            return f"It wrote more than {limits.written // MIB} MB."
        case "crashed":
            return f"Its process died ({detail})."


def _chinese(code: Code, limits: Limits, detail: str) -> str:
    match code:
        case "time_limit":
            return f"用时超过上限（计算 {limits.cpu:g} 秒，总共 {limits.wall:g} 秒）"
        case "memory_limit":
            return f"占用内存超过 {limits.memory // MIB} MB 的上限"
        case "too_big":
            return f"写出的内容超过 {limits.written // MIB} MB 的上限"
        case "crashed":
            return f"处理的进程意外终止（{detail}）"
