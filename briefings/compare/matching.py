"""The later sentence that answers a promise: on the same matter by its number or its name, never on the same field only."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefings.compare import wording
from briefings.compare.answers import Clause, Statement
from briefings.compare.commitments import Commitment
from briefings.compare.cues import done_cue
from briefings.compare.quantity import scaled
from briefings.compare.schedule import end
from briefings.compare.texts import contradict
from briefings.records.document import Document
from briefings.records.fact import Fact

_SAME_NAME = 80.0
_SURE_NAME = 90.0
_RESTATED_NAME = 50.0
_COVERED = 0.75
_WELL_COVERED = 0.85
_LEAST_ANCHOR = 4
_LEAST_MATTER = 6
_LIGHT = re.compile(
    "全[市区县省年]|我[市区县]|本市|累计|共计|年度|实现|去年|今年|已经?|[的了]|^(?:完成|新?建成|新建|争取|新增|达到)|[“”]"
)
_RUNNING = re.compile("累计|总数|总量|存量")
_NEW = re.compile("新建|新增|新设|新开工|当年|年内")
_GOAL = re.compile("目标|任务|预期|计划")
_ELSEWHERE = re.compile("国家|全国|全省|省级?$|省[“《]|列入|纳入")


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence found to answer a commitment: which of its words, with which number, and how sure that is."""

    statement: Statement
    clauses: tuple[Clause, ...]
    outcome: Fact | None
    likeness: float
    reasons: tuple[str, ...]


def answers_for(later: Document, earlier: Document) -> bool:
    """Whether ``later`` is of the same office as ``earlier``, or of the same place where one has no office."""
    if later.issuer and earlier.issuer:
        return later.issuer.value == earlier.issuer.value
    return later.place is not None and earlier.place is not None and later.place.value == earlier.place.value


def last_period(documents: Sequence[Document]) -> str:
    """The latest period of ``documents``; "" where none has any."""
    periods = [d.period.value for d in documents if d.period]
    return max(periods, key=lambda p: end(p) or (0, 0), default="")


def answer(
    commitment: Commitment, told: Sequence[Statement], common: frozenset[str] = frozenset()
) -> Answer | None:
    """The sentence that answers ``commitment`` best, by its number if it can, else by its name; None where there is none."""
    by_number = [a for s in told for a in _by_number(commitment, s)]
    if by_number:
        return max(by_number, key=lambda a: a.likeness)
    by_name = [a for s in told if (a := _by_name(commitment, s, common))]
    return max(by_name, key=lambda a: a.likeness, default=None)


def _by_number(commitment: Commitment, statement: Statement) -> Iterator[Answer]:
    target = commitment.target
    if target is None:
        return
    for fact in statement.facts:
        if fact.kind != target.kind or fact.status != "actual" or not same_unit(fact, target):
            continue
        if not _fits_period(commitment, fact, statement) or not _fits_flow(commitment, fact, statement):
            continue
        restated = _restated(target, fact, statement)
        likeness = name_likeness(commitment, fact, statement)
        if likeness < (_RESTATED_NAME if restated else _SAME_NAME):
            continue
        reasons = ["same_number" if restated else "same_indicator"]
        if likeness >= _SURE_NAME:
            reasons.append("same_name")
        if fact.period and fact.period != _period(statement.document):
            reasons.append("same_period")
        at = statement.offset(fact.start)
        clauses = tuple(_told_of(statement, at, fact))
        bonus = 20.0 * restated + 5.0 * ("same_period" in reasons)
        yield Answer(statement, clauses, fact, likeness + bonus, tuple(reasons))


def name_likeness(commitment: Commitment, fact: Fact, statement: Statement) -> float:
    """How alike the names of a target and of a number told later are, from 0 to 100."""
    from rapidfuzz import fuzz

    target = commitment.target
    assert target is not None
    if target.canonical and fact.canonical:
        return 95.0 if target.canonical == fact.canonical and _narrowed(target) == _narrowed(fact) else 0.0
    one, other = _LIGHT.sub("", target.indicator), _LIGHT.sub("", fact.indicator)
    alike = float(fuzz.ratio(one, other)) if min(len(one), len(other)) >= 2 else 0.0
    shared = commitment.said.names & statement.said.names
    if shared and min(len(one), len(other)) >= 3 and (other in one or one in other):
        alike = max(alike, _SURE_NAME)
    return alike


def _narrowed(fact: Fact) -> str:
    """What narrows an indicator beyond the lexicon's name: 社会投资项目 of 社会投资项目审批时间."""
    return _LIGHT.sub("", fact.indicator).replace(fact.canonical or "", "")


def same_unit(one: Fact, other: Fact) -> bool:
    """Whether two numbers are in units of one kind, and measured against the same basis where they are changes."""
    return scaled(one.unit or "")[1] == scaled(other.unit or "")[1] and (
        one.kind not in ("change", "delta") or one.basis == other.basis
    )


