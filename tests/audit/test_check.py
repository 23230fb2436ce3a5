import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from audited import FACTS, audited
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings import render
from briefings.audit import check
from briefings.audit.align import align
from briefings.audit.check import _report
from briefings.audit.read_html import page_units
from briefings.audit.read_pdf import pdf_units
from briefings.audit.read_word import word_units
from briefings.audit.tokens import tokens
from briefings.audit.units import Unit
from briefings.audit.workbook import displayed
from briefings.records.briefing import Briefing, Cite, Heading, Language, PageBreak, Paragraph, Value, Words

ROOT = (Path(__file__).parents[2],)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
LAYOUT = re.compile(r"←第\d+页|^\d+\. $|[\s·…]\d+\s*$")


@cache
def produced(ending: str) -> bytes:
    """The briefing laid out by the real renderers."""
    return made(audited(), ending)


def made(briefing: Briefing, ending: str) -> bytes:
    """Any briefing laid out."""
    make: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: render.pdf(briefing, ROOT),
        "docx": lambda: render.word(briefing, ROOT),
        "html": lambda: render.html(briefing, ROOT),
        "xlsx": lambda: render.workbook(briefing, tuple(FACTS.values())),
    }
    return make[ending]()


@cache
def units_of(ending: str) -> tuple[Unit, ...]:
    """What is read back of it."""
    return {"pdf": pdf_units, "docx": word_units, "html": page_units}[ending](produced(ending))


def holds(ending: str, changed: dict[int, str]) -> bool:
    """Whether the audit holds the file when some of its units say something else."""
    units = [replace(unit, text=changed.get(at, unit.text)) for at, unit in enumerate(units_of(ending))]
    return bool(_report("f", units, audited(), "sentence").findings)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_a_number_right_above_the_contents_is_proved(ending: str, language: Language) -> None:
    """The title over the contents is the layout's own, no words that go on behind the number."""
    briefing = audited()
    at = next(n for n, b in enumerate(briefing.blocks) if isinstance(b, Heading) and b.level == 2)
    count = briefing.computed[0]
    assert count.operation == "count"
    own = Heading(4, "本期变化", "since-last"), Paragraph((Words("另有"), Value(count.value, count.id)))
    blocks = (*briefing.blocks[:at], PageBreak(), *own, PageBreak(), *briefing.blocks[at:])
    changed = replace(briefing, blocks=blocks, language=language)
    report = check(f"f.{ending}", made(changed, ending), changed, FACTS.values())
    assert [f for f in report.findings if "另有" in f.context] == []
    other = replace(changed, blocks=(*blocks[: at + 2], Paragraph((Words("另有9"),)), *blocks[at + 3 :]))
    report = check(f"f.{ending}", made(other, ending), changed, FACTS.values())
    assert "9" in {f.number for f in report.findings}


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx"])
def test_an_untouched_file_passes(ending: str) -> None:
    """Every number is read and every number is proved."""
    report = check(f"audited.{ending}", produced(ending), audited(), FACTS.values())
    assert report.findings == ()
    assert report.numbers > 60
    assert sum(n for _, n in report.origins) == report.numbers


def test_text_boxes_heads_feet_and_notes_of_word_are_read() -> None:
    """A number hidden in any part of the package is found, with its place."""
    box = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:pict><w:txbxContent>'
        "<w:p><w:r><w:t>完成7</w:t></w:r><w:r><w:t>7个</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    data = rewritten(
        produced("docx"), "word/document.xml", lambda xml: xml.replace("<w:body>", "<w:body>" + box, 1)
    )
    assert [(f.number, "第" in f.place) for f in check("a.docx", data, audited()).findings] == [("77", True)]
    with zipfile.ZipFile(BytesIO(produced("docx"))) as package:
        feet = [n for n in package.namelist() if re.fullmatch(r"word/footer\d*\.xml", n)]
    assert feet
    run = "<w:p><w:r><w:t>共77项</w:t></w:r></w:p></w:ftr>"
    data = rewritten(produced("docx"), feet[0], lambda xml: xml.replace("</w:ftr>", run))
    assert [f.number for f in check("a.docx", data, audited()).findings] == ["77"]


def rewritten(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A zip with one part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body.decode()).encode() if name == part else body)
    return buffer.getvalue()


