"""File names as they can be shown and kept: in Unicode, on one line."""

import os
import unicodedata
from pathlib import PurePath

_HIDDEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs", "Co"))
"""Characters that break a line, turn its direction or cannot be written at all."""


def shown(path: PurePath | str) -> str:
    """``path`` for people: a name in GB18030 decoded, line breaks and other invisible characters written as escapes."""
    return "/".join(_shown(part) for part in str(path).split("/"))


def _shown(name: str) -> str:
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = data.decode("utf-8", "replace")
    return "".join(
        ch.encode("unicode_escape").decode("ascii") if unicodedata.category(ch) in _HIDDEN else ch
        for ch in text
    )
