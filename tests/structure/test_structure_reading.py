"""The door of the room: whole files in, documents or one plain reason out."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from step_count import steps

from briefings.records.document import Document, Reading
from briefings.structure import read

SHARED = Path(__file__).parents[2] / "../shared"

SUMMARY = """临澜市发展和改革委员会2021年上半年工作总结
2021-08-16
今年以来，市发展改革委认真落实市委、市政府部署要求，各项工作取得新成效。
一、上半年主要工作情况
（一）全力稳增长。上半年，全市生产总值实现1234.5亿元，同比增长12.1%。
1.抓项目。开工项目58个。
2.抓要素。争取资金6.5亿元。
（二）全力促改革。一是优化流程。审批时限压缩30%。二是强化服务。走访企业460家。
二、存在问题
一是投资后劲不足。二是产业链条不够完整。
三、下步工作打算
（一）继续扩大投资。确保全年投资增长8%以上。
"""


def check(reading: Reading) -> None:
    """The laws of every reading: each character maps back, spans lie within bounds, sections nest."""
    text = reading.source.text
    for document in reading.documents:
        assert 0 <= document.span.start <= document.span.end <= len(text)
        last = -1
        for paragraph in document.paragraphs:
            assert paragraph.text
            for i, character in enumerate(paragraph.text):
                at = paragraph.source_offset(i)
                assert text[at] == character
                assert at > last
                last = at
            assert -1 <= paragraph.section < len(document.sections)
            assert -1 <= paragraph.turn < len(document.turns)
        for index, section in enumerate(document.sections):
            assert document.span.start <= section.span.start <= section.span.end <= document.span.end
            assert section.span.start <= section.heading_span.start <= section.heading_span.end
            if section.parent >= 0:
                parent = document.sections[section.parent]
                assert section.parent < index
                assert parent.level == section.level - 1
                assert parent.span.start <= section.span.start
                assert section.span.end <= parent.span.end
            else:
                assert section.level == 1
    before = 0
    for place in reading.source.places:
        assert before <= place.start < place.end <= len(text)
        before = place.end
    for grid in reading.source.grids:
        for cell in grid.cells:
            assert grid.span.start <= cell.span.start <= cell.span.end <= grid.span.end


def one(text: str, name: str = "总结.txt") -> Document:
    """The only document of ``text``, the laws checked."""
    reading = read(text.encode(), name)
    check(reading)
    (document,) = reading.documents
    return document


def test_a_summary_gives_its_outline_with_roles() -> None:
    """Numbered, run-in and inline items become sections, and roles come down from the headings."""
    document = one(SUMMARY)
    found = [(s.level, s.number, s.heading, s.role) for s in document.sections]
    assert found == [
        (1, "一、", "上半年主要工作情况", "done"),
        (2, "（一）", "全力稳增长", "done"),
        (3, "1.", "抓项目", "done"),
        (3, "2.", "抓要素", "done"),
        (2, "（二）", "全力促改革", "done"),
        (3, "一是", "优化流程", "done"),
        (3, "二是", "强化服务", "done"),
        (1, "二、", "存在问题", "problem"),
        (2, "一是", "投资后劲不足", "problem"),
        (2, "二是", "产业链条不够完整", "problem"),
        (1, "三、", "下步工作打算", "plan"),
        (2, "（一）", "继续扩大投资", "plan"),
    ]
    assert [p.kind for p in document.paragraphs[:4]] == ["title", "date", "body", "heading"]
    assert document.paragraphs[2].role == "boilerplate"


def test_a_summary_gives_its_metadata_with_evidence() -> None:
    """Each piece of metadata says what it was read from."""
    document = one(SUMMARY)
    assert document.issuer is not None and document.place is not None
    assert document.period is not None and document.published is not None
    assert document.title.value == "临澜市发展和改革委员会2021年上半年工作总结"
    assert document.issuer.value == "临澜市发展和改革委员会"
    assert document.place.value == "临澜市"
    assert document.period.value == "2021-H1"
    assert document.published.value == "2021-08-16"
    assert document.published.span is not None
    assert SUMMARY[slice(*document.published.span)] == "2021-08-16"
    assert document.genre == "summary"
    assert document.flags == ()


def test_ids_are_the_sources_hash_and_the_ordinal() -> None:
    """The id says which bytes and which of their documents."""
    reading = read(SUMMARY.encode(), "a.txt")
    assert reading.documents[0].id == reading.source.sha256[:12] + "-1"
    assert read(SUMMARY.encode(), "a.txt", "f" * 64).documents[0].id == "f" * 12 + "-1"


def test_a_file_without_a_title_says_so() -> None:
    """The title is made up from what is known, and flagged."""
    body = (
        SUMMARY.split("\n", 2)[2]
        .replace("上半年，全市", "2021年上半年，临澜市", 1)
        .replace("开工", "临澜市开工")
    )
    document = one(body + "会同临澜市财政局推进。临澜市各项工作有序开展。\n")
    assert document.title.value == "（无题）临澜市发展和改革委员会2021-H1"
    assert document.title.rule == "none"
    assert "title_missing" in document.flags


def test_a_text_that_breaks_off_is_flagged() -> None:
    """The last sentence lacks its end."""
    document = one(SUMMARY + "（二）继续深化改革。会同各区市优化营商环境，推动企业")
    assert "cut_short" in document.flags
    assert [p.code for p in document.problems] == ["cut_short"]


def test_what_stands_below_the_text_is_not_its_end() -> None:
    """A signature, a contact or a page's button after the last sentence does not mean the text breaks off."""
    for tail in (
        "临澜市教育局\n2021年7月20日",
        "联系人：王小明，联系电话：12345678，地址：海滨路1号",
        "扫一扫在手机打开当前页",
    ):
        document = one(SUMMARY + tail)
        assert document.flags == ()
        assert {p.kind for p in document.paragraphs[-1:]} <= {"caption", "date"}


