"""The register machine: reads a line's tokens left to right and gives its facts, each with the rule that made it."""

import re

from briefings.extract import names, ranked
from briefings.extract import patterns as p
from briefings.extract.amounts import read_amount, read_duration, read_plain, read_rank
from briefings.extract.growth import read_points
from briefings.extract.lexer import Mark, Quantity
from briefings.extract.line import Draft, Group, Line
from briefings.extract.names import TAIL, Name, topic
from briefings.extract.periods import CLOCK, FIRST, SIGN, TIME, Frame, resolve, year_before
from briefings.extract.shares import read_percent
from briefings.extract.subjects import Subject
from briefings.extract.watch import Watch
from briefings.extract.words import may, written

_WINDOW = 90
_LONGEST_OPENING = 30
_LINK = re.compile(r"\s*+(?:、|和|与|及|以及|:|,|，|或)?\s*$")
_NEAR = re.compile(r"(?<=.)(?P<where>[全我][市区省县国]|国家)(?:的|首批|共有?|有|近|约|超过?|\s)*$")
_ONLY_HERE = re.compile(
    rf"(?=[由从比较到至与{FIRST}])(?P<lead>由|从|比|较|到|至|与)?(?P<time>{TIME})(?P<mid>的|为|是|的?每人(?:每[年月])?|的?(?:同比)?(?:增长|下降)|\s|约|近|第|只有|仅|(?<=为)(?:亏损|盈利|负增长))*$"
)
_ONLY_HERE_LAST = written(_ONLY_HERE.pattern)
_TAIL_LAST = written(TAIL.pattern)
_NEAR_LAST = frozenset("市区省县国家的批共有近约超过")
_TURNS = re.compile(r"增长|下降")
_LAST = re.compile(r"去年|上年")
_SENTENCE_STOPS = frozenset("。!?\n")
_OPENS = re.compile(
    r"(?:截[至止]到?|到|自|从|在|于|其中|预计|力争|确保|争取|有望|计划|要|将|仅|为|据|今年|其|以|和|市|区|全市|全区|全省|全县|我[市区省县]|[\u4e00-\u9fff]{2,3}[市区县省])+"
)
_SAYS = re.compile(r"(?:累计|共|同比|分别)*(?:下降|增长|上升|实现|完成|达到)")
_AIMS = re.compile(r"力争|确保|目标|计划|将|明年|下一?步")
_MONTH = re.compile(r"-M\d\d$")
_LAST_MONTH = re.compile(r"M(\d\d)$")
_VIEW = re.compile(r"(?:环比|同比)(?:角度|情况|数据)?(?:来|上)?看$")
_POINT = re.compile(r"\d{4}-\d\d-\d\d")
_PART_OF_YEAR = re.compile(r"\d{4}-[QM]\d+$")
_ON_THE_WAY = re.compile(
    r"(?:高于|低于|好于|优于|快于|慢于|超过?|超额完成|完成|达到)[^,，。;]{0,8}(?:目标|预期|计划)(?:任务|值)?"
)
"""A goal that is only compared with says nothing of what comes."""
_FIXED = re.compile(r"的?(?:预算|计划|目标|预期|既定|确定的|下达的|制定的|部署的)")
_MODIFIED = re.compile(r"(?!(?:我们|我[市区县省]|全[市区县省])的)[^,，。;\d]{1,20}的")
_WHOSE = re.compile(r"(?:[全我本][市省区县]|[市省区县](?:属|直)(?:国有)?企业|各级|集团|公司)$")
"""Whose year it is may stand before 全年: 确保市属企业全年实现…"""
_TITLED = re.compile(
    r"(?:重大|重点|度?[\u4e00-\u9fff]{2,12}(?:计划|方案|规划|意见|清单|办法|要点))(?:[,，、》]|$)"
)


