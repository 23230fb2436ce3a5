"""Text as tokens that two layouts of the same words share: a number is one token, every other character its own."""

import re
import unicodedata
from dataclasses import dataclass

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE])
_LINE_END_HYPHEN = {0x02: ord("-")}
"""PDFium reports a hyphen at the end of a line as U+0002."""
_TABLE = {**_FULL_WIDTH, **_INVISIBLE, **_LINE_END_HYPHEN}
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
_TOKEN = re.compile(rf"({NUMBER.pattern})|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the half-open range of the text it was read from."""

    text: str
    number: bool
    start: int
    end: int


def settled(text: str) -> str:
    """``text`` in one width and without what cannot be seen, so that two fonts or formats give the same characters.

    Full-width ASCII becomes half-width, CJK radicals become the characters they look like; blanks stay.
    """
    text = text.translate(_TABLE)
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def squeezed(text: str) -> str:
    """``settled`` text without any blanks: what has to be equal when words are verbatim."""
    return "".join(settled(text).split())


def tokens(text: str) -> list[Token]:
    """The tokens of ``settled(text)``, with the ranges in it; blanks separate and are not tokens."""
    return [
        Token(match[0], match[1] is not None, match.start(), match.end())
        for match in _TOKEN.finditer(settled(text))
    ]


def has_number(text: str) -> bool:
    """Whether there is a figure in ``text``."""
    return any(character.isdecimal() for character in text)
