"""What a document promises: its plans parted into single commitments, each with its number and its deadline."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefings.compare import wording
from briefings.compare.answers import Clause, Statement, statements
from briefings.compare.schedule import Due, due
from briefings.compare.texts import Said, is_formula
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure

_LEAST_CLAUSE = 8
_HAN = re.compile(r"[\u4e00-\u9fff“《]")
_ADVERBS = re.compile(
    r"^(?:下一?步|同时|力争|确保|争取在|尽快|尽早|加快|全力|积极|深入|扎实|高[质水标][量平准]|推进|推动|继续|研究(?=制定)|[，,\s])+"
)
_LABELLED = re.compile("时限|完成时间|时间节点")
_LESS = ("以内", "以下", "不超过", "低于", "不高于", "小于")
_COUNTED = ("level", "completion", "rate", "change", "delta", "rank")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing promised: the words, its number where it names one, and when it falls due where it says so.

    ``down`` is true where less is better, ``endless`` where it is a going on that is never done, ``act`` is the kind
    of promise by its verb.
    """

    id: str
    plan: Measure
    target: Fact | None
    due: Due | None
    said: Said
    down: bool
    endless: bool
    act: wording.Act | None
    deadline: str | None


def commitments(
    document: Document, facts: Sequence[Fact], measures: Sequence[Measure]
) -> tuple[Commitment, ...]:
    """The commitments of ``document`` in the order of its text: of its plans, and of what is set for later elsewhere."""
    found: list[Commitment] = []
    for statement in statements(document, facts, measures, ("plan", "done", "problem")):
        planned = statement.measure.role == "plan"
        if statement.opens or is_formula(statement.text) or (not planned and not _is_ahead(statement)):
            continue
        parts = list(_parts(statement))
        if not planned:
            parts = [(part, target) for part, target in parts if target]
        found += [_commitment(statement, start, end, target) for (start, end), target in parts]
    unique = {c.id: c for c in found}
    return tuple(sorted(unique.values(), key=lambda c: c.plan.span))


def _is_ahead(statement: Statement) -> bool:
    """Whether a sentence outside the plans sets a number for later."""
    return any(word in statement.text for word in wording.lexicon().ahead)


def _parts(statement: Statement) -> Iterator[tuple[tuple[int, int], Fact | None]]:
    """The clauses of a statement with a target each; what says something besides; or all of it where there is none."""
    clauses = statement.clauses()
    asked = [(clause, _asked(statement, clause)) for clause in clauses]
    if not any(targets for _, targets in asked):
        yield (0, len(statement.text)), None
        return
    lead: int | None = None
    besides: tuple[int, int] | None = None
    for clause, targets in asked:
        if not targets and not wording.content(clause.text):
            lead = clause.start  # 到2021年6月底，
            continue
        if targets:
            if besides and _promises(statement.text[slice(*besides)]):
                yield besides, None
            besides = None
            for target in targets:
                yield (clause.start if lead is None else lead, clause.end), target
        else:
            begin = clause.start if lead is None else lead
            besides = (besides[0] if besides else begin, clause.end)
        lead = None
    if besides and _promises(statement.text[slice(*besides)]):
        yield besides, None


def _promises(text: str) -> bool:
    """Whether words beside a target promise something of their own: by a deadline, a verb of doing, or at some length."""
    dated = wording.lexicon().deadline.search(text)
    return bool(dated or _act(text)) or len(wording.content(text)) >= _LEAST_CLAUSE


def _asked(statement: Statement, clause: Clause) -> list[Fact]:
    """The numbers of a clause that are to be reached, not those that only say how many there are."""
    found = []
    for fact in statement.facts:
        start, end = statement.offset(fact.start), statement.offset(fact.end - 1) + 1
        if not (clause.start <= start < clause.end) or fact.status != "target" or fact.kind not in _COUNTED:
            continue
        before, after = statement.text[clause.start : start], statement.text[end : clause.end]
        describes = bool(_HAN.match(after)) and not after.startswith(("以", "左右", "的目标", "目标"))
        if not describes or before.endswith(wording.lexicon().make):
            found.append(fact)
    return found


def _commitment(statement: Statement, start: int, end: int, target: Fact | None) -> Commitment:
    part = statement.part(start, end)
    number = f":{target.start}" if target else ""
    identity = f"{statement.document.sha256}:{part.span.start}:{part.span.end}:{part.text}{number}"
    id_ = "p" + hashlib.sha256(identity.encode()).hexdigest()[:12]
    plan = replace(part, id=id_)
    when = _due(statement, start, end, target)
    labelled = statement.measure.deadline if _LABELLED.search(statement.measure.text) else None
    return Commitment(
        id=id_,
        plan=plan,
        target=target,
        due=when,
        said=Said.of(plan.text, plan.text),
        down=bool(target and _is_down(statement, target)),
        endless=plan.text.startswith(wording.lexicon().endless),
        act=_act(plan.text),
        deadline=(when.words if when else "") or labelled,
    )


def _act(text: str) -> wording.Act | None:
    """The kind of promise by the first verb that opens a clause, adverbs and deadlines aside."""
    for clause in re.split("[，,]", text):
        bare = _ADVERBS.sub("", wording.lexicon().deadline.sub("", clause))
        for act in wording.lexicon().acts:
            if bare.startswith(act.promised):
                return act
    return None


def _due(statement: Statement, start: int, end: int, target: Fact | None) -> Due | None:
    """The deadline of the clause, else the nearest one said before it in the sentence, else that of its number."""
    own = statement.document.period.value if statement.document.period else None
    clauses = [c for c in statement.clauses() if c.end <= start]
    for text in (statement.text[start:end], *(c.text for c in reversed(clauses))):
        if found := due(text, own):
            return found
    if target is None:
        return None
    found = due("", own, target.period)
    if found is None and target.kind == "change" and own:
        return Due("", int(own[:4]), 12, True)
    return found


def _is_down(statement: Statement, target: Fact) -> bool:
    """Whether a target is an upper bound: 压缩至40个工作日以内."""
    before = statement.text[: statement.offset(target.start)]
    if target.hedge in _LESS or target.surface.endswith(_LESS):
        return True
    return before[-8:].endswith(wording.lexicon().down_to)
