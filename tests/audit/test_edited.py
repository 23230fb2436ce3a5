"""A Word brief that an office edited: each way of changing it is told, where and as what, and nothing else is."""

import re
import subprocess
from pathlib import Path
from shutil import which
from unicodedata import normalize

import pytest
from audited import FACTS
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from manuscripts import (
    SPACE,
    W,
    edits,
    kinds,
    numbers,
    original,
    packed,
    paragraph,
    paragraph_of,
    parts,
    report,
    run,
    said,
    shown,
    with_body,
    with_part,
)

from briefings.audit.edited_known import is_data
from briefings.audit.edited_pair import sentences
from briefings.audit.edited_words import same_amount, words
from briefings.records.edit import Edit


def only(data: bytes) -> Edit:
    """The one change that is told."""
    [edit] = edits(data)
    return edit


def after(words_: str, *runs: str) -> bytes:
    """The file with a paragraph behind the one that says ``words_``."""
    return with_body(lambda root: paragraph_of(root, words_).addnext(paragraph("".join(runs))))


def test_an_untouched_file_is_untouched() -> None:
    """Every number is read, nothing is told."""
    found = report(original())
    assert found.passed
    assert found.edits == ()
    assert found.numbers > 70


def test_an_altered_number_is_told_with_its_table_row_and_column() -> None:
    """What it was, what it is, and the words around it."""
    edit = only(said("38.5", "83.5"))
    assert (edit.kind, edit.was, edit.now, edit.held) == ("altered", "38.5万标箱", "83.5万标箱", True)
    assert edit.place == "“要点一览”表1 第3行第2列"
    assert "集装箱吞吐量" in edit.around


def test_a_number_altered_in_a_sentence_is_told_with_heading_and_paragraph() -> None:
    """The paragraph is counted from its heading."""
    edit = only(said("1.4个", "4.1个"))
    assert (edit.was, edit.now, edit.place) == ("1.4个百分点", "4.1个百分点", "“要点一览”第3段")
    assert "高于全省【4.1】个百分点" in edit.around


PLACES = len(
    [
        n
        for t in shown(etree.fromstring(parts(original())["word/document.xml"]))
        for n in numbers(t.text or "")
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, PLACES - 1), st.integers(1, 999), st.booleans())
def test_any_one_printed_number_changed_is_exactly_what_is_told(at: int, other: int, decimal: bool) -> None:
    """The law: one change in, one change out, at any number of the body."""
    now = f"{other}.5" if decimal else str(other)
    was = ""

    def change(root: etree._Element) -> None:
        nonlocal was
        count = 0
        for text in shown(root):
            for match in re.finditer(r"\d+(?:\.\d+)?", text.text or ""):
                if count == at:
                    was = normalize("NFKC", match[0])
                    assert text.text is not None
                    text.text = text.text[: match.start()] + now + text.text[match.end() :]
                    return
                count += 1

    data = with_body(change)
    if was == now:
        assert edits(data) == []
        return
    edit = only(data)
    assert edit.held
    assert edit.kind in ("altered", "citation_altered")
    assert was in numbers(edit.was)
    assert now in numbers(edit.now)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("1205.6万吨", "1205.6亿吨", "单位"),
        ("，箱量下降", "，箱量增长", "升降"),
        ("−3.1%", "+3.1%", "升降"),
        ("近9.8亿元", "9.8亿元", "约数"),
        ("2500万吨以上", "2500万吨以下", "约数"),
        ("8.7个百分点", "8.7%", "单位"),
    ],
)
def test_a_number_that_stayed_while_what_it_means_changed_is_altered(old: str, new: str, reason: str) -> None:
    """Its unit, its direction, its hedge."""
    edit = only(said(old, new))
    assert (edit.kind, edit.held) == ("altered", True)
    assert reason in edit.reason


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1205.6万吨", "１２０５．６万吨", []),
        ("1205.6万吨", "1,205.6万吨", []),
        ("1205.6万吨", "12056000吨", ["rewritten"]),
        ("近9.8亿元", "近98000万元", ["rewritten"]),
        ("新开航线12条", "新开航线十二条", ["rewritten"]),
        ("1.2亿元", "1.20亿元", ["rewritten"]),
    ],
)
def test_the_same_number_written_another_way_is_no_other_number(old: str, new: str, told: list[str]) -> None:
    """Width, thousands separators, another magnitude, numerals."""
    found = report(said(old, new))
    assert [e.kind for e in found.edits if e.kind != "quotation"] == told
    assert not any(e.kind == "altered" for e in found.edits)


