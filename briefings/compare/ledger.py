"""All facts under what they measure: name, place and period made comparable between sentences and documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefings.compare.passages import Term
from briefings.compare.quantity import of_fact
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact

_WHOLE = re.compile(r"[全我本]([市区省县])")
_EVERYWHERE = ("全国", "国家", "我国", "中国", "全球", "世界")
_PROPER = re.compile(r"[\u4e00-\u9fff]{2,}(?:[省市区县州盟旗]|自治[区州县旗])")
_PART = re.compile(
    r"^[全各本我]|(?:片|园|新|开发|高新|示范|保税|功能|综保|自贸|库|景|社|校|老|湾|城|郊|市|辖|地|试验|度假|产业|集聚|聚集|合作)区$|城市$"
)
_FIRM = re.compile(r"(?:集团|公司|有限|股份|总|控股)+$")
_LEAD = re.compile(r"^(?:全[市区省县]|我[市区省县]|累计|共|实现|完成|各类|地方|的)+")
_NEW = re.compile(r"^(?:新登记|新增|新设|新签约|新引进|新获批|新认定)(?=.*(?:总数|总量)$)")
_SPARE = re.compile(r"[\s“”\"'《》（）()·]|的(?=[\u4e00-\u9fff]{2})")
_GROWTH = re.compile(r"(?:两年平均)?(?:增速|增幅|增长率|降幅|涨幅)$")
_PAST = re.compile(
    r"(?:去年|上年|同期|年初|[去上]年[末底]|原来|此前|上月|上季度)[^,，;；。\d]{0,6}$|(?:由|从)[^,，;；。\d]{0,8}$"
)
_LAST_YEAR = re.compile(
    r"(?:^|[,，;；])\s*(?:去年|上年)(?:同期|全年|上半年)[,，全我](?!.*(?:今年|上半年|目前|截[至止]))"
)
_REACH = 200
_HALF = {"06-30": "H1", "03-31": "Q1", "M01..M06": "H1", "M01..M03": "Q1", "M01..M12": "", "12-31": ""}


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with its number, and the name, place and period under which it can be found.

    ``home`` is the place of its document where ``place`` means something else in another's (市属企业, 开发区, 全省); "" where
    it is the same everywhere.
    """

    term: Term
    fact: Fact
    name: str
    place: str
    period: str
    past: bool
    home: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every entry, in the order given, and by name."""

    entries: tuple[Entry, ...]
    by_name: Mapping[str, tuple[Entry, ...]]
    aliases: Mapping[str, str]
    by_document: Mapping[str, tuple[Entry, ...]]

    def of_document(self, document: str) -> tuple[Entry, ...]:
        """The entries of ``document``."""
        return self.by_document.get(document, ())

    def called(self, words: str) -> tuple[Entry, ...]:
        """The entries whose name is ``words``, in the lexicon's sense where it is known."""
        plain = bare(words)
        return self.by_name.get(self.aliases.get(plain, plain), ())


def ledger(documents: Sequence[Document], facts: Sequence[Fact], sources: Mapping[str, Source]) -> Ledger:
    """The entries of ``facts``; those without a number are left out."""
    by_id = {d.id: d for d in documents}
    aliases = {bare(f.indicator): f.canonical for f in facts if f.canonical}
    aliases |= {f.canonical: f.canonical for f in facts if f.canonical}
    entries: list[Entry] = []
    order = {d.id: n for n, d in enumerate(documents)}
    homes = {d.place.value for d in documents if d.place}
    for fact in sorted(facts, key=lambda f: (order[f.document], f.start)):
        number = of_fact(fact)
        if number is None:
            continue
        document = by_id[fact.document]
        span = Span(fact.start, fact.end)
        term = Term(number, fact.document, fact.start, fact.end, span, fact.sentence, fact)
        text = sources[document.sha256].text
        own = document.period.value if document.period else None
        said = text[max(fact.sentence.start, fact.start - 16) : fact.start].replace("\n", "")
        opening = text[max(fact.sentence.start, fact.start - _REACH) : fact.start].replace("\n", "")
        past = bool(_PAST.search(said)) or (fact.period in (None, own) and bool(_LAST_YEAR.search(opening)))
        place = place_of(fact.scope, document)
        home = "" if place in homes or is_proper(place) else document.place.value if document.place else ""
        name, period = _name(fact, aliases), period_of(fact, document)
        entries.append(Entry(term, fact, name, place, period, past, home))
    names: dict[str, list[Entry]] = {}
    for entry in entries:
        names.setdefault(entry.name, []).append(entry)
    told: dict[str, list[Entry]] = {}
    for entry in entries:
        told.setdefault(entry.fact.document, []).append(entry)
    return Ledger(
        tuple(entries),
        {n: tuple(e) for n, e in names.items()},
        aliases,
        {d: tuple(e) for d, e in told.items()},
    )


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """``name`` without blanks, quotation marks, 的 and the words that say only that it is the whole place's."""
    return _LEAD.sub("", _SPARE.sub("", name)).replace("外商投资企业", "外资企业")


def same_words(one: Fact, other: Fact) -> bool:
    """True when the sources call the two by the same words: 人民币存款 and 本外币存款 are not one thing."""
    return _core(one.indicator) == _core(other.indicator)


def _core(name: str) -> str:
    return re.sub(r"(?:总数|总量)$", "", bare(_NEW.sub("", _SPARE.sub("", name)))).removeprefix("地区")


def root(name: str) -> str:
    """``name`` without the words that make it a growth rate."""
    return _GROWTH.sub("", name) or name


def place_of(scope: str | None, document: Document) -> str:
    """Whose number it is: 全市 in a city's document, and nothing said, mean the document's own place."""
    own = document.place.value if document.place else ""
    if not scope or scope == "全社会":
        return own
    whole = _WHOLE.fullmatch(scope)
    if whole:
        return own if own.endswith(whole[1]) else scope
    short = _FIRM.sub("", scope)
    return own if own and short in (own, own[:-1]) else short


def is_proper(place: str) -> bool:
    """True when ``place`` names one place whoever says it (山东省, 胶州市, 全国), not a part of the speaker's own."""
    return place in _EVERYWHERE or bool(_PROPER.fullmatch(place) and not _PART.search(place))


def period_of(fact: Fact, document: Document) -> str:
    """The period the fact is about: its own, else its document's; the end of June counts as the first half."""
    period = fact.period or (document.period.value if document.period else "")
    year, _, rest = period.partition("-")
    if rest in _HALF:
        return f"{year}-{_HALF[rest]}" if _HALF[rest] else year
    return period


def year_before(period: str) -> str:
    """The same period one year earlier; "" where there is none."""
    return f"{int(period[:4]) - 1}{period[4:]}" if period[:4].isdigit() and ".." not in period[4:] else ""


def _name(fact: Fact, aliases: Mapping[str, str]) -> str:
    if fact.canonical:
        return fact.canonical
    name = bare(_NEW.sub("", _SPARE.sub("", fact.indicator)))
    for known in (name, _core(fact.indicator)):
        if known in aliases:
            return aliases[known]
    return name