def test_a_text_held_twice_is_read_once() -> None:
    """The second copy is kept, marked, and opens no sections."""
    document = one(SUMMARY + "\n" + SUMMARY * 3)
    assert "repeated_text" in document.flags
    assert len(document.sections) == 12
    bodies = [p.text for p in document.paragraphs if not p.repeated and len(p.text) > 20 and p.kind == "body"]
    assert len(bodies) == len(set(bodies))


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a"]))
@settings(max_examples=120, deadline=None)
def test_no_bytes_raise(data: bytes, name: str) -> None:
    """Whatever the bytes are, a reading comes back, with documents or with one error."""
    reading = read(data, name)
    check(reading)
    assert reading.documents or [p.severity for p in reading.problems] == ["error"]
    assert "crashed" not in [p.code for p in reading.problems]


_WORDS = ["一、", "（一）", "1.", "一是", "二是", "第一，", "主持人：", "记者：", "\n", "\n\n", "　　", "。", "，", "；", "：", "？",
          "2021年", "上半年", "存在问题", "下一步，我们将", "增长3.5%", "临澜市", "请问", "目录", "总结 5", "2021-08-16", "\ufeff", "\r\n"]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=60))
@settings(max_examples=120, deadline=None)
def test_the_laws_hold_for_any_text(words: list[str]) -> None:
    """Every character of every paragraph maps back to the source, whatever the text."""
    text = "".join(words)
    reading = read(text.encode(), "a.txt")
    check(reading)
    if reading.documents:
        assert reading.source.text == text
    assert "crashed" not in [p.code for p in reading.problems]


def test_mutations_of_a_text_are_read_or_refused() -> None:
    """Bytes changed, cut or doubled never stop the program, and the text is never settled otherwise than decoded."""
    rng = random.Random(7)
    data = SUMMARY.encode()
    for _ in range(60):
        at, end = sorted(rng.randrange(len(data)) for _ in range(2))
        mutated = rng.choice(
            [data[:end], data[:at] + data[end:], data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]]
        )
        reading = read(mutated, "a.txt")
        check(reading)
        if reading.documents and reading.source.encoding == "utf-8":
            assert reading.source.text == mutated.decode("utf-8")


@pytest.mark.parametrize(
    "unit", ["增长3.5%，", "一是", "一是二是三是", "9", "。1.", "张三：", "（", "一\n", "目录\n", "市", "“"]
)
def test_a_long_line_takes_linear_steps(unit: str) -> None:
    """Twice as much of anything takes about twice the steps."""
    data = (unit * (20_000 // len(unit.encode()))).encode()
    read(data, "a.txt")
    once, twice = steps(lambda: read(data, "a.txt")), steps(lambda: read(data + data, "a.txt"))
    assert twice <= 2.2 * once


@pytest.mark.skipif(not (SHARED / "sources").exists(), reason="the shared documents are not here")
class TestShared:
    """What the documents given to the project must give."""

    def read(self, name: str) -> Reading:
        data = (SHARED / "sources" / name).read_bytes()
        reading = read(data, name)
        assert reading.source.text == data.decode("utf-8")
        check(reading)
        return reading

    def test_the_compilation(self) -> None:
        """18 announced, 9 held, the ninth cut short."""
        reading = self.read("departments-digest-2021h1.txt")
        assert (len(reading.documents), len(reading.absent)) == (9, 9)
        assert [d.period.value for d in reading.documents if d.period] == ["2021-H1"] * 9
        assert [i for i, d in enumerate(reading.documents, 1) if "cut_short" in d.flags] == [9]
        for document in reading.documents:
            assert document.issuer is not None and document.title.value.startswith(document.issuer.value)
        dates = reading.source.text.split("\n")[:18]
        assert [d.published.value for d in reading.documents if d.published] == dates[:9]

    def test_the_same_issuer_a_year_before(self) -> None:
        """A summary without a title is known by the office that speaks in it."""
        (document,) = self.read("drc-summary-2020h1.txt").documents
        first = self.read("departments-digest-2021h1.txt").documents[0]
        assert document.issuer is not None and first.issuer is not None and document.period is not None
        assert document.issuer.value == first.issuer.value
        assert document.period.value == "2020-H1"
        assert document.flags == ("title_missing",)

    @pytest.mark.parametrize(
        ("name", "place", "period", "repeated"),
        [
            ("jiaozhou-press-2020h1.txt", "胶州市", "2020-H1", False),
            ("jimo-press-2020h1.txt", "即墨区", "2020-H1", True),
            ("jiaozhou-ranking-2023q2.txt", "胶州市", "2023-H1", False),
        ],
    )
    def test_the_districts(self, name: str, place: str, period: str, repeated: bool) -> None:
        """Place and period of the press conferences and the ranking; the text held twice is read once."""
        (document,) = self.read(name).documents
        assert document.place is not None and document.place.value == place
        assert document.period is not None and document.period.value == period
        assert ("repeated_text" in document.flags) is repeated

    def test_the_periods_of_the_gold(self) -> None:
        """The document's period is the one the annotators gave."""
        for gold in sorted((SHARED / "gold" / "dev").glob("*.gold.tsv")):
            text = gold.with_name(gold.name.replace(".gold.tsv", ".txt"))
            period = gold.read_text(encoding="utf-8").split("\n", 1)[0].split(":")[1].strip()
            reading = read(text.read_bytes(), text.name)
            assert {d.period.value for d in reading.documents if d.period} == {period}, text.name