def test_a_number_put_in_without_a_source_is_held() -> None:
    """In a new sentence: the sentence for information, each of its figures as added, figures in words too."""
    found = edits(after("渔港进度快", run("全市另建成冷库十七座，完成投资3.4亿元。")))
    assert [(e.kind, e.now, e.held) for e in found] == [
        ("sentence_added", "全市另建成冷库十七座,完成投资3.4亿元。", False),
        ("added", "十七座", True),
        ("added", "3.4亿元", True),
    ]
    assert found[1].place == "“要点一览”第3段"


def test_a_number_put_in_that_a_fact_bears_out_is_told_with_its_source() -> None:
    """Unit, value and the name of what is measured are the fact's; without the name it stays held."""
    name = FACTS["harbour"].indicator
    known = edits(after("渔港进度快", run(f"{name}1.2亿元。")))[1]
    assert (known.kind, known.fact, known.held) == ("added_known", "harbour", False)
    assert "1.2亿元" in known.reason
    other = edits(after("渔港进度快", run("办公用品支出1.2亿元。")))[1]
    assert (other.kind, other.fact, other.held) == ("added", "", True)
    assert "请核对" in other.reason


def test_dates_numbering_and_words_of_the_language_are_no_figures() -> None:
    """A sentence full of them is only a sentence."""
    assert kinds(
        after("渔港进度快", run("2022年3月1日起施行《云河市港口条例2021》，一个不少，十四五期间见[1]。"))
    ) == ["sentence_added"]


def test_a_number_taken_out_is_told_and_does_not_hold() -> None:
    """Out of a sentence that stays; with a whole sentence it is told in that one's line."""
    edit = only(said("1.4个百分点", ""))
    assert (edit.kind, edit.was, edit.held) == ("removed", "1.4个百分点", False)

    def cut(root: etree._Element) -> None:
        home = paragraph_of(root, "渔港进度快")
        parent = home.getparent()
        assert parent is not None
        parent.remove(home)

    gone = only(with_body(cut))
    assert gone.kind == "sentence_removed"
    assert "8.7个百分点、56.7%" in gone.reason


def test_a_quotation_is_held_when_it_is_no_longer_word_for_word() -> None:
    """Once, with what it was; quotation marks and width of punctuation are no other words."""
    edit = only(said("新开航线12条", "开通航线12条"))
    assert (edit.kind, edit.held) == ("quotation", True)
    assert edit.was == "新开航线12条，其中外贸航线5条"
    assert edits(said("新开航线12条，其中", "新开航线12条,其中")) == []
    source = only(said("泊位等级偏低,还有3个泊位不能", "泊位等级不高,还有3个泊位不能"))
    assert source.kind == "quotation"
    assert source.place.startswith("“附录A")


def test_citations_altered_removed_and_leading_nowhere() -> None:
    """The number in brackets, and where its link goes."""
    assert (only(said("[7]", "[6]")).kind, only(said("[7]", "[6]")).now) == ("citation_altered", "[6]")
    assert only(said("[7]", "")).kind == "citation_removed"
    assert not only(said("[7]", "")).held
    [_, dangling] = edits(after("渔港进度快", run("见下文[99]。")))
    assert (dangling.kind, dangling.now, dangling.held) == ("citation_dangling", "[99]", True)
    astray = only(
        with_part("word/document.xml", lambda xml: xml.replace('w:anchor="src7"', 'w:anchor="src6"', 1))
    )
    assert (astray.kind, astray.held) == ("citation_altered", True)
    lost = edits(with_part("word/document.xml", lambda xml: xml.replace('w:name="src2"', 'w:name="other"')))
    assert {(e.kind, e.now) for e in lost} == {("citation_dangling", "[2]")}


def test_another_order_is_no_fault() -> None:
    """A paragraph and a row of a table in another place, a paragraph parted and two joined."""

    def move(root: etree._Element) -> None:
        paragraph_of(root, "其余未见表述").addnext(paragraph_of(root, "渔港进度快"))
        row = next(a for a in paragraph_of(root, "水产品产量").iterancestors() if a.tag == f"{W}tr")
        table = row.getparent()
        assert table is not None
        table.append(row)

    found = report(with_body(move))
    assert found.passed
    assert {e.kind for e in found.edits} == {"moved"}

    def part(root: etree._Element) -> None:
        home = paragraph_of(root, "力争全年")
        words_ = "".join(t.text or "" for t in home.iter(f"{W}t"))
        home.addnext(paragraph(run("又一句，没有数。")))
        assert words_.endswith("。")

    assert kinds(with_body(part)) == ["sentence_added"]


