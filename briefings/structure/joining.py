"""Hard-wrapped lines joined into logical paragraphs, with the way back to the source."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefings.records.document import Span
from briefings.structure.lines import BLANKS, Line, about, ends_sentence, is_date, leadered, width
from briefings.structure.marks import RUN_IN, at_start
from briefings.structure.settled import Hint

SHORT = 40
"""Characters up to which a line without sentence punctuation is taken for a heading, a name or a caption."""
_SENTENCE = re.compile(r"[。！？!?；;]")
_CLAUSE = re.compile(r"[，,、。；;]")
_BULLET = re.compile(r"(?:——|--|[●•■◆▪★※○◎□▲▶►➢✓]|【)")
_SPEAKER = re.compile(r"[\u4e00-\u9fff·]{2,12}(?:[（(][^）)]{1,30}[）)])?[:：]")
_OPEN = re.compile(r"[（(《“「『][^）)》”」』]*$")
_TITLE_END = re.compile(r"(?:总结|报告|情况|打算|计划|公报|讲话|发布会|要点|通报|汇报|实录|安排)$")
_NUMBER_ALONE = re.compile(r"(?:^|[。；;：:])\s*[0-9]{1,2}[.．、]$")
_CAPTION = re.compile(r"(?:[表图]\s*\d|注[:：]|来源[:：]|资料来源)")
_CREDIT = re.compile(r"[\u4e00-\u9fff]{2,4}[\s\u3000]+摄$")
_FEWEST_TORN = 20
"""Characters of a line that ends inside a word: shorter ones may be cells of a table."""
_TORN = frozenset(
    [
        "增长",
        "下降",
        "提高",
        "提升",
        "上升",
        "回落",
        "上涨",
        "下跌",
        "降低",
        "减少",
        "增加",
        "增速",
        "增幅",
        "同比",
        "环比",
        "同期",
        "占比",
        "比重",
        "比上",
        "比年",
        "较上",
        "较年",
        "亿元",
        "万元",
        "亿吨",
        "万吨",
        "万人",
        "万户",
        "万亩",
        "万平",
        "千瓦",
        "公里",
        "平方",
        "立方",
        "百分",
        "个百",
        "分点",
        "美元",
        "人次",
        "人民",
        "完成",
        "实现",
        "达到",
        "收入",
        "支出",
        "投资",
        "企业",
        "项目",
        "总额",
        "总值",
        "增值",
        "加值",
        "年末",
        "月末",
        "月份",
        "季度",
        "年度",
        "全年",
        "全市",
        "全省",
        "全县",
        "全区",
        "其中",
        "分别",
        "高于",
        "低于",
        "快于",
        "慢于",
        "超过",
        "居全",
        "位居",
        "位列",
        "预算",
        "计划",
        "目标",
        "本级",
        "城镇",
        "农村",
        "居民",
        "生产",
        "工业",
        "农业",
        "服务",
        "消费",
        "零售",
        "财政",
        "税收",
        "进口",
        "出口",
        "存款",
        "贷款",
        "余额",
        "人均",
        "可支",
        "支配",
    ]
)
"""Two characters that are one word wherever they stand side by side in running text."""
_NUMBER_END = re.compile(r"[\d０-９][余多]?[亿万千百]{0,2}$")
_UNIT_START = re.compile(
    r"(?:[亿万千]{0,2}(?:元|美元|吨|户|人|个|家|件|项|平方|立方|公里|亩|倍|位|名|辆|台|套|所|千瓦|公顷|百分点)|[亿万](?=[，,。；;、])|[%％‰])"
)
_LEADS_ON = frozenset("占比较为达约近超和与及的由从至在")
_LEAD_NOT = frozenset(
    (
        "对比",
        "同比",
        "环比",
        "作为",
        "行为",
        "成为",
        "参与",
        "普及",
        "惠及",
        "涉及",
        "存在",
        "饱和",
        "温和",
        "占比",
        "目的",
        "理由",
        "自由",
    )
)
_CLOSED = "。！？!?；;：:"
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_PRINTABLE = re.compile("[^\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")


class Passage(NamedTuple):
    """A paragraph while it is worked on: its text, its pieces, its first line's hint, whether it is a table's row."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    hint: Hint | None = None
    cell: bool = False

    def source(self, offset: int) -> int:
        """The place in the source of the character at ``offset``."""
        pieces = self.pieces
        if len(pieces) == 1:
            return pieces[0][1] + offset - pieces[0][0]
        at, source = pieces[bisect_right(pieces, offset, key=lambda p: p[0]) - 1]
        return source + offset - at

    @property
    def span(self) -> Span:
        """The source span of the whole passage."""
        return Span(self.source(0), self.source(len(self.text) - 1) + 1)

    def cut(self, start: int, end: int) -> "Passage | None":
        """The part ``[start, end)`` as a passage of its own, blanks at its ends left out; None when nothing is left."""
        text = self.text[start:end]
        left = text.lstrip(BLANKS)
        start += len(text) - len(left)
        text = left.rstrip(BLANKS)
        if not text:
            return None
        end = start + len(text)
        if len(self.pieces) == 1:
            return Passage(text, ((0, self.source(start)),), None, self.cell)
        first = bisect_right(self.pieces, start, key=lambda p: p[0])
        last = bisect_right(self.pieces, end - 1, key=lambda p: p[0])
        rest = tuple((at - start, source) for at, source in self.pieces[first:last])
        return Passage(text, ((0, self.source(start)), *rest), None, self.cell)