def body_numbers(ending: str) -> list[tuple[int, re.Match[str]]]:
    """Every number of the running text: its unit and where it stands in it.

    The page numbers of contents and of links back and the counts of a list are left out: they belong to the layout, and
    any that exists may stand there.
    """
    found = []
    for at, unit in enumerate(units_of(ending)):
        if unit.zone == "flow" and not LAYOUT.search(unit.text):
            found += [(at, match) for match in NUMBER.finditer(unit.text)]
    return found


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_every_changed_digit_is_found(ending: str) -> None:
    """Each number of the running text in turn, each with another last digit."""
    missed = []
    for at, match in body_numbers(ending):
        text = units_of(ending)[at].text
        digit = str((int(text[match.end() - 1]) + 1) % 10)
        if not holds(ending, {at: text[: match.end() - 1] + digit + text[match.end() :]}):
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_is_done_to_a_number_is_found(ending: str, data: st.DataObject) -> None:
    """Digits changed, its unit, its sign word or mark, its neighbour swapped in, a sentence with a new number beside it."""
    spots = body_numbers(ending)
    at, match = data.draw(st.sampled_from(spots))
    text = units_of(ending)[at].text
    before, number, after = text[: match.start()], match[0], text[match.end() :]
    deed = data.draw(st.sampled_from(["digits", "unit", "sign", "insert", "repeat", "swap"]))
    if deed == "digits":
        other = data.draw(st.from_regex(r"[1-9]\d{0,3}(\.\d)?", fullmatch=True).filter(lambda n: n != number))
        changed = {at: before + other + after}
    elif deed == "unit":
        unit = re.match(r"个百分点|%|亿元|万吨|万标箱|条|项|份|位|年|月|日|行|\]", after)
        if not unit:
            return
        changed = {at: before + number + "千家" + after[unit.end() :]}
    elif deed == "sign":
        changed = {at: before + data.draw(st.sampled_from(["−", "下降", "约", "近", "超"])) + number + after}
    elif deed == "insert":
        changed = {at: text + data.draw(st.sampled_from(["，另有88个项目", "增长88.8%", "（88）"]))}
    elif deed == "repeat":
        changed = {at: f"{text}，完成{number}亿元"}
    else:
        others = [s for s in spots if s[1][0] != number and s[0] != at]
        there, with_it = data.draw(st.sampled_from(others))
        words = units_of(ending)[there].text
        changed = {
            at: before + with_it[0] + after,
            there: words[: with_it.start()] + number + words[with_it.end() :],
        }
    assert holds(ending, changed), (deed, text)


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_cells_that_changed_places_are_found(ending: str) -> None:
    """Two numbers of a table swapped whole, units and all."""
    units = units_of(ending)
    cells = [
        at for at, u in enumerate(units) if re.fullmatch(r"[▲▼ +−近]*\d+(\.\d+)?(%|万吨|万标箱|亿元)", u.text)
    ]
    pairs = [(a, b) for a in cells for b in cells if a < b and units[a].text != units[b].text]
    assert len(pairs) > 5
    assert [
        (units[a].text, units[b].text)
        for a, b in pairs
        if not holds(ending, {a: units[b].text, b: units[a].text})
    ] == []


def test_a_change_of_the_words_between_is_found() -> None:
    """A rise that has become a fall keeps its digits and is found all the same."""
    xml_changed = rewritten(
        produced("docx"), "word/document.xml", lambda xml: xml.replace("货物吞吐量增长", "货物吞吐量下降", 1)
    )
    findings = check("a.docx", xml_changed, audited()).findings
    assert findings[0].number == "6.2"
    assert "【6.2】" in findings[0].context


def test_a_pdf_made_from_other_words_is_held() -> None:
    """The whole way: another number laid out, read back, named with its page and what should stand there."""
    briefing = audited()
    lead = Paragraph(
        (Words("货物吞吐量增长"), Value("6.3%", "cargo-yoy", True), Cite(1), Words("。")), "lead"
    )
    other = replace(briefing, blocks=(*briefing.blocks[:2], lead, *briefing.blocks[3:]))
    finding = check("a.pdf", made(other, "pdf"), briefing).findings[0]
    assert (finding.number, finding.place.startswith("第1页")) == ("6.3", True)
    assert "应为 6.2" in finding.reason


def test_tips_and_alternative_texts_are_read() -> None:
    """What only a screen reader or a pointer meets is proved as well."""
    page = produced("html").decode()
    assert page.count("投资完成年度计划61%")
    page = page.replace("投资完成年度计划61%", "投资完成年度计划62%")
    assert {f.number for f in check("a.html", page.encode(), audited()).findings} >= {"62"}
    tip = re.compile(r'w:tooltip="[^"]*还有3个泊位')
    xml = rewritten(
        produced("docx"),
        "word/document.xml",
        lambda xml: tip.sub(lambda m: m[0].replace("3", "4"), xml, count=1),
    )
    assert [f.number for f in check("a.docx", xml, audited()).findings] == ["4"]