def test_two_numbers_that_change_places_are_altered() -> None:
    """In a table, cells of two rows; it is no change of order."""

    def swap(root: etree._Element) -> None:
        cells = [t for t in shown(root) if (t.text or "") in ("38.5万标箱", "36.4万吨")]
        cells[0].text, cells[1].text = cells[1].text, cells[0].text

    found = [e for e in edits(with_body(swap)) if e.kind == "altered"]
    assert [(e.was, e.now) for e in found] == [("38.5万标箱", "36.4万吨"), ("36.4万吨", "38.5万标箱")]


def test_the_name_of_a_row_is_part_of_its_numbers() -> None:
    """A row that says its numbers of something else is held."""
    edit = only(said("集装箱吞吐量", "旅客吞吐量", 0))
    assert (edit.kind, edit.held) == ("reworded", True)
    assert "名目" in edit.reason


def test_other_words_are_told_and_do_not_hold() -> None:
    """With a word of caution where a number stands in the clause."""
    edit = only(said("其余未见表述", "其余没有表述"))
    assert (edit.kind, edit.held) == ("reworded", False)
    assert "请核对" in only(said("水产品为货物的", "水产品占货物的")).reason


def test_suggestions_are_read_as_accepted_and_told() -> None:
    """A tracked insertion with a number, a tracked deletion of one: who, and when."""
    mark = f'{SPACE} w:id="901" w:author="王敏" w:date="2021-08-02T09:00:00Z"'

    def insert(root: etree._Element) -> None:
        paragraph_of(root, "渔港进度快").append(
            etree.fromstring(f"<w:ins {mark}>{run('新增55家。')}</w:ins>")
        )

    told = edits(with_body(insert))
    assert ("added", "55家", True) in {(e.kind, e.now, e.held) for e in told}
    [tracked] = [e for e in told if e.kind == "tracked"]
    assert "王敏" in tracked.reason
    assert "2021-08-02" in tracked.reason

    def delete(root: etree._Element) -> None:
        home = next(t for t in shown(root) if t.text == "1.4个百分点").getparent()
        assert home is not None
        wrapper = etree.fromstring(f"<w:del {mark}/>")
        home.addprevious(wrapper)
        wrapper.append(home)
        for text in home.iter(f"{W}t"):
            text.tag = f"{W}delText"

    assert [e.kind for e in edits(with_body(delete))] == ["removed", "tracked"]


def test_hidden_words_are_no_words_of_the_page() -> None:
    """A number that is hidden is gone from its sentence; one that is put in hidden is found."""

    def hide(root: etree._Element) -> None:
        home = next(t for t in shown(root) if t.text == "1.4个百分点").getparent()
        assert home is not None
        home.insert(0, etree.fromstring(f"<w:rPr {SPACE}><w:vanish/></w:rPr>"))

    assert "removed" in kinds(with_body(hide))
    found = edits(after("渔港进度快", run("另有77家。", "<w:vanish/>")))
    assert [(e.kind, e.now) for e in found if e.held] == [("added", "77家")]
    assert "隐藏" in found[-1].place