class Wrap(NamedTuple):
    """How the text is wrapped: at ``columns`` or ``characters`` (0 for no fixed width), paragraphs indented or not."""

    columns: int
    characters: int
    indented: bool


def wrapping(lines: Sequence[Line]) -> Wrap:
    """Whether the lines are wrapped at a fixed width, and whether the indent tells a paragraph's first line."""
    free = Wrap(0, 0, False)
    if len(lines) < 8:
        return free
    at = int(len(lines) * 0.97)
    columns = sorted(width(line.text) for line in lines)[at]
    characters = sorted(len(line.text) for line in lines)[at]
    if not 40 <= columns <= 170:
        return free
    inset = sum(1 for line in lines if line.indented)
    wrap = Wrap(columns, characters, inset >= 3 and len(lines) - inset >= inset)
    full = [line for line in lines if _full(line, wrap)]
    broken = sum(1 for line in full if not ends_sentence(line.text))
    if len(full) * 100 < len(lines) * 35 or broken * 2 < len(full):
        return free
    return wrap


def join(lines: Sequence[Line], hints: Mapping[int, Hint], rows: Sequence[tuple[int, int]]) -> list[Passage]:
    """The passages of ``lines``; ``rows`` are the spans of tables, whose lines are never joined."""
    wrap = wrapping(lines)
    formatted = bool(hints)
    passages: list[Passage] = []
    group: list[Line] = []
    table = 0
    previous_cell = False
    for line in lines:
        while table < len(rows) and line.start >= rows[table][1]:
            table += 1
        cell = table < len(rows) and line.start >= rows[table][0]
        hint = hints.get(line.start) if formatted else None
        if group and (cell or previous_cell or not _continues(group, line, hint, wrap, hints)):
            passages.append(_passage(group, hints, previous_cell))
            group = []
        group.append(line)
        previous_cell = cell
    if group:
        passages.append(_passage(group, hints, previous_cell))
    return passages


def _passage(group: list[Line], hints: Mapping[int, Hint], cell: bool) -> Passage:
    hint = hints.get(group[0].start)
    parts = [part for line in group for part in _written(line)]
    pieces, length = [], 0
    for start, text in parts:
        pieces.append((length, start))
        length += len(text)
    return Passage("".join(text for _, text in parts), tuple(pieces), hint, cell)


