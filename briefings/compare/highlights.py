"""Which achievements lead, and why: rules that can be read.

Facts said of one indicator in one sentence are one highlight. Highlights are ordered by, in this order:
1. headline indicators first, in the lexicon's order (GDP before investment before …);
2. how much the highlight says: a top rank, a growth rate, a completion, a known indicator each add weight;
3. exact numbers before rough ones, unflagged before flagged;
4. the order of the text.
Only what was done and happened counts: no targets, no plans, no problems.
"""

from collections.abc import Iterable, Mapping, Sequence

from briefings.records.comparison import Highlight
from briefings.records.document import Span
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator

_SUFFIXES = ("两年平均增速", "两年平均增幅", "增速", "增幅", "增长率")
_LEAD_KINDS = ("level", "rate", "completion", "change", "rank", "delta", "gap")
_TOP_RANK = 3
_DOUBT = frozenset(
    {"name_inferred", "name_doubtful", "unit_kind_mismatch", "distribution_mismatch", "unit_conflict"}
)


def root(fact: Fact) -> str:
    """The indicator a fact is about, growth and gap facts included: 生产总值增速 and 生产总值 share one root."""
    name = fact.canonical or fact.indicator
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def highlights(facts: Iterable[Fact], indicators: Mapping[str, Indicator]) -> tuple[Highlight, ...]:
    """The highlights of one document's facts, best first; ``indicators`` maps canonical names to the lexicon."""
    groups: dict[tuple[Span, str], list[Fact]] = {}
    for fact in facts:
        if fact.status == "actual" and fact.role == "done":
            groups.setdefault((fact.sentence, root(fact)), []).append(fact)
    return order((_highlight(group, indicators) for group in groups.values()), indicators)


def order(found: Iterable[Highlight], indicators: Mapping[str, Indicator]) -> tuple[Highlight, ...]:
    """Highlights best first; equals stay in the order given."""
    return tuple(sorted(found, key=lambda h: _key(h, indicators)))


def _highlight(group: Sequence[Fact], indicators: Mapping[str, Indicator]) -> Highlight:
    lead = min(group, key=lambda f: (_LEAD_KINDS.index(f.kind), f.start))
    return Highlight(lead, tuple(group), _reasons(lead, group, indicators))


def _reasons(lead: Fact, group: Sequence[Fact], indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    reasons = []
    known = indicators.get(lead.canonical or "")
    if known and known.rank:
        reasons.append("headline")
    elif known:
        reasons.append("known")
    kinds = {f.kind for f in group}
    if any(f.kind == "rank" and _is_top(f) for f in group):
        reasons.append("top_rank")
    reasons += [k for k in ("change", "completion", "gap") if k in kinds]
    if kinds & {"level", "rate"} and len(kinds) > 1:
        reasons.append("level_with_comparison")
    if lead.hedge:
        reasons.append("rough")
    if set(lead.flags) & _DOUBT:
        reasons.append("doubtful")
    return tuple(reasons)


_WEIGHT = {"known": 3, "top_rank": 3, "change": 2, "completion": 2, "level_with_comparison": 1, "gap": 1}


def _key(highlight: Highlight, indicators: Mapping[str, Indicator]) -> tuple[bool, int, bool, int, bool]:
    known = indicators.get(highlight.lead.canonical or "")
    rank = known.rank if known else 0
    return (
        not rank,
        rank,
        "doubtful" in highlight.reasons,
        -sum(_WEIGHT.get(r, 0) for r in highlight.reasons),
        "rough" in highlight.reasons,
    )


def _is_top(fact: Fact) -> bool:
    return fact.value.isdigit() and int(fact.value) <= _TOP_RANK