def test_numbers_in_text_boxes_fields_equations_and_notes_are_found() -> None:
    """Wherever Word shows words."""
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p>{run('另有71家')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    formula = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =36+36 </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("另有72家")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr=" DOCPROPERTY x ">{run("另有73家")}</w:fldSimple>'
    equation = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>另有74家</m:t></m:r></m:oMath>'
    for content, number in ((box, "71家"), (formula, "72家"), (simple, "73家"), (equation, "74家")):
        held = [e.now for e in edits(after("渔港进度快", content)) if e.held]
        assert held == [number], number
    notes = (
        f"<w:footnotes {SPACE}><w:footnote w:id='2'><w:p>{run('另有75家')}</w:p></w:footnote></w:footnotes>"
    )
    found = edits(packed({**parts(original()), "word/footnotes.xml": notes.encode()}))
    assert [(e.now, e.place) for e in found if e.held] == [("75家", "脚注")]
    comment = f"<w:comments {SPACE}><w:comment w:author='李' w:id='1'><w:p>{run('应为76家')}</w:p></w:comment></w:comments>"
    found = edits(packed({**parts(original()), "word/comments.xml": comment.encode()}))
    assert [(e.now, e.place) for e in found if e.held] == [("76家", "批注（李）")]


def test_heads_feet_properties_and_alternative_texts_are_read() -> None:
    """A cut-off date in the foot, the title among the properties, a number in a picture's description."""
    foot = next(
        n for n, p in parts(original()).items() if re.search(r"word/footer\d", n) and "20日".encode() in p
    )
    assert {e.place for e in edits(with_part(foot, lambda x: x.replace("7月20日", "8月20日"))) if e.held} == {
        "页脚"
    }
    [held] = [
        e for e in edits(with_part("docProps/core.xml", lambda x: x.replace("2021年", "2022年"))) if e.held
    ]
    assert held.place == "文件属性 title"
    found = edits(with_part("word/document.xml", lambda x: x.replace("完成52.3%。", "完成62.3%。")))
    assert {(e.was, e.now, e.held) for e in found} == {("52.3%", "62.3%", True)}


def test_charts_and_the_workbooks_behind_them_are_read() -> None:
    """A number that a chart keeps, and the cell that Word would draw it from."""
    chart = next(n for n in parts(original()) if re.fullmatch(r"word/charts/chart\d+\.xml", n))
    found = edits(with_part(chart, lambda x: re.sub(r"<c:v>52\.30*</c:v>", "<c:v>82.3</c:v>", x)))
    assert {(e.kind, e.was, e.now) for e in found if e.held} == {("altered", "52.3", "82.3")}
    assert all(e.place.startswith("图表") for e in found)
    kept = parts(original())
    book = next(n for n in kept if n.startswith("word/embeddings/"))
    sheet = "xl/worksheets/sheet1.xml"
    changed = with_part(sheet, lambda x: x.replace("<v>52.3</v>", "<v>82.3</v>"), kept[book])
    found = edits(packed({**kept, book: changed}))
    assert {(e.was, e.now, e.held) for e in found} == {("52.3", "82.3", True)}


def test_page_numbers_and_contents_count_by_themselves() -> None:
    """Word writes both anew whenever it likes; a heading of the file may stand in its contents with its number."""

    def number(root: etree._Element) -> None:
        for style in root.iter(f"{W}pStyle"):
            home = style.getparent().getparent()  # type: ignore[union-attr]
            if str(style.get(f"{W}val")).startswith("TOC") and home is not None:
                home.append(etree.fromstring(f"<w:r {SPACE}><w:tab/><w:t>17</w:t></w:r>"))

    assert edits(with_body(number)) == []


def test_a_picture_that_is_another_is_told() -> None:
    """What it says cannot be read."""
    kept = parts(original())
    name = next((n for n in kept if n.startswith("word/media/")), "word/media/one.png")
    assert kinds(packed({**kept, name: b"\x89PNG other"})) == ["picture"]


def test_a_file_that_is_no_word_file() -> None:
    """Refused with a sentence."""
    with pytest.raises(ValueError, match="Word"):
        report(b"PK no")


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_file_saved_by_another_program_is_not_altered(tmp_path: Path) -> None:
    """LibreOffice names styles, properties and tips of links otherwise; nothing of it is a change."""
    path = tmp_path / "returned.docx"
    path.write_bytes(original())
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    out = tmp_path / "out"
    subprocess.run(
        [
            "soffice",
            "--headless",
            home,
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert edits((out / "returned.docx").read_bytes()) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.2亿元", "12000万元", True),
        ("1,234.5万吨", "1234.5万吨", True),
        ("三千二百家", "3200家", True),
        ("百分之五", "5%", True),
        ("三成", "30%", True),
        ("CNY 1.5 bn", "CNY 1,500 million", True),
        ("5%", "5个百分点", False),
        ("5亿美元", "5亿元", False),
        ("12家", "12户", False),
    ],
)
def test_amounts(one: str, other: str, same: bool) -> None:
    """Two writings of one amount, and two amounts."""
    first, second = (next((t, w) for w in words(t) if w.counts) for t in (one, other))
    assert same_amount(first, second) is same


def test_figures_and_words_of_the_language() -> None:
    """Which numerals count as figures."""
    text = "十七座 三个 三成 一百二十家 第三个"
    told = [(w.key, is_data(text, w)) for w in words(text) if w.counts]
    assert told == [("十七", True), ("三", False), ("三", True), ("一百二十", True), ("三", False)]


def test_sentences() -> None:
    """Chinese and English ones; a decimal point and a citation end none."""
    assert sentences("甲增长1.5%。[1]乙下降。") == ["甲增长1.5%。[1]", "乙下降。"]
    assert sentences("GDP rose 1.5%. Exports fell.") == ["GDP rose 1.5%. ", "Exports fell."]
