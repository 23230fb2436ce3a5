"""Facts, measures and documents for the tests of compare, of which only what is compared is given."""

from itertools import count

from briefings.records.document import Attribute, Document, Role, Span
from briefings.records.fact import Fact, Kind, Measure, Status

_starts = count(0, 10)


def fact(
    indicator: str,
    kind: Kind = "level",
    value: str = "1",
    *,
    document: str = "d1",
    sentence: int = 0,
    canonical: str | None = None,
    unit: str | None = "%",
    basis: str | None = None,
    period: str | None = None,
    scope: str | None = None,
    status: Status = "actual",
    hedge: str | None = None,
    role: Role = "done",
    flags: tuple[str, ...] = (),
    rule: str = "test",
    path: tuple[str, ...] = (),
) -> Fact:
    """A fact; each call's place in the text is behind the last."""
    start = next(_starts)
    return Fact(
        id=f"f{start}", document=document, start=start, end=start + 5, surface=value, kind=kind, value=value,
        value_high=None, unit=unit, indicator=indicator, indicator_spans=(), canonical=canonical, basis=basis,
        period=period, scope=scope, status=status, hedge=hedge, sentence=Span(sentence, sentence + 1), rule=rule,
        flags=flags, role=role, path=path,
    )  # fmt: skip


def measure(document: str, role: Role, theme: str | None) -> Measure:
    """A measure of which only document, role and theme matter."""
    start = next(_starts)
    return Measure(f"m{start}", document, Span(start, start + 5), "文", "文", role, (), theme)


def document(key: str, place: str = "临澜市", period: str = "2021-H1") -> Document:
    """A document without text."""
    return Document(
        id=key, sha256="0" * 64, name=f"{key}.txt", ordinal=1, span=Span(0, 0), title=Attribute(key, "test"),
        issuer=Attribute(key, "test"), place=Attribute(place, "test"), period=Attribute(period, "test"),
        published=None, genre="summary",
    )  # fmt: skip
