"""The comparison behind one issuer year on year: numbers that moved, texts that changed, promises and their answers."""

from collections.abc import Iterable, Iterator, Sequence

from briefings.compare import wording
from briefings.compare.checks import checks
from briefings.compare.comparable import defined
from briefings.compare.highlights import whole
from briefings.compare.ledger import root
from briefings.compare.movements import movements, yearly
from briefings.compare.practices import borrowings, words
from briefings.compare.promises import promises
from briefings.compare.series import barred, series
from briefings.compare.sides import side
from briefings.compare.texts import is_formula, match
from briefings.records.comparison import Highlight, TextChanges
from briefings.records.document import Document, Role
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material
from briefings.records.peers import Borrowing, Side
from briefings.records.yoy import Movement, TextChange, YearOnYear

_LEAST_INDICATOR = 3
_LEAST_NAME = 4
"""A name this long that stands on the other side too says that the matter is still spoken of."""
_RARE = 2
"""What a side says this often at most is a matter of its own; what it says more often may be a phrase."""
_MUTE = frozenset({"again", "process", "of_an_area", "vague", "doubtful", "in_passing"})


def yoy(material: Material) -> YearOnYear:
    """Compare the order's two periods, the earlier first; a period may have several documents or none."""
    before, after = material.order.periods[0], material.order.periods[-1]
    prior, current = material.in_period(before), material.in_period(after)
    lined = series(material.facts, material, across="periods")
    old, new = side(before, prior, material), side(after, current, material)
    moved = movements(lined, prior, current, material)
    return YearOnYear(
        old,
        new,
        yearly(material),
        moved,
        barred(material.facts, material, across="periods") if prior and current else (),
        _only(new, old, moved),
        _only(old, new, moved),
        _coined(old, new, material),
        _coined(new, old, material),
        _texts(old, new, "done", material),
        _texts(old, new, "problem", material),
        promises(material, prior, current) if prior and current else (),
        checks((*prior, *current), [f for s in (old, new) for f in s.facts], material.sources),
    )


def _only(own: Side, other: Side, moved: Sequence[Movement]) -> tuple[Highlight, ...]:
    """The telling highlights of a side, of the whole place, whose indicator the other side does not name in any way."""
    if not other.reviews:
        return ()
    named = {root(defined(f)) for f in other.facts}
    taken = {_stated(p.fact) for m in moved for p in (m.pair.current, m.pair.prior)}
    homes = {d.id: d.place.value if d.place else "" for d in own.documents}
    return tuple(
        h
        for h in own.highlights
        if not _MUTE & set(h.reasons)
        and (h.lead.canonical or len(h.lead.indicator) >= _LEAST_INDICATOR)
        and whole(h.lead, homes[h.lead.document])
        and not {root(defined(f)) for f in h.facts} & named
        and _stated(h.lead) not in taken
        and h.lead.kind not in ("delta", "gap")
    )


def _stated(fact: Fact) -> tuple[str, str, str, str]:
    """A number of a document: said once more under a longer name it is no other."""
    return fact.document, fact.kind, fact.value, fact.unit or ""


def _coined(own: Side, other: Side, material: Material) -> tuple[Borrowing, ...]:
    """Names that ``other`` alone sets something up under, those it uses most first."""
    if not own.reviews or not other.reviews:
        return ()
    text = words(other)
    return tuple(sorted(borrowings((own, other), material.themes), key=lambda b: -text.count(b.words)))


def _texts(old: Side, new: Side, role: Role, material: Material) -> TextChange:
    prior, current = _measures(old, role), _measures(new, role)
    if not prior or not current:
        return TextChange(TextChanges((), current, prior), ())
    found = match(prior, current)
    if role == "problem":
        there, here = _said(current), _said(prior)
    else:
        there, here = _text(new.documents, material), _text(old.documents, material)
    gone = tuple(m for m in found.gone if not _is_named(m, there, here))
    fresh = tuple(m for m in found.new if not _is_named(m, here, there))
    kept = {m.id for m in (*gone, *fresh)}
    return TextChange(
        TextChanges(found.kept, fresh, gone),
        tuple(m for m in (*found.gone, *found.new) if m.id not in kept),
    )


def _measures(own: Side, role: Role) -> tuple[Measure, ...]:
    """What a side says in one role, without the sentence that only leads in to the items."""
    said: list[Measure] = []
    for review in own.reviews:
        mine = [m for m in (review.done if role == "done" else review.problems) if not is_formula(m.text)]
        depths = {len(m.path) for m in mine}
        said += [m for m in mine if role == "done" or len(depths) == 1 or len(m.path) > min(depths)]
    return tuple(said)


def _said(measures: Sequence[Measure]) -> str:
    return "\n".join(wording.cleaned(m.text) for m in measures)


def _text(documents: Iterable[Document], material: Material) -> str:
    return "".join(
        wording.cleaned(material.sources[d.sha256].text[d.span.start : d.span.end]) for d in documents
    )


def _is_named(measure: Measure, other: str, own: str) -> bool:
    """Whether what a measure is about stands in the ``other`` side's words: its headline's matter, a name it uses, or for
    work done something rare in both sides' words.

    To say that something is no longer spoken of is a strong word; where in doubt it is still spoken of.
    """
    names = (wording.cleaned(n) for n in wording.names(measure.text))
    if any(n in other for n in (*_runs(measure.headline), *names) if len(n) >= _LEAST_NAME):
        return True
    return measure.role == "done" and any(
        0 < other.count(run) <= _RARE and own.count(run) <= _RARE for run in _runs(measure.text)
    )


def _runs(text: str) -> Iterator[str]:
    """Every few characters in a row of what a text is about."""
    for piece in wording.pieces(text):
        about = wording.content(piece)
        yield from (about[i : i + _LEAST_NAME] for i in range(len(about) - _LEAST_NAME + 1))
