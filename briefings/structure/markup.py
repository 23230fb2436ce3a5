"""Whether the mark-up of a web page can be parsed in the time that its size takes, told before a parser sees it."""

import re

from briefings.structure.settled import Refusal

ATTRIBUTES = 1000
"""Attributes of one tag; parsers compare each with all before it."""
_OPEN = 50_000_000
"""How many times unclosed tags and the text behind them may have to be looked through."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_:@][\w:.@-]*(?:=.*)?", re.DOTALL)
_DECLARED = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY", re.IGNORECASE)


def guard(text: str) -> None:
    """Raises ``Refusal`` (xml_dtd, too_many_attributes, malformed) for a page that is a trap."""
    if _DECLARED.search(text):
        raise Refusal(
            "xml_dtd",
            "网页里夹带了实体声明（DTD），读出来会缺字：请在浏览器里重新另存为普通网页或 txt 再交来。",
        )
    for piece in text.split(">"):
        opened = piece.count("<")
        if opened * len(piece) > _OPEN:
            raise Refusal("malformed", "网页里有大量没有写完的标签，像是恶意文件：请重新保存网页再交来。")
        tag = piece[piece.rfind("<") + 1 :] if opened else ""
        # What is short cannot hold too many, and nearly all tags are short.
        if len(tag) > 2 * ATTRIBUTES and _attributes(tag) > ATTRIBUTES:
            raise Refusal(
                "too_many_attributes",
                f"网页里有标签带了 {ATTRIBUTES} 个以上的属性，像是恶意文件，已拒绝打开。",
            )


def _attributes(tag: str) -> int:
    """How many words of ``tag`` can be attributes; those of a program or a sentence behind a "<" mostly cannot."""
    return sum(1 for word in _QUOTED.sub("", tag).split() if _NAME.fullmatch(word))
