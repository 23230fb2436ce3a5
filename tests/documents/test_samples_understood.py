"""What briefings reads in the sample documents agrees with the tables written from the texts by hand."""

import tomllib
from functools import cache
from typing import Any

import agreement
import make
import pytest
import sample_words

from briefings import extract, structure
from briefings.records.document import Attribute, Document, Reading
from briefings.records.fact import Fact

SOURCES = tomllib.loads((sample_words.EXPECTED / "documents.toml").read_text(encoding="utf-8"))["source"]
FACTS = [sample_words.Fact(*row) for row in sample_words.rows("facts.tsv")]
NOT_FACTS = sample_words.rows("not_facts.tsv")
OPEN = {(source, int(document), field) for source, document, field, _ in sample_words.rows("open.tsv")}
"""What is read wrongly today and known to be; a line goes when its cause is mended."""
NAMES = [source["name"] for source in SOURCES]
DOCUMENTS = [
    (source["name"], ordinal, expected)
    for source in SOURCES
    for ordinal, expected in enumerate(source["document"], 1)
]


@cache
def read(name: str) -> Reading:
    """The sample as the room ``structure`` reads it."""
    return structure.read(sample_words.raw(name), name)


@cache
def found(name: str) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each document of the sample."""
    reading = read(name)
    return tuple(extract.find(document, reading.source).facts for document in reading.documents)


def value(attribute: Attribute | None) -> str:
    """The attribute's value, or nothing."""
    return attribute.value if attribute else ""


def document(name: str, ordinal: int) -> Document:
    """The ``ordinal``-th document of the sample."""
    return read(name).documents[ordinal - 1]


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: str(s["name"]))
def test_source(source: dict[str, Any]) -> None:
    """A sample gives its documents, says which announced ones it does not hold, and is decoded as it was encoded."""
    reading = read(source["name"])
    assert len(reading.documents) == len(source["document"])
    assert list(reading.absent) == source["absent"]
    if source["encoding"] and source["name"].endswith(".txt"):
        assert (reading.source.encoding or "").lower() == source["encoding"]


@pytest.mark.parametrize(("name", "ordinal", "expected"), DOCUMENTS)
def test_metadata(name: str, ordinal: int, expected: dict[str, Any]) -> None:
    """Each document has the title, issuer, place, period, date, genre and flags that a person reads in it."""
    read_of_it = document(name, ordinal)
    said = {
        "title": value(read_of_it.title),
        "issuer": value(read_of_it.issuer) if expected["issuer"] else "",
        "place": value(read_of_it.place),
        "period": value(read_of_it.period),
        "published": value(read_of_it.published),
        "genre": read_of_it.genre,
        "flags": [flag for flag in ("cut_short", "repeated_text") if flag in read_of_it.flags],
    }
    wrong = {field: text for field, text in said.items() if text != expected[field]}
    assert {f: text for f, text in wrong.items() if (name, ordinal, f) not in OPEN} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_quotes_its_source(name: str) -> None:
    """The surface of each fact is exactly the text at its place."""
    text = read(name).source.text
    for fact in (fact for facts in found(name) for fact in facts):
        assert text[fact.start : fact.end] == fact.surface


@pytest.mark.parametrize("expected", FACTS, ids=lambda f: f"{f.source}-{f.document}-{f.quote[:24]}")
def test_number_has_its_place(expected: sample_words.Fact) -> None:
    """The words that hold an expected number stand once in the settled text, inside the document they belong to."""
    [place] = agreement.located(read(expected.source).source.text, expected.quote)
    span = document(expected.source, int(expected.document)).span
    assert span.start <= place[0] < place[1] <= span.end


