"""Which achievements lead, and why: rules that can be read.

Facts said of one indicator in one sentence are one highlight. Highlights are ordered by, in this order:
1. what a document says first of an indicator before what it says of it again (mostly of a part of the whole);
2. headline indicators of the whole place first, in the lexicon's order (GDP before investment before …); a small
   count without growth or rank (26 firms) makes no headline;
3. unflagged before flagged;
4. how much the highlight says: a top rank, a growth, a completion, a known indicator, money and rates add weight;
   bare counts of meetings, papers and activities, and things merely counted in passing, lose it;
5. exact numbers before rough ones, then the order of the text.
Only what was done and happened counts: no targets, no plans, no problems.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from briefings.records.comparison import Highlight
from briefings.records.document import Span
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator

_SUFFIXES = ("两年平均增速", "两年平均增幅", "增速", "增幅", "增长率")
_LEAD_KINDS = ("level", "rate", "completion", "change", "rank", "delta", "gap")
_COMPARED = frozenset({"change", "delta", "completion", "rank", "gap"})
_TOP_RANK = 3
_VAGUE = 4
"""An unknown name this short (支持资金, 浏览量) does not say of what, unless its scope does."""
_DOUBT = frozenset(
    {"name_inferred", "name_doubtful", "unit_kind_mismatch", "distribution_mismatch", "distribution_unclear", "unit_conflict"}
)  # fmt: skip
_WHOLE = ("全市", "全区", "全县", "全州", "我市", "我区", "我县", "本市")
_PROCESS_UNITS = frozenset({"次", "期", "场", "条", "件", "份", "篇", "批", "轮", "例", "余次", "多次", "个工作日", "天", "公里/小时"})  # fmt: skip
_PROCESS = re.compile(
    r"会议|专题会|座谈|例会|培训班|活动|文件|政策|措施|制度|方案|意见|简报|周报|通报|速递|清单|台账|专班|调研|走访|督查|巡察"
    r"|宣传|编发|印发|制定|修订|出台|召开|梳理|编制|顾问|命名|时速|问题|建议|提案|任务$|事项$"
)
_AREA = re.compile(r"片区|示范区|新区|开发区|高新区|园区|综保区|保税区|功能区")
_MONEY = re.compile(r"元$|美元|英镑|欧元")
_LARGE = re.compile(r"^[万亿]")


def root(fact: Fact) -> str:
    """The indicator a fact is about, growth and gap facts included: 生产总值增速 and 生产总值 share one root."""
    name = fact.canonical or fact.indicator
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def highlights(
    facts: Iterable[Fact], indicators: Mapping[str, Indicator], home: str = ""
) -> tuple[Highlight, ...]:
    """The highlights of one document's facts, best first.

    ``indicators`` maps canonical names to the lexicon; ``home`` is the document's own place.
    """
    groups: dict[tuple[Span, str], list[Fact]] = {}
    for fact in facts:
        if fact.status == "actual" and fact.role == "done":
            groups.setdefault((fact.sentence, root(fact)), []).append(fact)
    first = _first_said(groups, home)
    found = (
        _highlight(group, indicators, home, again=first[name] != sentence)
        for (sentence, name), group in groups.items()
    )
    return order(found, indicators)


def order(found: Iterable[Highlight], indicators: Mapping[str, Indicator]) -> tuple[Highlight, ...]:
    """Highlights best first; equals stay in the order given."""
    return tuple(sorted(found, key=lambda h: _key(h, indicators)))


def whole(fact: Fact, home: str) -> bool:
    """Whether a number is the whole place's, or does not say otherwise."""
    return fact.scope is None or fact.scope in _WHOLE or fact.scope == home


def _of_an_area(fact: Fact) -> bool:
    """Whether a number stands under the heading of an area inside the place, and neither its name nor its scope says so."""
    told = fact.indicator + (fact.scope or "")
    return bool(fact.path and _AREA.search(fact.path[-1]) and not _AREA.search(told))


def _first_said(groups: Mapping[tuple[Span, str], Sequence[Fact]], home: str) -> dict[str, Span]:
    """The sentence in which each indicator is first said, the whole place's before any part's."""
    first: dict[str, tuple[bool, Span]] = {}
    for (sentence, name), group in groups.items():
        part = not whole(group[0], home)
        if name not in first or (first[name][0] and not part):
            first[name] = (part, sentence)
    return {name: sentence for name, (_, sentence) in first.items()}


def _highlight(
    group: Sequence[Fact], indicators: Mapping[str, Indicator], home: str, *, again: bool
) -> Highlight:
    lead = min(group, key=lambda f: (_LEAD_KINDS.index(f.kind), f.start))
    return Highlight(lead, tuple(group), _reasons(lead, group, indicators, home, again))


def _reasons(
    lead: Fact, group: Sequence[Fact], indicators: Mapping[str, Indicator], home: str, again: bool
) -> tuple[str, ...]:
    reasons = []
    known = indicators.get(lead.canonical or "")
    kinds = {f.kind for f in group}
    unit = lead.unit or ""
    amounts = (
        bool(kinds & _COMPARED) or lead.kind == "rate" or bool(_MONEY.search(unit) or _LARGE.match(unit))
    )
    if known and known.rank and amounts and whole(lead, home) and not _of_an_area(lead):
        reasons.append("headline")
    elif known:
        reasons.append("known")
    if any(f.kind == "rank" and _is_top(f) for f in group):
        reasons.append("top_rank")
    reasons += [k for k in ("change", "delta", "completion", "gap") if k in kinds]
    if kinds & {"level", "rate"} and len(kinds) > 1:
        reasons.append("level_with_comparison")
    if _MONEY.search(unit):
        reasons.append("money")
    if lead.kind == "rate":
        reasons.append("rate")
    if _LARGE.match(unit):
        reasons.append("large")
    if not known and not lead.scope and len(lead.indicator) <= _VAGUE:
        reasons.append("vague")
    if not kinds & _COMPARED:
        if unit in _PROCESS_UNITS or _PROCESS.search(lead.indicator):
            reasons.append("process")
        if lead.rule == "counted":
            reasons.append("in_passing")
    if _of_an_area(lead):
        reasons.append("of_an_area")
    if again:
        reasons.append("again")
    if lead.hedge:
        reasons.append("rough")
    if set(lead.flags) & _DOUBT:
        reasons.append("doubtful")
    return tuple(reasons)


_WEIGHT = {
    "known": 2, "top_rank": 3, "change": 2, "delta": 2, "completion": 2, "level_with_comparison": 1, "gap": 1,
    "money": 1, "rate": 1, "large": 1, "vague": -1, "in_passing": -1, "process": -4, "of_an_area": -5,
}  # fmt: skip


def _key(
    highlight: Highlight, indicators: Mapping[str, Indicator]
) -> tuple[bool, bool, int, bool, int, bool]:
    reasons = highlight.reasons
    known = indicators.get(highlight.lead.canonical or "")
    rank = known.rank if known and "headline" in reasons else 0
    return (
        "again" in reasons,
        not rank,
        rank,
        "doubtful" in reasons,
        -sum(_WEIGHT.get(r, 0) for r in reasons),
        "rough" in reasons,
    )


def _is_top(fact: Fact) -> bool:
    return fact.value.isdigit() and int(fact.value) <= _TOP_RANK
