"""Which numbers a time in the text is said of: all that follow, those of its clause, or the next one alone."""

import re

from briefings.extract import patterns as p
from briefings.extract.lexer import Mark
from briefings.extract.line import Group, Line
from briefings.extract.periods import CLOCK, FIRST, SIGN, TIME, resolve, year_before
from briefings.extract.words import may, written

_LONGEST_OPENING = 30
ONLY_HERE = re.compile(
    rf"(?=[由从比较到至与{FIRST}])(?P<lead>由|从|比|较|到|至|与)?(?P<time>{TIME})(?P<mid>的|为|是|的?每人(?:每[年月])?|的?(?:同比)?(?:增长|下降)|\s|约|近|第|只有|仅|(?<=为)(?:亏损|盈利|负增长))*$"
)
_ONLY_HERE_LAST = written(ONLY_HERE.pattern)
TURNS = re.compile(r"增长|下降")
_LAST = re.compile(r"去年|上年")
_OPENS = re.compile(
    r"(?:截[至止]到?|到|自|从|在|于|其中|预计|力争|确保|争取|有望|计划|要|将|仅|为|据|今年|其|以|和|市|区|全市|全区|全省|全县|我[市区省县]|[\u4e00-\u9fff]{2,3}[市区县省])+"
)
_SAYS = re.compile(r"(?:累计|共|同比|分别)*(?:下降|增长|上升|实现|完成|达到)")
MONTH = re.compile(r"-M\d\d$")
_LAST_MONTH = re.compile(r"M(\d\d)$")
_POINT = re.compile(r"\d{4}-\d\d-\d\d")
_PART_OF_YEAR = re.compile(r"\d{4}-[QM]\d+$")
_FIXED = re.compile(r"的?(?:预算|计划|目标|预期|既定|确定的|下达的|制定的|部署的)")
_MODIFIED = re.compile(r"(?!(?:我们|我[市区县省]|全[市区县省])的)[^,，。;\d]{1,20}的")
_WHOSE = re.compile(r"(?:[全我本][市省区县]|[市省区县](?:属|直)(?:国有)?企业|各级|集团|公司)$")
"""Whose year it is may stand before 全年: 确保市属企业全年实现…"""
_TITLED = re.compile(
    r"(?:重大|重点|度?[\u4e00-\u9fff]{2,12}(?:计划|方案|规划|意见|清单|办法|要点))(?:[,，、》]|$)"
)


def period_alone(line: Line, group: Group) -> str | None:
    """The period of these numbers alone: 由2016年的|402亿元, 比去年同期的|201.5亿元, 去年同期为|18.4亿元."""
    text, now, at = line.text, line.now, group.first.start
    found = None
    if at and may(text[at - 1], _ONLY_HERE_LAST):
        left = max(group.left, at - 30)
        found = ONLY_HERE.search(text, left, at) if SIGN.search(text, left, at) else None
    if found is None:
        first, last = now.ends
        words = text[max(group.left, at - 6) : at]
        said_from = "由" in words or "从" in words
        if said_from and first is None and last is None and ".." in (line.when() or ""):
            first, last = _span_ends(line.when())
        if first and p.FROM.search(text, max(group.left, at - 6), at):
            now.ends = (first, last)
            return first
        last = now.ends[1]
        return last if last and p.REACH.search(text, max(group.left, at - 8), at) else None
    words, mid = found["time"], text[found.end("time") : at]
    if found["lead"] not in ("由", "从") and TURNS.search(mid) and not mid.startswith("为"):
        return None
    if found["lead"] in ("比", "较", "与") and "的" not in mid:
        return None
    if found["lead"] in ("到", "至") and text.endswith("恢复", 0, found.start()):
        return None
    if found["lead"] is None and group.first.sort in ("times", "percent") and "的" in mid:
        return None
    if "同期" in words:
        said = re.search(r"\d{4}", words)
        if not said and not _LAST.search(words):
            return None
        period = year_before(
            now.period or line.frame.heading or line.frame.period, int(said[0]) if said else None
        )
    elif found["lead"]:
        period = resolve(words, line.frame)
    elif mid.startswith(("为", "是")) and (before := _one_before(words, now.period or line.frame.period)):
        return before
    else:
        return None
    if found["lead"] in ("由", "从"):
        now.ends = (period, None)
    elif found["lead"] in ("到", "至"):
        now.ends = (now.ends[0], period)
    return period


