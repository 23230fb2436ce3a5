"""An explanation of the extractor, and what became of a document's numbers, as lines for people."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefings.cli.columns import aligned, cells, cut
from briefings.cli.words import BASES, FLAGS, KINDS, PARAGRAPHS, REGISTERS, ROLES, RULES, STEPS
from briefings.records.coverage import REASONS, Explanation, Mention, Step
from briefings.records.document import Source
from briefings.records.fact import Fact

WIDTH = 100
GROUPS: Mapping[str, tuple[str, ...]] = {
    "日期": ("date", "dateline", "duration"),
    "编号": ("item", "ordinal", "reference", "paper", "phone", "code"),
    "名称": ("title", "quote", "named"),
    "条件": ("threshold",),
    "重复": ("repeated",),
    "版面": ("heading", "contents", "caption", "header", "label", "outside"),
    "剔除": ("rejected",),
}
"""The reasons of masking, in groups that fit into a table's columns."""
_AROUND = 12
_NOTHING = ("", "无", "不成立", "成立")
_EMPTY = re.compile(r"无|-?\d+|")
"""Offsets and empty places in what a rule gave: of use to the grammar alone."""
_KIND = re.compile(rf" ({'|'.join(KINDS)}) ")

_CODES = {**KINDS, **BASES, **RULES, **FLAGS}


def coverage_table(told: Sequence[tuple[str, Sequence[Mention]]]) -> list[str]:
    """A row for each of the documents ``told`` with the outcomes of its numbers, and one for all of them."""
    used = {m.reason for _, mentions in told for m in mentions}
    groups = {name: whys for name, whys in GROUPS.items() if used & set(whys)}
    rows = [("document", "numbers", "facts", "unknown", "known", "masked", *groups)]
    rows += [_counts(name, mentions, groups) for name, mentions in told]
    if len(told) > 1:
        rows.append(_counts("all", [m for _, mentions in told for m in mentions], groups))
    lines = aligned(rows, range(1, len(rows[0])))
    return [lines[0], "─" * max(map(cells, lines)), *lines[1:]]


def legend(told: Sequence[tuple[Source, Sequence[Mention]]]) -> list[str]:
    """What the columns hold: the reasons of masking with how often each stands and an example."""
    counts = Counter(m.reason for _, mentions in told for m in mentions if m.outcome == "masked")
    first: dict[str, str] = {}
    for source, mentions in told:
        for mention in mentions:
            if mention.outcome == "masked":
                first.setdefault(mention.reason, around(mention, source.text, _AROUND))
    rows = [
        (name, REASONS[why], str(counts[why]), first[why])
        for name, whys in GROUPS.items()
        for why in sorted(whys, key=lambda each: -counts[each])
        if counts[why]
    ]
    lines = [
        "facts: read as indicators. unknown: not understood, see --list. known: the share of all others.",
        "masked: no indicators, for these reasons:",
    ]
    return [*lines, "", *(cut(line, WIDTH) for line in aligned(rows, (2,)))] if rows else lines[:1]


def around(mention: Mention, text: str, width: int) -> str:
    """The number in brackets with ``width`` characters of the text on either side."""
    before = text[max(0, mention.start - width) : mention.start]
    words = f"{before}⟦{mention.text}⟧{text[mention.end : mention.end + width]}"
    return " ".join(words.split())


