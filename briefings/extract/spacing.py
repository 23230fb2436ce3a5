"""Lines set with blanks inside their words (生产 总值 12 亿元), read without them and mapped back."""

import re

_BLANK = re.compile(r"(?<![\s\x21-\x7e])[ \u3000](?!\s)|(?<!\s)[ \u3000](?![\s\x21-\x7e])")


def squeezed(text: str) -> tuple[str, list[int] | None]:
    """``text`` without single blanks beside Chinese words, and the old offset of each kept character (None: all kept).

    Blanks between Latin words and figures stay, as do runs of blanks, which part columns.
    """
    if " " not in text and "\u3000" not in text:
        return text, None
    dropped = {found.start() for found in _BLANK.finditer(text)}
    if not dropped:
        return text, None
    kept = [at for at in range(len(text)) if at not in dropped]
    return "".join(text[at] for at in kept), kept