@pytest.mark.parametrize("old", ["1205.6", "52.3", "36.4", "8.7", "2.5"])
def test_a_changed_cell_of_a_workbook_is_found(old: str) -> None:
    """Wherever the number is stored: in the tables, the data, the charts' data, the formulas."""
    with zipfile.ZipFile(BytesIO(produced("xlsx"))) as package:
        sheets = [n for n in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        holding = [n for n in sheets if f"<v>{old}</v>" in package.read(n).decode()]
    assert holding
    for part in holding:
        data = rewritten(
            produced("xlsx"), part, lambda xml: xml.replace(f"<v>{old}</v>", f"<v>{old}1</v>", 1)
        )
        assert not check("a.xlsx", data, audited(), FACTS.values()).passed, part


def test_a_changed_sentence_or_a_formula_of_a_workbook_is_found() -> None:
    """Texts are read like numbers, and a formula is no recorded one."""
    changed = rewritten(
        produced("xlsx"), "xl/sharedStrings.xml", lambda xml: xml.replace("还有3个泊位", "还有8个泊位")
    )
    assert {f.number for f in check("a.xlsx", changed, audited(), FACTS.values()).findings} == {"8"}
    formula = rewritten(
        produced("xlsx"),
        "xl/worksheets/sheet2.xml",
        lambda xml: xml.replace("<v>36.4</v>", "<f>30+6.4</f><v>36.4</v>", 1),
    )
    assert ["公式" in f.reason for f in check("a.xlsx", formula, audited(), FACTS.values()).findings] == [
        True
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [("12.5", '+0.0"%";-0.0"%";0.0"%"', "+12.5%"), ("-3", '+0"条";-0"条";0"条"', "-3条"), ("9.8", "0.0", "9.8"),
     ("1205.6", "0", "1205.6"), ("-2", "0", "-2"), ("7", "", "7")],
)  # fmt: skip
def test_a_stored_number_is_read_as_it_is_shown(value: str, pattern: str, shown: str) -> None:
    """The format's words and sign are part of it; digits that a format would hide are not hidden from the audit."""
    assert displayed(value, pattern) == shown


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx", "odt", ""])
def test_a_file_that_cannot_be_read_is_held(ending: str) -> None:
    """One finding with the reason, never a pass."""
    report = check(f"a.{ending}" if ending else "a", b"\x00\x01", audited())
    assert report.findings
    assert all(finding.reason for finding in report.findings)


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_a_number_that_is_left_out_is_found(ending: str) -> None:
    """A sentence dropped is as wrong as a sentence added; so is a page with nothing on it."""
    at = next(at for at, unit in enumerate(units_of(ending)) if "56.7" in unit.text)
    assert holds(ending, {at: ""})
    assert holds(ending, dict.fromkeys(range(len(units_of(ending))), ""))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abc1"), max_size=60), st.lists(st.sampled_from("abc1"), max_size=60))
def test_partners_are_equal_and_never_cross(left: list[str], right: list[str]) -> None:
    """And a sequence is wholly its own partner."""
    partner = align(left, right)
    found = [a for a in partner if a >= 0]
    assert found == sorted(set(found))
    assert all(left[a] == right[b] for b, a in enumerate(partner) if a >= 0)
    assert align(left, left) == list(range(len(left)))


def test_numbers_are_single_tokens() -> None:
    """With separators and decimals, in either width; a list of numbers is not one number."""
    assert [t.text for t in tokens("１,２３４.５亿 1,2 3.14.")] == [
        "1,234.5",
        "亿",
        "1",
        ",",
        "2",
        "3.14",
        ".",
    ]


def test_pages_in_the_contents_of_word_are_no_data() -> None:
    """A page that a field counts is passed over; a number that stands where a page would be, in words or as text, is not."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    def with_entry(content: str) -> list[str]:
        entry = f"<w:p><w:r><w:t>要点</w:t></w:r><w:r><w:tab/></w:r>{content}</w:p>"
        data = rewritten(
            produced("docx"), "word/document.xml", lambda xml: xml.replace("<w:body>", "<w:body>" + entry, 1)
        )
        return [finding.number for finding in check("a.docx", data, audited()).findings]

    assert with_entry(field.format("77")) == []
    assert with_entry('<w:fldSimple w:instr=" PAGEREF _Toc1 "><w:r><w:t>77</w:t></w:r></w:fldSimple>') == []
    assert with_entry("<w:r><w:t>77</w:t></w:r>") == ["77"]
    assert with_entry(field.format("77亿元")) == ["77"]
    assert with_entry(field.replace("PAGEREF", "QUOTE").format("77")) == ["77"]
