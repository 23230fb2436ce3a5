"""Lays what briefings reads in the samples beside what the tables expect of them."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import sample_words

from briefings.records.fact import Fact

_PERIODS = {"M01..M06": "H1", "M01..M03": "Q1"}


def located(text: str, quote: str) -> list[tuple[int, int]]:
    """The places in ``text`` of the number that ``quote`` marks, breaks and blanks between its characters allowed."""
    kept = [
        (at, unicodedata.normalize("NFKC", c) if c in "０１２３４５６７８９．" else c)
        for at, c in enumerate(text)
    ]
    kept = [(at, c) for at, c in kept if not c.isspace()]
    joined = "".join(c for _, c in kept)
    before = len(sample_words.plain(quote.partition("⟦")[0]))
    length = len(sample_words.marked(quote))
    starts = [m.start() + before for m in re.finditer(re.escape(sample_words.unmarked(quote)), joined)]
    return [(kept[start][0], kept[start + length - 1][0] + 1) for start in starts]


def covering(facts: Iterable[Fact], span: tuple[int, int]) -> list[Fact]:
    """The facts whose span shares a character with ``span``."""
    return [fact for fact in facts if fact.start < span[1] and span[0] < fact.end]


def differences(expected: sample_words.Fact, fact: Fact, period: str) -> dict[str, str]:
    """The fields in which ``fact`` is not as expected: what it says instead; ``period`` is the document's own."""
    said = {
        "kind": fact.kind,
        "value": str(_number(fact.value)),
        "unit": fact.unit or "-",
        "indicator": fact.indicator,
        "basis": fact.basis or "-",
        "period": _period(fact.period or period),
        "scope": fact.scope or "-",
        "status": fact.status,
    }
    wanted = {
        "value": str(_number(expected.value)),
        "period": _period(period if expected.period == "-" else expected.period),
    }
    wrong = dict[str, str]()
    for field, value in said.items():
        want = wanted.get(field, getattr(expected, field))
        if want != "?" and not _same(field, want, value):
            wrong[field] = value
    return wrong


def _same(field: str, want: str, said: str) -> bool:
    if field == "indicator":
        return _same_name(want, said)
    if field == "scope" and want == "-":
        return True
    if field in {"basis", "scope"} and "-" not in {want, said}:
        return want in said or said in want
    return want == said


def _same_name(want: str, said: str) -> bool:
    a, b = (re.sub(r"[的了和与及等共累计总全“”（）()、]", "", name) for name in (want, said))
    if a and b and (a in b or b in a):
        return 3 * min(len(a), len(b)) >= max(len(a), len(b))
    x, y = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (a, b))
    return 4 * len(x & y) >= len(x) + len(y) > 0


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text).normalize()
    except InvalidOperation:
        return None


def _period(text: str) -> str:
    return re.sub(r"M01\.\.M0[36]$", lambda m: _PERIODS[m[0]], text)
