"""Physical lines of the settled text, and what each looks like on its own."""

import re
from typing import NamedTuple

BLANKS = (
    " \t\r\n\x0b\x0c\u00a0\u2002\u2003\u2007\u3000\ufeff\u200b\u200c\u200d\u2028\u2029\ufffe\uffff"
    + "".join(map(chr, (*range(9), *range(14, 32), 127)))
)
TERMINAL = "。！？!?；;：:…"
CLOSERS = "”’」』）)】》〉\"'"
_DATE = re.compile(
    r"(?:(?:发布|发文|成文|更新|印发|公开)?(?:时间|日期)\s*[:：]\s*)?[（(]?\s*"
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|[一二〇○零O0]{0,1}[一二三四五六七八九〇○零]{3,4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
    r"\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*[）)]?"
)
_BREAKS = re.compile("[\x07\x0b\x0c]")
"""Word's mark of a cell's end, its line break inside a paragraph, and the page break."""
_ABOUT = re.compile(
    r"[【\[]?(?:(?:信息|文章|稿件|资料|新闻)?来源|(?:发布|发文|成文|更新|公开)?(?:时间|日期)|(?:发布|发文|公开)(?:机构|机关|单位|部门|者)|"
    r"索引号|文号|发文字号|作者|责任编辑|编辑|浏览(?:次数|量|数)?|点击(?:数|量)?|阅读(?:次数|量)?|字体|字号|主题(?:词|分类)|有效性|分类)\s*[:：]"
)
_CONTENTS = re.compile(r"^(?P<title>.*?[^\s.…·．\d])[\s.…·．_—-]*[\s.…·．\t](?P<page>\d{1,4})$")
_LEADERED = re.compile(r"[.…·．]{3,}\s*\d{1,4}$")


class Line(NamedTuple):
    """A line without its blanks: ``text`` is ``source[start:start + len(text)]``.

    ``indented``: blanks stood before it; ``gap``: empty lines stood between it and the line before.
    """

    start: int
    text: str
    indented: bool
    gap: int

    @property
    def end(self) -> int:
        """Where the line ends in the source, blanks left out."""
        return self.start + len(self.text)


def split(text: str) -> list[Line]:
    """The lines of ``text`` that hold anything."""
    breaks = "\n"
    if "\n" not in text:
        breaks = "\r" if "\r" in text else "\u2028" if "\u2028" in text else "\n"
    lines: list[Line] = []
    offset, gap = 0, 0
    raws = (
        text.split(breaks) if _BREAKS.search(text) is None else re.split(rf"{breaks}|{_BREAKS.pattern}", text)
    )
    for raw in raws:
        left = raw.lstrip(BLANKS)
        bare = left.rstrip(BLANKS)
        if bare:
            start = offset + len(raw) - len(left)
            lines.append(Line(start, bare, len(raw) - len(left) >= 2 or raw[:1] in ("\u3000", "\t"), gap))
            gap = 0
        else:
            gap += 1
        offset += len(raw) + 1
    return lines


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(CLOSERS)[-1:] in tuple(TERMINAL) if text.rstrip(CLOSERS) else True


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= 40 and _DATE.fullmatch(text) is not None


def about(text: str) -> bool:
    """Whether a line begins with a label of a page's furniture (来源：, 发布时间：, 索引号：)."""
    return _ABOUT.match(text) is not None


def contents_entry(text: str) -> tuple[str, int] | None:
    """The title and page of a line of a contents list."""
    match = _CONTENTS.match(text) if len(text) <= 120 and text[-1:].isdigit() else None
    return (match["title"].strip(), int(match["page"])) if match else None


def leadered(text: str) -> bool:
    """Whether the line leads to a page number with dots."""
    return len(text) <= 120 and text[-1:].isdigit() and _LEADERED.search(text) is not None


def width(text: str) -> int:
    """Columns the line takes: two for a wide character."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