def _period(document: Document) -> str:
    return document.period.value if document.period else ""


def _fits_period(commitment: Commitment, fact: Fact, statement: Statement) -> bool:
    """Whether a number told later is of the time the promise is for: a year's amount only by that year's."""
    own = _period(statement.document)
    told = fact.period or own
    when, last = commitment.due, end(told)
    if when is None or last is None:
        return True
    if when.annual:
        same_year = told[:4] == str(when.year)
        return same_year and (fact.period is not None or own[:4] == str(when.year))
    if fact.period and re.fullmatch(r"\d{4}", fact.period):
        return int(fact.period) >= when.year
    return True


def _fits_flow(commitment: Commitment, fact: Fact, statement: Statement) -> bool:
    """Whether both are amounts of a time, or both amounts run up to a day: 新建3000个 is not answered by 累计6820个."""
    at = statement.offset(fact.start)
    before = re.split("[，,]", statement.text[:at])[-1]
    return not (_NEW.search(commitment.plan.text) and _RUNNING.search(before))


def _restated(target: Fact, fact: Fact, statement: Statement) -> bool:
    """Whether the sentence names the number that was asked for, as an aim."""
    for other in statement.facts:
        if other.id != fact.id and other.value == target.value and other.unit == target.unit:
            at = statement.offset(other.start)
            if _GOAL.search(statement.text[max(0, at - 8) : at + len(other.surface) + 8]):
                return True
    return False


def _told_of(statement: Statement, at: int, fact: Fact | None) -> Iterator[Clause]:
    """The clause around ``at`` and those behind it that still speak of the same: up to the next number of its own."""
    begun = False
    for clause in statement.clauses():
        if clause.start <= at < clause.end:
            begun = True
        elif begun:
            others = [
                f
                for f in statement.facts
                if clause.start <= statement.offset(f.start) < clause.end and f is not fact
            ]
            aims = _GOAL.search(clause.text) or all(f.kind == "completion" for f in others)
            if others and not aims:
                return
        if begun:
            yield clause


def _by_name(commitment: Commitment, statement: Statement, common: frozenset[str]) -> Answer | None:
    """The sentence as an answer by the matter it names: nearly all that a clause of the promise names stands in it."""
    if contradict(commitment.said, statement.said):
        return None
    best: Answer | None = None
    for wanted in re.split("[，,；;]", commitment.plan.text):
        matter = wording.content(wanted)
        titled = bool(wording.names(wanted) & statement.said.names) or _is_title(matter, statement)
        if len(matter) < (_LEAST_ANCHOR if titled else _LEAST_MATTER):
            continue
        for clause in statement.clauses():
            found = _covered(matter, wording.content(clause.text))
            if found is None:
                continue
            covered, anchor = found
            if covered < _COVERED or (covered < _WELL_COVERED and len(anchor) < _LEAST_MATTER):
                continue
            if not titled and _is_common(anchor, common):
                continue
            if _is_anothers(clause, wanted):
                continue
            named = "same_title" if titled else "same_name"
            reasons = (named,) if covered >= _WELL_COVERED else ("alike",)
            at = clause.start
            clauses = tuple(_told_of(statement, at, None))
            likeness = covered * 100 - len(wording.content(clause.text)) / 10
            likeness += 15.0 * bool(done_cue(commitment, clause.text))
            new = Answer(statement, clauses, None, likeness, reasons)
            if best is None or new.likeness > best.likeness:
                best = new
    return best


def _is_title(matter: str, statement: Statement) -> bool:
    """Whether a title between 《》 names all of ``matter``."""
    if len(matter) < _LEAST_MATTER:
        return False
    found = (_covered(matter, wording.content(t)) for t in wording.titles(statement.text))
    return any(f is not None and f[0] >= _WELL_COVERED for f in found)


def _covered(matter: str, told: str) -> tuple[float, str] | None:
    """How much of ``matter`` stands in ``told`` in runs of two or more, and the longest run; None without a long run."""
    starts = range(len(matter) - _LEAST_ANCHOR + 1)
    if not any(matter[i : i + _LEAST_ANCHOR] in told for i in starts):
        return None
    blocks = SequenceMatcher(None, matter, told, autojunk=False).get_matching_blocks()
    runs = [matter[b.a : b.a + b.size] for b in blocks if b.size >= 2]
    longest = max(runs, key=len, default="")
    if len(longest) < _LEAST_ANCHOR:
        return None
    return sum(map(len, runs)) / len(matter), longest


def _is_common(anchor: str, common: frozenset[str]) -> bool:
    return any(anchor in name or name in anchor for name in common)


def _is_anothers(clause: Clause, wanted: str) -> bool:
    """Whether a clause tells of the plan of a higher level into which ours was taken up: 列入国家“十四五”规划."""
    return bool(_ELSEWHERE.search(clause.text)) and not _ELSEWHERE.search(wanted)