def read(raw: str, frame: Frame, planned: bool = False, watch: Watch | None = None) -> list[Draft]:
    """The facts of the line ``raw`` in the order of the text; ``planned``: its section says what comes next."""
    line = Line.of(raw, frame, planned, watch)
    now, tokens = line.now, line.tokens
    left = sentence = clause = index = 0
    aside: tuple[int, int] | None = None
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, Quantity):
            group, index = _group(line, index, left, sentence)
            before = len(line.drafts)
            if left == clause:
                line.turn(clause, group.first.start)
                if bodies := ranked.listed(line.text, clause, group.first.start):
                    now.bodies = bodies
            if group.first.sort in ("count", "none") and not group.first.place:
                _near(line, group, left)
            now.once = _once(line, group)
            if watch is None:
                _read_group(line, group)
            else:
                watch.read(line, group, _read_group)
            now.once = None
            if now.times:
                _one_by_one(line, before)
            if now.bodies:
                _body_by_body(line, before)
            if len(line.drafts) > before or group.first.sort != "duration":
                left = group.last.end
            continue
        index += 1
        if token.kind == "time":
            _list_time(line, token)
            if not _governs(line, token, left):
                pass
            elif token.text.endswith("前") and "年" in token.text:
                now.due = _period(line, token, now.period)
            elif "同期" not in token.text:
                now.period = _period(line, token, now.period)
                _open(line, token, sentence)
                now.doubt = token.end if _may_be_narrow(line, token, left) else -1
        elif token.kind == "item":
            _stop(line, "。", clause, left, token.start)
            now.period = now.topic = now.before = None
            left = clause = sentence = token.end
        elif token.text == "(":
            aside = (left, len(line.drafts))
            if where := ranked.before_bracket(line.text, left, token.start):
                if left == clause:
                    _ranking(line, clause, token.start)
                now.near = line.raw[where[0] : where[1]]
            left = clause = token.end
        elif token.text == ")":
            now.near = None
            if aside and len(line.drafts) == aside[1]:
                left = clause = aside[0]
            else:
                left = token.end
            aside = None
        else:
            _stop(line, token.text, clause, left, token.start)
            left = clause = token.end
            if token.text in _SENTENCE_STOPS:
                sentence = token.end
    return line.drafts


def _stop(line: Line, mark: str, clause: int, left: int, end: int) -> None:
    """What no longer holds after a break, and what a clause without numbers was about."""
    now = line.now
    now.near = None
    if now.chain or now.rest or now.times:
        now.chain, now.rest, now.times = [], [], []
    if left == clause:
        line.turn(clause, end)
    if left == clause and end - clause <= 60:
        if line.text[end - 1] == "看" and (seen := _VIEW.search(line.text, clause, end)):
            now.viewed = "qoq" if seen[0].startswith("环") else "yoy"
        about = topic(line.text, clause, end)
        if about is None and (remarked := names.remarked(line.text, clause, end)):
            about = Name((remarked,))
            if names.is_body(line.text, *remarked):
                now.subject = Subject(*remarked)
        if about is not None:
            now.head, now.rate, now.growth = about, None, None
            if line.text[end - 1] == "中":
                now.within = about
        _ranking(line, clause, end, about is None)
        now.matter = (clause, end)
    if mark in _SENTENCE_STOPS or mark == ";":
        now.due, now.period = None, now.moment or now.topic
        shared = (
            now.rate if now.scope and now.facts and now.facts[-1].kind in ("rate", "gap", "rank") else None
        )
        now.before, now.head = shared or now.head or now.before, None
        now.rate = now.growth = now.basis = now.viewed = now.rank_set = now.parent = now.matter = None
        now.future = False
    if mark in _SENTENCE_STOPS:
        now.bodies, now.grows = [], False
        now.facts, now.within, now.doubt, now.left_year = [], None, -1, False
        now.moment, now.period = None, now.topic
        now.ends = (None, None)
        if now.scope is not None and now.scope.endswith("级"):
            now.scope = now.above
        now.subject = None
        past_year = now.period is not None and now.period.isdigit() and now.period < str(line.frame.year)
        by_months = "M" in (line.frame.period or "")
        if now.period is not None and (past_year or (_MONTH.search(now.period) and not by_months)):
            now.period = now.topic = None


def _once(line: Line, group: Group) -> str | None:
    """The period of these numbers alone: 由2016年的|402亿元, 比去年同期的|201.5亿元, 去年同期为|18.4亿元."""
    text, now, at = line.text, line.now, group.first.start
    found = None
    if at and may(text[at - 1], _ONLY_HERE_LAST):
        left = max(group.left, at - 30)
        found = _ONLY_HERE.search(text, left, at) if SIGN.search(text, left, at) else None
    if found is None:
        if now.ends == (None, None) and p.FROM.search(text, max(group.left, at - 6), at):
            now.ends = _span_ends(line.when())
        first, last = now.ends
        if first and p.FROM.search(text, max(group.left, at - 6), at):
            return first
        return last if last and p.REACH.search(text, max(group.left, at - 8), at) else None
    words, mid = found["time"], text[found.end("time") : at]
    if found["lead"] not in ("由", "从") and _TURNS.search(mid) and not mid.startswith("为"):
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


