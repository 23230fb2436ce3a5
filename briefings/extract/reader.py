"""The register machine: reads a line's tokens left to right and gives its facts, each with the rule that made it."""

import re

from briefings.extract import patterns as p
from briefings.extract import ranked, topics
from briefings.extract.amounts import read_amount
from briefings.extract.groups import group_at
from briefings.extract.growth import read_points
from briefings.extract.lexer import Quantity
from briefings.extract.line import Draft, Group, Line
from briefings.extract.modality import set_modality
from briefings.extract.names import Name
from briefings.extract.naming import TAIL, own
from briefings.extract.periods import Frame
from briefings.extract.shares import read_percent
from briefings.extract.standing import read_rank
from briefings.extract.subjects import Subject
from briefings.extract.times import (
    MONTH,
    ONLY_HERE,
    TURNS,
    governs,
    keep_opening,
    list_time,
    may_be_narrow,
    period_alone,
    period_set,
)
from briefings.extract.topics import topic
from briefings.extract.unitless import read_duration, read_plain
from briefings.extract.watch import Watch
from briefings.extract.words import may, written

_WINDOW = 90
_NEAR = re.compile(r"(?<=.)(?P<where>[全我][市区省县国]|国家)(?:的|首批|共有?|有|近|约|超过?|\s)*$")
_TAIL_LAST = written(TAIL.pattern) - frozenset("价率度量值比额")
_NEAR_LAST = frozenset("市区省县国家的批共有近约超过")
_SENTENCE_STOPS = frozenset("。!?\n")
_VIEW = re.compile(r"(?:环比|同比)(?:角度|情况|数据)?(?:来|上)?看$")


def read(raw: str, frame: Frame, planned: bool = False, watch: Watch | None = None) -> list[Draft]:
    """The facts of the line ``raw`` in the order of the text; ``planned``: its section says what comes next."""
    line = Line.of(raw, frame, planned, watch)
    now, tokens = line.now, line.tokens
    left = sentence = clause = index = 0
    aside: tuple[int, int] | None = None
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, Quantity):
            group, index = group_at(line, index, left, sentence)
            before = len(line.drafts)
            if left == clause:
                line.turn(clause, group.first.start)
                if bodies := ranked.listed(line.text, clause, group.first.start):
                    now.bodies = bodies
            if group.first.sort in ("count", "none") and not group.first.place:
                _near(line, group, left)
            now.once = period_alone(line, group)
            if watch is None:
                _read_group(line, group)
            else:
                watch.read(line, group, _read_group)
            now.once = None
            if now.times:
                _one_by_one(line, before)
            if now.bodies:
                _body_by_body(line, before)
            if len(line.drafts) > before or not (group.first.sort == "duration" or _of_last(line, group)):
                left = group.last.end
            continue
        index += 1
        if token.kind == "time":
            list_time(line, token)
            if not governs(line, token, left):
                pass
            elif token.text.endswith("前") and "年" in token.text:
                now.due = period_set(line, token, now.period)
            elif "同期" not in token.text:
                now.period = period_set(line, token, now.period)
                keep_opening(line, token, sentence)
                now.doubt = token.end if may_be_narrow(line, token, left) else -1
        elif token.kind == "item":
            if (now.head or now.before or now.grows) and ranked.is_item(line.text, token.end):
                _stop(line, ",", clause, left, token.start)
            else:
                _stop(line, "。", clause, left, token.start)
                now.period = now.topic = now.before = None
            left = clause = sentence = token.end
        elif token.text == "(":
            aside = (left, len(line.drafts))
            if where := ranked.before_bracket(line.text, left, token.start):
                if left == clause:
                    _ranking(line, clause, token.start)
                now.near = line.raw[where[0] : where[1]]
                now.grows = now.grows or ranked.grows_more(line.text, sentence, token.start)
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
        if about is None and (remarked := topics.remarked(line.text, clause, end)):
            about = Name((remarked,))
            if topics.is_body(line.text, *remarked):
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
        if now.period is not None and (past_year or (MONTH.search(now.period) and not by_months)):
            now.period = now.topic = None


def _of_last(line: Line, group: Group) -> bool:
    """排名后3位的是…: how many of the last are named, which is no place in the order and ends no clause."""
    first = group.first
    return first.unit in ("位", "名") and line.text[first.start - 1 : first.start] in ("后", "末")


def _near(line: Line, group: Group, left: int) -> None:
    """为全市|120万户供气: a place right before a count is said of it alone, whoever the subject is."""
    text, at = line.text, group.first.start
    if not at or (text[at - 1] not in _NEAR_LAST and not text[at - 1].isspace()):
        return
    if near := _NEAR.search(text, max(left, at - 10), at):
        line.now.near = line.raw[near.start("where") : near.end("where")]


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
    elif seen := ranked.most(text, start, end):
        (first, last), where = seen
        now.scope, now.subject, now.bodies = line.raw[where[0] : where[1]], None, []
        name = own(text, first, last).name if last - first >= 3 else now.head or now.before
        if name is not None:
            now.head, now.rate, now.growth = name, None, None
        return
    if ranked.grows(text, start, end):
        now.grows = True
    if named and (what := ranked.measure(text, start, end)):
        now.head = what
        now.rate = now.growth = None


def _read_group(line: Line, group: Group) -> None:
    text, first = line.text, group.first
    left = max(group.left, first.start - _WINDOW)
    here = ONLY_HERE.search(text, max(left, first.start - 30), first.start) if line.now.once else None
    turns = here is None or not here["lead"] or TURNS.search(text, here.end("time"), first.start)
    end, linked = _peel(text, left, here.start("time") if here and not turns else first.start)
    set_modality(line, group, left)
    if first.place:
        read_rank(line, group, left)
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


def _peel(text: str, left: int, end: int) -> tuple[int, str]:
    """Where the words before a number end once linking verbs are left off, and the linking words."""
    if not end or not may(text[end - 1], _TAIL_LAST):
        return end, ""
    if p.reach(text, left, end):
        return end, ""
    if found := TAIL.search(text, max(left, end - 14), end):
        return found.start(), found[0]
    return end, ""