def _written(line: Line) -> list[tuple[int, str]]:
    """The parts of a line between characters that no format can print, each with its place in the source."""
    if _UNPRINTABLE.search(line.text) is None:
        return [(line.start, line.text)]
    return [(line.start + m.start(), m.group()) for m in _PRINTABLE.finditer(line.text)]


def _continues(
    group: Sequence[Line], line: Line, hint: Hint | None, wrap: Wrap, hints: Mapping[int, Hint]
) -> bool:
    """Whether ``line`` goes on with the paragraph that ``group`` holds so far."""
    before = group[-1]
    last, text = before.text, line.text
    if hint is not None and hint.starts is not None:
        if hint.starts:
            return False
        return not _begins(text) or not ends_sentence(last)
    first = hints.get(group[0].start)
    if first is not None and first.level is not None:
        return False
    if about(text) or (len(group) == 1 and about(last)) or (last[-1] == "摄" and _CREDIT.search(last)):
        return False
    if line.gap > 2 or is_date(last) or is_date(text) or leadered(last):
        return False
    if text[0] in "，。、；：！？）》”,;:!?)":
        return not ends_sentence(last) or text[0] in "）》”)"
    if last[-1] in "；;" and _full(before, wrap) and not wrap.indented:
        return not line.gap and not _begins(text)
    if ends_sentence(last):
        return (
            _full(before, wrap) and wrap.indented and not line.indented and not line.gap and not _begins(text)
        )
    if _NUMBER_ALONE.search(last[-8:]):
        return True
    if _begins(text):
        return False
    if last[-1] in "，,、（(《“「":
        return True
    if _OPEN.search(last[-60:]) and not line.gap:
        return True
    if line.gap:
        # A page break inside a sentence leaves an empty line: only what is plainly unfinished goes on.
        clauses = _SENTENCE.search(last) is not None or len(_CLAUSE.findall(last)) >= 2
        return len(last) >= SHORT and clauses and ends_sentence(text)
    if _torn(last, text):
        return True
    if wrap.columns:
        return _full(before, wrap) and not (wrap.indented and line.indented)
    whole = len(group) == 1
    if whole and _looks_heading(last):
        return False
    return len(last) >= SHORT or _SENTENCE.search(last) is not None or not whole


def _torn(last: str, text: str) -> bool:
    """Whether a line ends inside a word or between a number and its unit (93.44亿|元, 增|长), whatever its width."""
    if len(last) < _FEWEST_TORN or _CLAUSE.search(last) is None:
        return False
    return (
        (last[-1] + text[0] in _TORN)
        or (text[0] in "的%％‰元" and last[-1] not in _CLOSED)
        or (_NUMBER_END.search(last[-4:]) is not None and _UNIT_START.match(text) is not None)
        or (last[-1] in _LEADS_ON and last[-2:] not in _LEAD_NOT)
    )


def _full(line: Line, wrap: Wrap) -> bool:
    if not wrap.columns:
        return False
    inset = 2 if wrap.indented and line.indented else 0
    return width(line.text) + 2 * inset >= wrap.columns - 6 or len(line.text) + inset >= wrap.characters - 2


def _begins(text: str) -> bool:
    """Whether a line begins something of its own: an item, a bullet, a speaker's turn, a caption."""
    return (
        at_start(text) is not None
        or _BULLET.match(text) is not None
        or ((":" in text[:45] or "：" in text[:45]) and _SPEAKER.match(text) is not None)
        or _CAPTION.match(text) is not None
    )


def _looks_heading(text: str) -> bool:
    if _SENTENCE.search(text):
        return False
    if len(text) <= 60 and _TITLE_END.search(text):
        return True
    mark = at_start(text)
    if mark is not None and mark.form not in RUN_IN:
        return len(text) <= 60
    return len(text) < SHORT