def _span_ends(period: str | None) -> tuple[str | None, str | None]:
    """五年来: 由|402亿元增加到|640亿元: the year before a span of years, and its last year."""
    first, _, last = (period or "").partition("..")
    return (str(int(first) - 1), last) if first.isdigit() and last.isdigit() else (None, None)


def _one_before(words: str, period: str | None) -> str | None:
    """而上年为|1.1亿元, 上月为|下降0.4%: the year or the month before the one spoken of."""
    if words in ("上年", "去年"):
        return year_before(period)
    month = _LAST_MONTH.search(period or "")
    if words != "上月" or month is None or period is None:
        return None
    year, last = int(period[:4]), int(month[1]) - 1
    return f"{year}-M{last:02d}" if last else f"{year - 1}-M12"


def period_set(line: Line, token: Mark, before: str | None) -> str | None:
    """The period that a governing time sets: 2017年至今 is a range, 今年 after 今年上半年 says no less."""
    frame = line.frame
    if before and frame.ahead(before[:4]):
        frame = frame._replace(year=int(before[:4]))
    period = resolve(token.text, frame)
    if token.text in ("当月", "本月") and before and MONTH.search(before):
        return before
    if period and period.isdigit() and line.text[token.end : token.end + 2] == "至今" and line.frame.spoken:
        return f"{period}..{line.frame.spoken}"
    if token.text == "今年" and period and before and before.startswith(f"{period}-"):
        return before
    return period


def keep_opening(line: Line, token: Mark, sentence: int) -> None:
    """Keep what a sentence speaks of for those after it: no point in time, and none of several parts of a year."""
    now = line.now
    if now.period is None:
        return
    if _POINT.fullmatch(now.period):
        if _opens(line, token, sentence):
            now.moment = now.period
            if token.text.startswith("截") and line.frame.ends_on(now.period):
                now.topic = now.period
        return
    now.moment = None
    if _opens(line, token, sentence):
        now.topics = (now.topic, sentence)
        now.topic = now.period
    elif (
        now.topic
        and now.topics[1] == sentence
        and now.topic[:6] == now.period[:6]
        and _PART_OF_YEAR.match(now.topic)
    ):
        now.topic = now.topics[0]


def list_time(line: Line, token: Mark) -> None:
    """Keep the times of a list (一季度、二季度、三季度GDP…) until its clause ends."""
    now, period = line.now, resolve(token.text, line.frame)
    listed = now.times and line.text[now.times[-1][0] : token.start].strip() in ("、", "和", "及")
    now.times = [*(now.times if listed else []), (token.end, period)]


def may_be_narrow(line: Line, token: Mark, left: int) -> bool:
    """去年新建3200个,…; 其中二季度开工45个,…: a past year without a comma after it, or a part told of a whole."""
    text, period = line.text, line.now.period
    if period is None or text[token.end : token.end + 1] in (",", "，"):
        return False
    past = line.frame.year is not None and period[:4].isdigit() and int(period[:4]) < line.frame.year
    return (
        (past and ".." not in period)
        or "其中" in text[max(left, token.start - 4) : token.start]
        or (text.endswith(("其中,", "其中，", "其中:"), 0, token.start))
    )


def _opens(line: Line, token: Mark, sentence: int) -> bool:
    """Whether a time is what its sentence speaks of: it opens it, or a comma parts it from what follows."""
    text = line.text
    if text[token.end : token.end + 1] in (",", "，"):
        return True
    if token.start - sentence > _LONGEST_OPENING:
        return False
    before = text[sentence : token.start].strip(" 、,，“")
    return not before or bool(_OPENS.fullmatch(before))


def governs(line: Line, token: Mark, left: int) -> bool:
    """Whether a time sets the period: it opens its clause or its noun phrase, and only modifies no name."""
    text = line.text
    opening = text[max(left, token.start - 20) : token.start]
    before = _WHOSE.sub("", opening).strip(" 、,，“") if token.text == "全年" else opening.strip(" 、,，“")
    if ":" in token.text and CLOCK.fullmatch(token.text):
        return False
    if text[token.end : token.end + 2] == "至今":
        return True
    if "季度" in token.text and _SAYS.match(text, token.end):
        return True
    if before and not _OPENS.fullmatch(before):
        return False
    if _FIXED.match(text, token.end):
        return False
    if text[token.end : token.end + 1] == "至" and "年" in token.text:
        return True
    rest = text[token.end : token.end + 24]
    if token.text[0] in "去前上" and _MODIFIED.match(rest) and not token.text.startswith("上半年"):
        return False
    return not _TITLED.match(rest)