def test_facts_agree() -> None:
    """Nine of ten expected facts are found with the right kind, value, unit and indicator, and four of five have no other fault."""
    missed, wrong, loose = list[str](), list[str](), list[str]()
    for expected in FACTS:
        holder = document(expected.source, int(expected.document))
        [place] = agreement.located(read(expected.source).source.text, expected.quote)
        covering = agreement.covering(found(expected.source)[int(expected.document) - 1], place)
        label = f"{expected.source} {expected.document} {expected.quote}"
        if not covering:
            missed.append(label)
            continue
        other = agreement.differences(expected, covering[0], value(holder.period))
        into = wrong if other.keys() & {"kind", "value", "unit", "indicator"} else loose
        if other:
            into.append(f"{label}: {other}")
    report = "\n".join(["missed", *missed, "wrong", *wrong, "other fields", *loose])
    assert len(missed) + len(wrong) <= len(FACTS) // 10, report
    assert len(loose) <= len(FACTS) // 5, report


@pytest.mark.parametrize(("name", "quote", "why"), NOT_FACTS)
def test_number_is_no_fact(name: str, quote: str, why: str) -> None:
    """Pages, list numbers, dates, names and furniture of a page give no facts."""
    facts = [fact for facts in found(name) for fact in facts]
    for place in agreement.located(read(name).source.text, quote):
        assert agreement.covering(facts, place) == [], why


def test_repeated_passage_gives_no_second_facts() -> None:
    """The paragraph printed twice is kept and marked, and its numbers are facts once."""
    name = "wanghai-press-2020h1.html"
    repeated = [paragraph for paragraph in document(name, 1).paragraphs if paragraph.repeated]
    assert any("扭住市场主体不放松" in paragraph.text for paragraph in repeated)
    assert [fact.value for fact in found(name)[0]].count("586.4") == 1


def test_word_tables() -> None:
    """The two tables of the Word file are read cell by cell, the numbers where they stand."""
    reading = read("fagai-2020h1.docx")
    lines = [line for line in make.source("fagai-2020h1.txt").splitlines() if line.startswith("| ")]
    tables = [list(rows) for _, rows in make.tables([line.removeprefix("| ") for line in lines])]
    assert len(reading.source.grids) == len(tables) == 2
    for grid, rows in zip(reading.source.grids, tables, strict=True):
        cells = {(c.row, c.column): reading.source.text[c.span.start : c.span.end] for c in grid.cells}
        assert cells == {(r, c): word for r, row in enumerate(rows) for c, word in enumerate(row)}


def test_roles() -> None:
    """Problems and plans stand in sections of that role, whichever way the headings are numbered."""
    wanted = {
        "煤炭压减任务艰巨": ("fagai-2020h1.docx", "problem"),
        "市属企业净资产收益率": ("departments-2021h1.txt", "problem"),
        "城区学位供需矛盾": ("departments-2021h1.txt", "problem"),
        "住宿餐饮业恢复较慢": ("departments-2021h1.txt", "problem"),
        "年内新建5G基站3000个": ("fagai-2020h1.docx", "plan"),
        "盯紧36项主要指标": ("departments-2021h1.txt", "plan"),
        "改造提升渔港4处": ("departments-2021h1.txt", "plan"),
        "下半年再招聘教师": ("departments-2021h1.txt", "plan"),
        "全年跨境电商进出口达到200亿元": ("departments-2021h1.txt", "plan"),
    }
    for words, (name, role) in wanted.items():
        paragraphs = [p for d in read(name).documents for p in d.paragraphs if words in p.text]
        assert [p.role for p in paragraphs] == [role], words


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("wanghai-press-2020h1.html", {"主持人", "顾怀舟", "秦沐阳", "闻知夏", "祝云帆", "临澜日报记者"}),
        ("yunxiu-press-2020h1.pdf", {"主持人", "梁牧之", "苏砚秋", "纪长庚", "澜东经济导报记者"}),
    ],
)
def test_speakers(name: str, speakers: set[str]) -> None:
    """Everyone who speaks at a press conference has turns of his own."""
    turns = document(name, 1).turns
    assert speakers <= {turn.speaker for turn in turns}
    assert {turn.part for turn in turns} == {"host", "reporter", "official"}
