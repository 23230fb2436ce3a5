"""What a person types of a number or a document, read as it is meant; what cannot be is told in the page's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from briefings.records.correction import JUDGED
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact, Kind
from briefings.settings.shape import PERIOD
from briefings.web.site import Wrong

KINDS = get_args(Kind)
BASES = ("yoy", "qoq", "ytd", "avg2y", "other")
CHOICES = {"kind": KINDS, "status": ("actual", "target")}
ASKED = tuple(name for name in JUDGED if name != "canonical")
"""The fields of a fact that the forms ask for; the lexicon's name follows from the indicator."""
METADATA = ("issuer", "place", "period", "published")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_WIDE = str.maketrans("０１２３４５６７８９．，－−＋", "0123456789.,--+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OF_FACTS = re.compile(
    r"\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)?|\d{4}(?:\.\.\d{4})?"
    r"|\d{4}-(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2]))(?:\.\.(?:\d{4}-)?(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])))?"
)
_SPOKEN = re.compile(r"(\d{4})年?(?:(上|下)半年|第?([一二三四1-4])季度|(\d{1,2})月份?|全年|度)?")
_PARTS = re.compile(r"(约|近|超过|超|逾|不足|突破|达到|达)?([+-]?\d[\d,]*(?:\.\d+)?)\s*([^\d\s，。、；]*)")


def fields_of(form: Mapping[str, object], held: Fact | None = None) -> dict[str, str | None]:
    """What the form says of a fact, as facts hold it; what stands in ``held`` already is right as it is.

    Raises ``Wrong`` in the page's words for what cannot be.
    """
    said: dict[str, str | None] = {n: str(form[n]).strip()[:500] or None for n in ASKED if n in form}
    for name in ("indicator", "kind", "value"):
        if name in said and not said[name]:
            raise Wrong(_MISSING[name])
    for name in ("value", "value_high"):
        if (given := said.get(name)) and given != getattr(held, name, None):
            said[name] = number(given)
    if (given := said.get("period")) and given != getattr(held, "period", None):
        said["period"] = _period(given, _OF_FACTS)
    kind, basis = said.get("kind"), said.get("basis")
    if kind in ("change", "delta") and "basis" in said and basis not in BASES:
        raise Wrong("增减幅度和增减量要选对比基准。")
    if kind in ("level", "rate", "rank", "completion") and basis in BASES:
        raise Wrong("只有增减幅度和增减量有对比基准，请清空它，或者换一个种类。")
    if kind == "rank" and not (said.get("value") or "").isdecimal():
        raise Wrong("位次要填1、2、3这样的整数。")
    low, high = said.get("value"), said.get("value_high")
    if low and high and float(high) <= float(low):
        raise Wrong("上限要比值大。")
    return said


def metadata_of(form: Mapping[str, object]) -> dict[str, str | None]:
    """What the form says of a document; None for a field that is to be as it was read. Raises ``Wrong``."""
    said: dict[str, str | None] = {n: str(form[n]).strip()[:200] or None for n in METADATA if n in form}
    if given := said.get("period"):
        said["period"] = _period(given, PERIOD)
    if given := said.get("published"):
        said["published"] = _date(given)
    return said


def reason_of(form: Mapping[str, object]) -> str:
    """Why. Raises ``Wrong`` where nothing is said."""
    given = str(form.get("reason", "")).strip()[:500]
    if not given:
        raise Wrong("请写明理由：它会和改动一起留下。")
    return given


def number(given: str) -> str:
    """A number as facts hold it: no thousands separators, half width. Raises ``Wrong``."""
    plain = given.translate(_WIDE).replace(" ", "")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise Wrong("“{given}”不是数。像120.5或-3.2这样写，单位写在单位一栏。", given=given)
    return plain.removeprefix("+")


def span_of(given: str, source: Source) -> Span | None:
    """The place that ``start-end`` names in a source; None for none."""
    start, _, end = given.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(given) < 24):
        return None
    span = Span(int(start), int(end))
    return span if 0 <= span.start < span.end <= len(source.text) else None


@dataclass(frozen=True, slots=True)
class Guess:
    """What the words of a number say themselves: the first suggestion of a form."""

    value: str = ""
    unit: str = ""
    hedge: str = ""
    kind: str = "level"


def guessed(words: str) -> Guess:
    """What to suggest for the number that is written ``words``."""
    match = _PARTS.search(words.translate(_WIDE))
    if match is None:
        return Guess()
    unit = match[3]
    kind = "rate" if unit in ("%", "％", "‰") else "level"
    return Guess(match[2].replace(",", "").removeprefix("+"), unit.replace("％", "%"), match[1] or "", kind)


def document_at(documents: tuple[Document, ...], span: Span) -> Document:
    """The document of a source that holds ``span``. Raises ``Wrong`` where none does."""
    for document in documents:
        if document.span.start <= span.start and span.end <= document.span.end:
            return document
    raise Wrong("这个位置不在任何一篇文件里。")


def _period(given: str, form: re.Pattern[str]) -> str:
    plain = given.translate(_WIDE).replace(" ", "").upper()
    if form.fullmatch(plain):
        return plain
    spoken = _SPOKEN.fullmatch(given.translate(_WIDE).replace(" ", ""))
    if spoken:
        year, half, quarter, month = spoken.groups()
        meant = year
        if half:
            meant = f"{year}-H{1 + '上下'.index(half)}"
        elif quarter:
            meant = f"{year}-Q{quarter if quarter.isdecimal() else 1 + '一二三四'.index(quarter)}"
        elif month:
            meant = f"{year}-M{int(month):02}"
        if form.fullmatch(meant):
            return meant
    raise Wrong("“{given}”不是时期。像2021-H1、2021-Q2、2021-M05或2021这样写。", given=given)


def _date(given: str) -> str:
    match = re.fullmatch(
        r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?", given.translate(_WIDE).replace(" ", "")
    )
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    raise Wrong("“{given}”不是日期。像2021-08-20这样写。", given=given)


_MISSING = {"indicator": "请填写指标。", "kind": "请选择种类。", "value": "请填写值。"}