def _near(line: Line, group: Group, left: int) -> None:
    """为全市|120万户供气: a place right before a count is said of it alone, whoever the subject is."""
    text, at = line.text, group.first.start
    if not at or (text[at - 1] not in _NEAR_LAST and not text[at - 1].isspace()):
        return
    if near := _NEAR.search(text, max(left, at - 10), at):
        line.now.near = line.raw[near.start("where") : near.end("where")]


def _period(line: Line, token: Mark, before: str | None) -> str | None:
    """The period that a governing time sets: 2017年至今 is a range, 今年 after 今年上半年 says no less."""
    frame = line.frame
    if before and frame.ahead(before[:4]):
        frame = frame._replace(year=int(before[:4]))
    period = resolve(token.text, frame)
    if token.text in ("当月", "本月") and before and _MONTH.search(before):
        return before
    if period and period.isdigit() and line.text[token.end : token.end + 2] == "至今" and line.frame.spoken:
        return f"{period}..{line.frame.spoken}"
    if token.text == "今年" and period and before and before.startswith(f"{period}-"):
        return before
    return period


def _open(line: Line, token: Mark, sentence: int) -> None:
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


def _list_time(line: Line, token: Mark) -> None:
    """Keep the times of a list (一季度、二季度、三季度GDP…) until its clause ends."""
    now, period = line.now, resolve(token.text, line.frame)
    listed = now.times and line.text[now.times[-1][0] : token.start].strip() in ("、", "和", "及")
    now.times = [*(now.times if listed else []), (token.end, period)]


def _one_by_one(line: Line, before: int) -> None:
    """Give each number of a list its own time, where so many times were listed before one name."""
    now, told = line.now, line.drafts[before:]
    if len(told) < 2 or len(told) != len(now.times) or len({draft.name for draft in told}) > 1:
        return
    for at, (_, period) in enumerate(now.times, before):
        draft = line.drafts[at]
        flags = tuple(flag for flag in draft.flags if flag != "distribution_unclear")
        line.drafts[at] = draft._replace(period=period, flags=flags)


def _body_by_body(line: Line, before: int) -> None:
    """Give each number of a list its own place, where so many places were set side by side before it."""
    now, told = line.now, line.drafts[before:]
    if len(told) < 2 or len(told) != len(now.bodies) or len({draft.name for draft in told}) > 1:
        return
    for at, (start, end) in enumerate(now.bodies, before):
        draft = line.drafts[at]
        flags = tuple(flag for flag in draft.flags if flag != "distribution_unclear")
        line.drafts[at] = draft._replace(scope=line.raw[start:end], flags=flags)


def _ranking(line: Line, start: int, end: int, named: bool = True) -> None:
    """Keep what a clause without numbers ranks by, and the places that it lists: the numbers that follow are theirs."""
    now, text = line.now, line.text
    if bodies := ranked.listed(text, start, end):
        now.bodies = bodies
    elif where := ranked.alone(text, start, end):
        now.scope, now.subject, now.bodies = line.raw[where[0] : where[1]], None, []
    if ranked.grows(text, start, end):
        now.grows = True
    if named and (what := ranked.measure(text, start, end)):
        now.head = what
        now.rate = now.growth = None


def _may_be_narrow(line: Line, token: Mark, left: int) -> bool:
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


def _governs(line: Line, token: Mark, left: int) -> bool:
    """Whether a time sets the period: it opens its clause or its noun phrase, and only modifies no name."""
    text = line.text
    opening = text[max(left, token.start - 20) : token.start]
    before = _WHOSE.sub("", opening).strip(" 、,，“") if token.text == "全年" else opening.strip(" 、,，“")
    if CLOCK.fullmatch(token.text):
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