def explained(told: Explanation, facts: Iterable[Fact]) -> list[str]:
    """What the extractor did at one place; ``facts`` are those of ``told.facts``."""
    ours = [fact for fact in facts if fact.id in told.facts]
    lines = [*(map(verdict, ours) if ours else [told.verdict]), ""]
    kind = PARAGRAPHS.get(told.kind, told.kind) if told.kind else ""
    role = ROLES.get(told.role, told.role) if told.role else ""
    said = [
        ("document", told.document),
        ("place", f"{told.place}, offset {told.offset}"),
        ("paragraph", "，".join(filter(None, (kind, role, told.speaker and f"{told.speaker}说")))),
        ("under", " / ".join(told.path)),
        ("sentence", told.sentence),
        *(("fact", f"{fact.id}  {_slots(fact)}") for fact in ours),
    ]
    lines += [f"{label:<11}{words}" for label, words in said if words]
    tokens = [(t.text, t.kind, f"{t.span.start}:{t.span.end}") for t in told.tokens]
    lines += _block("tokens", "what the sentence is made of, and where", aligned(tokens))
    lines += _block("registers", "what was carried to this number, and what it left behind", _registers(told))
    return lines + _block("rules tried", f"{len(told.steps)}; those that gave something", _steps(told.steps))


def verdict(fact: Fact) -> str:
    """What was made of a number, in one sentence."""
    basis = BASES.get(fact.basis or "", "") if fact.kind in ("change", "delta", "completion") else ""
    sort = KINDS[fact.kind] + (f"（{basis}）" if basis else "")
    rule = f"“{RULES.get(fact.rule, fact.rule)}”[{fact.rule}]"
    flags = "；".join(f"{FLAGS.get(flag, flag)}[{flag}]" for flag in fact.flags)
    surface = " ".join(fact.surface.split())
    return f"“{surface}”是“{fact.indicator}”的{sort}，由规则{rule}读出" + (f"；{flags}。" if flags else "。")


def _slots(fact: Fact) -> str:
    value = fact.value + (f"～{fact.value_high}" if fact.value_high else "") + (fact.unit or "")
    basis = BASES.get(fact.basis or "", fact.basis)
    target = "目标" if fact.status == "target" else ""
    said = (fact.indicator, KINDS[fact.kind], value, fact.hedge, basis, fact.period, fact.scope, target)
    return " | ".join(filter(None, said))


def _counts(name: str, mentions: Sequence[Mention], groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    outcomes = Counter(m.outcome for m in mentions)
    reasons = Counter(m.reason for m in mentions if m.outcome == "masked")
    known = len(mentions) - outcomes["unknown"]
    return (
        name,
        str(len(mentions)),
        *(str(outcomes[o] or "·") for o in ("fact", "unknown")),
        f"{100 * known / len(mentions):.1f}%" if mentions else "-",
        str(outcomes["masked"] or "·"),
        *(str(sum(reasons[why] for why in whys) or "·") for whys in groups.values()),
    )


def _registers(told: Explanation) -> list[str]:
    before, after = dict(told.before), dict(told.after)
    rows = []
    for name in {**before, **after}:
        was, left = (_worded(each.get(name, "")) for each in (before, after))
        if was or left:
            word = f"{REGISTERS.get(name, name)} [{name}]"
            rows.append((word, was or "·", "same" if left == was else left or "·"))
    return aligned([("", "before", "after"), *rows]) if rows else []


def _steps(steps: Sequence[Step]) -> list[str]:
    """The rules that gave something, one below the rule that called it; then those that did not fit."""
    lines: list[str] = []
    vain: list[str] = []
    for step in steps:
        word, outcome = STEPS.get(step.rule), _worded(step.outcome)
        if outcome not in _NOTHING:
            lines.append(f"{'  ' * step.depth}{word or step.says or step.rule} [{step.rule}] → {outcome}")
        elif word and step.outcome in _NOTHING:
            vain.append(word)
    missed = "、".join(dict.fromkeys(vain))
    return [*lines, f"gave nothing: {missed}"] if missed else lines


def _worded(said: str) -> str:
    """The extractor's words for what it holds, its codes in words for people, without bare offsets."""
    parts = [_CODES.get(part, part) for part in said.split("、") if not _EMPTY.fullmatch(part)]
    return _KIND.sub(lambda found: f" {KINDS[found[1]]} ", "、".join(parts))


def _block(label: str, says: str, lines: Sequence[str]) -> list[str]:
    return ["", f"{label} ({says})", *(f"  {line}" for line in lines)] if lines else []
