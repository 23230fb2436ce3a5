"""Makes a correction out of what a person says, or says in one sentence why it cannot be."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import get_args

from briefings.errors import UsageError
from briefings.records.correction import JUDGED, RULE, Action, Correction
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact, Kind, Status
from briefings.store.corrections import corrected
from briefings.store.rows import FIELDS
from briefings.store.sentences import Sentence, around

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_BASES = ("yoy", "qoq", "ytd", "avg2y", "other")
_NEEDED = ("indicator", "kind", "value")
_DATE = r"\d{4}-\d\d-\d\d"
_PERIOD = re.compile(
    rf"{_DATE}(?:\.\.{_DATE})?|\d{{4}}(?:\.\.\d{{4}})?"
    r"|\d{4}-(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2]))(?:\.\.(?:\d{4}-)?(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])))?"
)


_MOST, _MOST_DIGITS = 500, 30
"""Characters of what a person may set, as the page's forms take them, and of a number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who says it, why and when, and the number the correction gets in the store."""

    number: int
    author: str
    reason: str
    at: str

    @property
    def id(self) -> str:
        """The correction's id."""
        return f"c{self.number}"


def checked(changes: Mapping[str, str | None]) -> dict[str, str | None]:
    """``changes`` as facts hold them, "" being None. Raises ``UsageError`` for a field or a value that cannot be."""
    said = {name: (value.strip() or None) if value else None for name, value in changes.items()}
    for name, value in said.items():
        if name not in JUDGED:
            near = get_close_matches(name, JUDGED, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it is one of {', '.join(JUDGED)}."
            if name in FIELDS:
                hint = f"; it is its document's: `briefings correct --document ID --set {name}=…`."
            raise UsageError(f"{name!r} is no field of a fact that can be set{hint}")
        if value is None:
            if name in (*_NEEDED, "status"):
                raise UsageError(f"{name} cannot be empty.")
        elif len(value) > (most := _MOST_DIGITS if name in ("value", "value_high") else _MOST):
            raise UsageError(f"{name} is too long: {most} characters at most.")
        elif not value.isprintable():
            raise UsageError(f"{name} holds characters that cannot be printed.")
        elif name in ("value", "value_high") and not _NUMBER.fullmatch(value):
            plain = _plain_number(value)
            hint = f"write {plain}" if plain else "write it like 120.5 or -3.2, the unit goes to unit="
            raise UsageError(f"{name}={value!r} is not a number; {hint}.")
        elif name == "kind":
            _one_of(name, value, get_args(Kind))
        elif name == "status":
            _one_of(name, value, get_args(Status))
        elif name == "period" and not _PERIOD.fullmatch(value):
            meant = _plain_period(value)
            hint = f"write {meant}" if meant else "write 2021-H1, 2021-Q2, 2021-M05, 2021 or 2021-06-30"
            raise UsageError(f"period={value!r} is not a period; {hint}.")
        elif name in ("value", "value_high"):
            said[name] = value.removeprefix("+")
    return said


def judged_of(
    fact: Fact,
    action: Action,
    changes: Mapping[str, str | None],
    documents: Sequence[Document],
    facts: Sequence[Fact],
    source: Source,
    entry: Entry,
) -> Correction:
    """The correction of ``fact`` as it stands.

    ``facts`` are all that stand in ``source``. Raises ``UsageError`` for a change that changes nothing or cannot be.
    """
    sentence = around(documents, fact.start, fact.end)
    said = dict(changes)
    if "indicator" in said:
        said.setdefault("canonical", None)  # the old name's entry in the lexicon is not the new one's
    after = None
    if action == "set":
        after = _named(corrected(fact, said), fact, sentence)
        _consistent(after)
        if all(getattr(fact, name) == value for name, value in said.items()) and fact.rule == RULE:
            raise UsageError(f"Fact {fact.id} says so already.")
    home = next(document for document in documents if document.id == fact.document)
    return Correction(
        id=entry.id,
        action=action,
        fact=fact.id,
        sha256=source.sha256,
        span=Span(fact.start, fact.end),
        surface=fact.surface,
        sentence=sentence.text if sentence else fact.surface,
        offset=sentence.offset(fact.start) if sentence else 0,
        changes=tuple(said.items()),
        before=fact,
        after=after,
        author=entry.author,
        reason=entry.reason,
        at=entry.at,
        title=home.title.value,
        issuer=home.issuer.value if home.issuer else None,
        period=home.period.value if home.period else None,
        beside=tuple(f.id for f in facts if f.id != fact.id and f.start < fact.end and fact.start < f.end),
    )


def added(
    document: Document,
    span: Span,
    changes: Mapping[str, str | None],
    facts: Sequence[Fact],
    source: Source,
    entry: Entry,
) -> Correction:
    """The correction that adds a fact at ``span`` of ``document``.

    Raises ``UsageError`` for a span outside the document, one without words, a field that is missing, or a number that
    has a fact already.
    """
    start, end = span
    length = len(source.text)
    if not 0 <= start < end <= length:
        raise UsageError(f"{start}:{end} is no place in {source.name}; its text has offsets 0 to {length}.")
    surface = source.text[start:end]
    if not surface.strip():
        raise UsageError(f"There are no words at {start}:{end} of {source.name}.")
    if not document.span.start <= start < end <= document.span.end:
        raise UsageError(
            f"{start}:{end} (“{' '.join(surface.split())}”) is outside document {document.id}, "
            f"which is {document.span.start}:{document.span.end} of its source."
        )
    missing = [name for name in _NEEDED if not changes.get(name)]
    if missing:
        raise UsageError(f"A new fact needs --set {' and '.join(f'{name}=…' for name in missing)}.")
    sentence = around([document], start, end)
    there = [f for f in facts if f.start < end and start < f.end]
    for fact in there:
        if fact.indicator == changes["indicator"]:
            raise UsageError(
                f"“{surface}” has a fact of {fact.indicator} already: {fact.id}; correct that one with --set."
            )
    kind: Kind = changes["kind"]  # type: ignore[assignment]  # checked
    key = f"{source.sha256}:{start}:{end}:{kind}:added:{entry.number}"
    bare = Fact(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.id,
        start=start,
        end=end,
        surface=surface,
        kind=kind,
        value=changes["value"] or "",
        value_high=None,
        unit=None,
        indicator=changes["indicator"] or "",
        indicator_spans=(),
        canonical=None,
        basis=None,
        period=None,
        scope=None,
        status="target" if sentence and sentence.role == "plan" else "actual",
        hedge=None,
        sentence=sentence.span if sentence else span,
        rule=RULE,
        role=sentence.role if sentence else "done",
        path=sentence.path if sentence else (),
    )
    after = _named(corrected(bare, changes), None, sentence)
    _consistent(after)
    return Correction(
        id=entry.id,
        action="add",
        fact=after.id,
        sha256=source.sha256,
        span=span,
        surface=surface,
        sentence=sentence.text if sentence else surface,
        offset=sentence.offset(start) if sentence else 0,
        changes=tuple(changes.items()),
        before=None,
        after=after,
        author=entry.author,
        reason=entry.reason,
        at=entry.at,
        title=document.title.value,
        issuer=document.issuer.value if document.issuer else None,
        period=document.period.value if document.period else None,
        beside=tuple(f.id for f in there),
    )


def carried(
    old: Correction,
    changes: Mapping[str, str | None],
    document: Document,
    span: Span,
    facts: Sequence[Fact],
    source: Source,
    entry: Entry,
) -> Correction:
    """``old``, confirmed to hold at ``span`` of ``document``, a version of the one it was made in.

    ``changes`` are all that were made to the fact. They are made to the fact that was found there; where none was, the
    whole corrected fact is added. Raises ``UsageError`` when nothing was found that could be rejected.
    """
    there = next((f for f in facts if f.start < span.end and span.start < f.end), None)
    if old.after is None:
        if there is None:
            raise UsageError(
                f"No fact was found at {span.start}:{span.end} of {source.name}: nothing to reject."
            )
        made = judged_of(there, "reject", {}, [document], facts, source, entry)
    elif there and not old.beside:
        made = judged_of(there, "set", changes, [document], facts, source, entry)
    else:
        whole = {name: getattr(old.after, name) for name in JUDGED}
        made = replace(added(document, span, whole, facts, source, entry), changes=tuple(changes.items()))
    return replace(made, carried=old.id)


def nearest(given: str, ids: Sequence[str]) -> list[str]:
    """The ids that ``given`` may have been meant for: those that begin like it, else those most like it."""
    for length in range(len(given), 3, -1):
        if begun := [id_ for id_ in ids if id_.startswith(given[:length])]:
            return begun[:3]
    return get_close_matches(given, ids, n=3)


def unknown_fact(given: str, near: Sequence[Fact]) -> UsageError:
    """The error for a fact that is not held, naming those that may have been meant."""
    told = "; ".join(f"{fact.id} ({fact.indicator} {' '.join(fact.surface.split())})" for fact in near)
    hint = f"Did you mean {told}?" if near else "`briefings facts --json` prints the ids."
    return UsageError(f"The store holds no fact {given!r}. {hint}")


def unknown_document(given: str, ids: Sequence[str]) -> UsageError:
    """The error for a document that is not held."""
    near = nearest(given, sorted(ids))
    hint = f"Did you mean {', '.join(near)}?" if near else "`briefings documents` prints the ids."
    return UsageError(f"The store holds no document {given!r}. {hint}")


def _named(fact: Fact, before: Fact | None, sentence: Sentence | None) -> Fact:
    """``fact`` with the place of its indicator's name: where the sentence says it, else nowhere."""
    if before and before.indicator == fact.indicator:
        return fact
    spans: tuple[Span, ...] = ()
    if sentence:
        at = sentence.text.find(fact.indicator)
        if at >= 0:
            start = sentence.start + at
            spans = (sentence.paragraph.span(start, start + len(fact.indicator)),)
    return replace(fact, indicator_spans=spans)


def _consistent(fact: Fact) -> None:
    """Refuse what cannot be true of one number."""
    if fact.kind in ("change", "delta"):
        _one_of("basis", fact.basis or "", _BASES, f"a {fact.kind} needs its basis")
    elif fact.basis in _BASES and fact.kind in ("level", "rate", "rank", "completion"):
        raise UsageError(f"A {fact.kind} has no basis {fact.basis!r}; set basis= (empty), or another kind.")
    if fact.kind == "rank" and not re.fullmatch(r"[1-9]\d*", fact.value):
        raise UsageError(f"value={fact.value!r} is no rank; a rank is 1 or more.")
    if fact.value_high is not None and float(fact.value_high) <= float(fact.value):
        raise UsageError(f"value_high={fact.value_high} is not above value={fact.value}.")


def _one_of(name: str, value: str, allowed: Sequence[str], why: str = "") -> None:
    if value in allowed:
        return
    near = get_close_matches(value, allowed, n=1)
    told = f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(allowed)}."
    raise UsageError(f"{name}={value!r} cannot be{': ' + why if why else ''}; {told}")


def _plain_number(value: str) -> str | None:
    """What a person who wrote ``value`` may have meant as a plain number; None where a comma may be a decimal point."""
    plain = value.translate(str.maketrans("０１２３４５６７８９．，－−＋", "0123456789.,--+"))
    match = re.search(r"(?<![\d.eE^*])[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d,.eE^*])", plain)
    return match[0].replace(",", "") if match and not plain[: match.start()].endswith((",", ".")) else None


def _plain_period(value: str) -> str | None:
    """What a person who wrote ``value`` may have meant as a period."""
    match = re.fullmatch(
        r"(\d{4})[-年/ ]*(?:([HhQqMm]?)(\d{1,2})月?|(上|下)半年|第?([一二三四1-4])季度)", value
    )
    if match is None:
        return None
    year, letter, number, half, quarter = match.groups()
    if half:
        meant = f"{year}-H{1 + '上下'.index(half)}"
    elif quarter:
        meant = f"{year}-Q{quarter if quarter.isdecimal() else 1 + '一二三四'.index(quarter)}"
    elif letter in ("", "m", "M"):
        meant = f"{year}-M{int(number):02}"
    else:
        meant = f"{year}-{letter.upper()}{number}"
    return meant if _PERIOD.fullmatch(meant) else None
