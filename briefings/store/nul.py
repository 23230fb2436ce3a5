"""The character U+0000, which documents may hold and PostgreSQL's text may not: written as two others, read back as itself."""

from typing import Any

_MARK, _ITSELF, _NUL = "\ufdd0", "\ufdd0\ufdd1", "\ufdd0\ufdd2"
"""Code points that Unicode keeps for a program's own use; a mark that stands in the text is doubled."""


def hidden(text: str) -> str:
    """``text`` without U+0000; ``shown`` gives it back."""
    if "\0" not in text and _MARK not in text:
        return text
    return text.replace(_MARK, _ITSELF).replace("\0", _NUL)


def shown(text: str) -> str:
    """What ``hidden`` was given."""
    if _MARK not in text:
        return text
    return text.replace(_NUL, "\0").replace(_ITSELF, _MARK)


def register(connection: Any) -> None:
    """Let a connection of psycopg hide and show it in every text that goes in and comes out."""
    from psycopg.types.string import StrDumper, TextLoader

    class Hiding(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(hidden(obj))

    class Showing(TextLoader):
        def load(self, data: Any) -> Any:
            read = super().load(data)
            return shown(read) if isinstance(read, str) else read

    connection.adapters.register_dumper(str, Hiding)
    connection.adapters.register_loader("text", Showing)