def _group(line: Line, index: int, left: int, sentence: int) -> tuple[Group, int]:
    """The list of numbers that begins at token ``index``, and the index after it."""
    text, tokens = line.text, line.tokens
    first = tokens[index]
    assert isinstance(first, Quantity)
    members = [first]
    index += 1
    while index < len(tokens):
        token, step = tokens[index], 1
        if isinstance(token, Mark):
            ratio = token.text == ":" and members[-1].unit is None and token.start == members[-1].end
            if not ratio or index + 1 >= len(tokens):
                break
            token, step = tokens[index + 1], 2
        if not isinstance(token, Quantity):
            break
        last = members[-1]
        between = text[last.end : token.start]
        if not between.strip() or not _LINK.fullmatch(between):
            break
        if last.unit == "个" and token.sort == "points":
            members[-1] = last = last._replace(unit=None, sort="none", end=last.stop)
        if (last.sort != token.sort and last.unit is not None and not _both_relative(last, token)) or (
            last.place != token.place and not _next_place(last, token)
        ):
            break
        if last.place != token.place:
            token = token._replace(place=last.place)
        members.append(token)
        index += step
    unit = members[-1]
    if len(members) > 1 and unit.unit is not None:
        members = [
            m._replace(unit=unit.unit, sort=unit.sort, shared=True) if m.unit is None else m for m in members
        ]
    ahead = index
    while ahead < len(tokens) and isinstance(after := tokens[ahead], Mark) and after.kind == "time":
        ahead += 1
    right, runs_on = len(text), False
    if ahead < len(tokens):
        right, runs_on = tokens[ahead].start, isinstance(tokens[ahead], Quantity)
    last = members[-1]
    right = min(right, last.end + 60)
    return Group(tuple(members), members[0], last, left, right, sentence, index, runs_on), index


def _next_place(last: Quantity, token: Quantity) -> bool:
    """分列第5、6、7位: the ordinal's mark stands once before a list of places."""
    return last.place == "第" and last.unit is None and not token.place and token.unit in (None, "位", "名")


def _both_relative(one: Quantity, other: Quantity) -> bool:
    """分别增长1.2倍、35%: times and percent stand in one list."""
    return one.sort in ("percent", "times") and other.sort in ("percent", "times")


def _read_group(line: Line, group: Group) -> None:
    text, first = line.text, group.first
    left = max(group.left, first.start - _WINDOW)
    here = _ONLY_HERE.search(text, max(left, first.start - 30), first.start) if line.now.once else None
    turns = here is None or not here["lead"] or _TURNS.search(text, here.end("time"), first.start)
    end, linked = _peel(text, left, here.start("time") if here and not turns else first.start)
    _modality(line, group, left)
    if first.place:
        read_rank(line, group, left, end)
    elif first.sort == "points":
        read_points(line, group, left, end)
    elif first.sort in ("percent", "times"):
        read_percent(line, group, left, end, linked)
    elif first.sort == "duration":
        read_duration(line, group, left, end)
    elif first.unit is None:
        read_plain(line, group, left, end)
    else:
        read_amount(line, group, left, end)


def _modality(line: Line, group: Group, left: int) -> None:
    text, sentence, at = line.text, group.sentence, group.first.start
    words = text[max(sentence, left - 40) : at]
    if "目标" in words or "预期" in words or "计划" in words:
        words = _ON_THE_WAY.sub("", words)
    if line.goals and p.GOALS.search(text[max(sentence, at - 240) : at]):
        line.now.future = True
    elif p.MAYBE_FUTURE.search(words) and p.FUTURE.search(words[_last_end(p.NOW, words) :]):
        line.now.future = not (p.PAST_ESTIMATE.search(words) or _estimated(line, words))
    elif not line.planned:
        if p.NOW.search(words):
            line.now.future = False
    elif text[left:at].strip() not in ("的", "、", "和", "及"):
        line.now.future = not (p.NOW.search(words) or p.EXISTING.search(text[left:at]))


def _estimated(line: Line, words: str) -> bool:
    """预计 in the review of a year that a report gives at its end: the year is over, the figure not yet final."""
    frame = line.frame
    reviews = frame.spoken is not None and frame.year is not None and frame.year < frame.spoken
    return (
        reviews
        and not line.planned
        and not frame.ahead(line.when())
        and "预计" in words
        and not _AIMS.search(words)
    )


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    end = 0
    for found in pattern.finditer(words):
        end = found.end()
    return end


def _peel(text: str, left: int, end: int) -> tuple[int, str]:
    """Where the words before a number end once linking verbs are left off, and the linking words."""
    if not end or not may(text[end - 1], _TAIL_LAST):
        return end, ""
    if p.reach(text, left, end):
        return end, ""
    if found := TAIL.search(text, max(left, end - 14), end):
        return found.start(), found[0]
    return end, ""
