"""Where templates and styles are found: the workspace's own first, then the packed ones, file by file."""

from collections.abc import Sequence
from pathlib import Path

from briefings.errors import ConfigurationError


def find(name: str, search: Sequence[Path]) -> Path:
    """The first ``search`` directory's file ``name`` ("styles/modern.css").

    Raises ``ConfigurationError`` when none of them has it.
    """
    for folder in search:
        path = folder / name
        if path.is_file():
            return path
    looked = "、".join(str(folder) for folder in search) or "（没有给出目录）"
    raise ConfigurationError(f"找不到 {name}，找过的目录：{looked}。")


def text(name: str, search: Sequence[Path]) -> str:
    """The text of the file ``name``, UTF-8."""
    path = find(name, search)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} 不是 UTF-8 文本。") from error
