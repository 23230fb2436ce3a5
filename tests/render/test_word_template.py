"""Base files that offices edit: placeholders anywhere, the place of the briefing, nothing run."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from schema_order import disordered
from specimen import specimen

from briefings.errors import ConfigurationError
from briefings.records.briefing import Briefing, Callout, Heading, Language, Masthead, Paragraph, Theme, Words
from briefings.render.word import word
from briefings.render.word_template import placeholders

ROOT = Path(__file__).parents[2]
NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
MASTHEAD = Masthead(
    name="临澜专报", issue="第3期（总第21期）", unit="临澜市政府办公室", date="2031年7月25日",
    classification="内部资料", foreword="现将上半年情况摘编如下。", report_to="市委、市政府领导",
    printed="2031年7月25日印发",
)  # fmt: skip
HOSTILE = (
    "{{ 7*7 }}",
    "{{ title.__class__.__mro__ }}",
    "{{ self._TemplateReference__context }}",
    "{% for a in range(9) %}x{% endfor %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{",
    "{# note",
)


def small(theme: Theme = "modern", language: Language = "zh", **changes: Any) -> Briefing:
    """A briefing of a title, a chapter and a sentence."""
    blocks = (Heading(1, "题目", "top"), Heading(2, "甲", "a", "一、"), Paragraph((Words("正文。"),)))
    made = Briefing(
        id="small", kind="digest", title="题目", subtitle="副题", language=language, theme=theme,
        period="2031-H1", as_of="2031-07-20", office="临澜市政府办公室", blocks=blocks, computed=(), facts=(),
        documents=(), contents=False,
    )  # fmt: skip
    return replace(made, **changes)


def based(folder: Path, changes: dict[str, Callable[[str], str]], theme: str = "modern") -> tuple[Path, Path]:
    """A workspace whose base file is the packed one with some of its parts changed."""
    own = folder / "templates" / "word" / f"{theme}.docx"
    own.parent.mkdir(parents=True, exist_ok=True)
    with (
        zipfile.ZipFile(ROOT / "templates" / "word" / f"{theme}.docx") as base,
        zipfile.ZipFile(own, "w") as target,
    ):
        for name in base.namelist():
            text = base.read(name).decode()
            target.writestr(name, changes[name](text) if name in changes else text)
    return folder, ROOT


def body(text: str) -> dict[str, Callable[[str], str]]:
    """The paragraph ``{{content}}`` of the base file exchanged for ``text``."""
    marker = re.compile(r"<w:p>(?:(?!</w:p>).)*\{\{content\}\}.*?</w:p>")
    return {"word/document.xml": lambda xml: marker.sub(lambda _: text, xml)}


def p(*runs: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def parsed(data: bytes, part: str = "word/document.xml") -> Any:
    """A part of a Word file."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(part))


def said(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The paragraphs of a part."""
    root = parsed(data, part)
    found = root.xpath("//w:p", namespaces=NS)
    return ["".join(one.xpath(".//w:t/text()", namespaces=NS)) for one in found]


def test_the_briefing_goes_where_its_mark_stands(tmp_path: Path) -> None:
    """What an office has written before and behind stays there."""
    search = based(tmp_path, body(p("本刊按") + p("{{con", "tent}}") + p("联系人：王某")))
    assert said(word(small(), search)) == [
        "本刊按",
        "临澜市政府办公室",
        "题目",
        "甲",
        "正文。",
        "联系人：王某",
    ]


def test_without_a_mark_it_goes_to_the_end(tmp_path: Path) -> None:
    """As in a file that an office has made of an empty one."""
    search = based(tmp_path, body(p("本刊按") + "<w:p/>"))
    assert said(word(small(), search))[:2] == ["本刊按", "临澜市政府办公室"]


def test_placeholders_are_filled_in_body_head_foot_and_properties(tmp_path: Path) -> None:
    """Also where Word has spread one over several runs; words with braces are not read again."""
    changes = body(p("题：{", "{ ti", "tle }", "}，{{period}}。") + p("{{content}}"))
    changes["word/header1.xml"] = lambda xml: xml.replace("{{title}}", "{{office}}·{{subtitle}}")
    changes["docProps/core.xml"] = lambda xml: xml.replace("{{title}}", "【{{cutoff}}】{{title}}")
    data = word(small(title="甲{{office}}<&>"), based(tmp_path, changes))
    assert said(data)[0] == "题：甲{{office}}<&>，2031-H1。"
    assert said(data, "word/header1.xml") == ["临澜市政府办公室·副题"]
    import docx

    assert docx.Document(BytesIO(data)).core_properties.title == "【数据截至2031年7月20日】甲{{office}}<&>"


@pytest.mark.parametrize("tag", HOSTILE)
@pytest.mark.parametrize("part", ["word/document.xml", "word/footer3.xml", "docProps/core.xml"])
def test_what_is_no_placeholder_is_refused_with_its_place(tmp_path: Path, tag: str, part: str) -> None:
    """Expressions and statements are neither run nor printed."""
    from xml.sax.saxutils import escape

    changes: dict[str, Callable[[str], str]] = {
        "word/document.xml": body(p(escape(tag)) + p("{{content}}"))["word/document.xml"],
        "word/footer3.xml": lambda xml: xml.replace("{{foot}}", escape(tag)),
        "docProps/core.xml": lambda xml: xml.replace("{{title}}", escape(tag)),
    }
    with pytest.raises(ConfigurationError, match=re.escape(part)):
        word(small(), based(tmp_path, {part: changes[part]}))


def test_a_misspelt_placeholder_is_named_with_what_it_may_mean(tmp_path: Path) -> None:
    """The file, the paragraph, the tag and a suggestion."""
    search = based(tmp_path, body(p("甲") + p("{{tilte}}") + p("{{content}}")))
    with pytest.raises(ConfigurationError, match=r"modern\.docx.*第2段.*\{\{tilte\}\}.*\{\{title\}\}"):
        word(small(), search)


@pytest.mark.parametrize(
    "wrong", [p("{{content}}") * 2, f"<w:tbl><w:tr><w:tc>{p('{{content}}')}</w:tc></w:tr></w:tbl>"]
)
def test_the_mark_stands_once_and_in_the_body(tmp_path: Path, wrong: str) -> None:
    """A briefing is printed once, and not inside a table."""
    with pytest.raises(ConfigurationError, match="content"):
        word(small(), based(tmp_path, body(wrong)))


def test_tags_are_listed_with_their_places() -> None:
    """For whoever checks a base file without printing anything."""
    with zipfile.ZipFile(ROOT / "templates" / "word" / "official.docx") as base:
        found = placeholders({name: base.read(name) for name in base.namelist()})
    assert [(t.name, t.part, t.place) for t in found if t.name in ("content", "masthead.issue", "title")] == [
        ("masthead.issue", "word/document.xml", "第5段"),
        ("content", "word/document.xml", "第7段"),
        ("title", "docProps/core.xml", "属性 title"),
    ]
    assert all(tag.known for tag in found)


def test_a_masthead_is_printed_as_configured_and_nothing_is_invented() -> None:
    """Lines without words are left out, with their labels; without a masthead there is none at all."""
    printed = said(word(small("official", masthead=MASTHEAD), (ROOT,)))
    assert printed == [
        "内部资料", "临澜专报", "第3期（总第21期）", "临澜市政府办公室2031年7月25日", "题目", "数据截至2031年7月20日",
        "【编者按】现将上半年情况摘编如下。", "甲", "正文。", "报送：市委、市政府领导", "2031年7月25日印发",
    ]  # fmt: skip
    plain = said(word(small("official"), (ROOT,)))
    assert plain == ["题目", "临澜市政府办公室　数据截至2031年7月20日", "甲", "正文。"]
    assert said(word(small(masthead=MASTHEAD), (ROOT,)))[0] == "临澜市政府办公室"


def test_rows_of_a_table_without_words_are_left_out(tmp_path: Path) -> None:
    """The record at the foot may be a table."""
    row = "<w:tr><w:tc><w:tcPr/>{}</w:tc><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    rows = row.format(p("报："), p("{{masthead.report_to}}")) + row.format(
        p("送："), p("{{masthead.copy_to}}")
    )
    table = f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/>{rows}</w:tbl>'
    search = based(tmp_path, body(p("{{content}}") + table + p("完")), "official")
    assert said(word(small("official", masthead=MASTHEAD), search))[-5:-2] == [
        "报：",
        "市委、市政府领导",
        "完",
    ]
    assert "报：" not in said(word(small("official"), search))


@pytest.mark.parametrize("theme", ["modern", "official"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_stands_in_the_schemas_order(theme: Theme, language: Language) -> None:
    """In all themes and languages, the masthead and all blocks included."""
    briefing = replace(specimen(), theme=theme, language=language, masthead=MASTHEAD)
    assert list(disordered(word(briefing, (ROOT,)))) == []


def test_a_wrong_order_is_found() -> None:
    """The measure itself can fail."""
    data = word(small(), (ROOT,))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w") as target:
        for name in made.namelist():
            text = made.read(name)
            if name == "word/styles.xml":
                text = text.replace(b"<w:keepNext/><w:keepLines/>", b"<w:keepLines/><w:keepNext/>", 1)
            target.writestr(name, text)
    assert any("keepLines keepNext" in told for told in disordered(out.getvalue()))


def test_the_official_page_has_the_grid_of_office_papers() -> None:
    """22 lines of 28 characters: margins, line distance, spacing of characters, feet of odd and even pages."""
    data = word(small("official"), (ROOT,))
    document, styles = parsed(data), parsed(data, "word/styles.xml")
    settings = parsed(data, "word/settings.xml")
    with zipfile.ZipFile(BytesIO(data)) as package:
        feet = [package.read(f"word/footer{n}.xml").decode() for n in (1, 2)]
    value = f"{{{NS['w']}}}"
    margins = document.find(f".//{value}pgMar")
    size = {side: int(margins.get(value + side)) for side in ("top", "right", "bottom", "left")}
    height, width = 16838 - size["top"] - size["bottom"], 11906 - size["left"] - size["right"]
    normal = styles.xpath("//w:style[w:name/@w:val='Normal']", namespaces=NS)[0]
    pitch = int(normal.find(f"{value}pPr/{value}spacing").get(f"{value}line"))
    closer = int(normal.find(f"{value}rPr/{value}spacing").get(f"{value}val"))
    assert (height // pitch, (width + 5) // (320 + closer)) == (22, 28)
    assert document.find(f".//{value}docGrid").get(f"{value}linePitch") == str(pitch) == "579"
    assert settings.find(f"{value}evenAndOddHeaders") is not None
    assert ['w:jc w:val="left"' in foot for foot in feet] == [False, True]
    assert all("— " in foot and " PAGE " in foot for foot in feet)


def test_the_file_names_its_briefing_for_programs() -> None:
    """Custom properties: the briefing's id and the digest of all it says, which changes with a word."""

    def held(briefing: Briefing) -> list[str]:
        with zipfile.ZipFile(BytesIO(word(briefing, (ROOT,)))) as package:
            root = etree.fromstring(package.read("docProps/custom.xml"))
            assert b"custom-properties" in package.read("_rels/.rels")
        return [str(text) for text in root.itertext()]

    first, again, other = held(small()), held(small()), held(small(subtitle="另一副题"))
    assert first == again and first[0] == "small" and re.fullmatch(r"[0-9a-f]{64}", first[1])
    assert other[1] != first[1]


def test_tables_that_our_words_name_are_referred_to_by_fields() -> None:
    """Word keeps the number right when somebody moves a table; a table that is not there is plain text."""
    named = Paragraph((Words("见表1和图2，另见表9、附表1。"),))
    briefing = replace(specimen(), blocks=(*specimen().blocks, named))
    with zipfile.ZipFile(BytesIO(word(briefing, (ROOT,)))) as package:
        xml = package.read("word/document.xml").decode()
    assert re.findall(r" (REF \w+ \\h) ", xml) == ["REF tab1 \\h", "REF fig2 \\h"]
    assert said(word(briefing, (ROOT,)))[-1] == "见表1和图2，另见表9、附表1。"


def test_neighbouring_boxes_stay_two() -> None:
    """Word joins paragraphs whose borders and indents are alike: every second box is a twip narrower."""
    box = Callout("problem", "问题", ((Words("甲。"),), (Words("乙。"),)))
    other = Callout("plan", "下步", ((Words("丙。"),),))
    tree = parsed(word(small(blocks=(Heading(1, "题", "t"), box, box, other, box)), (ROOT,)))
    heads = [p for p in tree.iter(f"{{{NS['w']}}}p") if "".join(p.itertext()) == "问题"]
    rights = [p.xpath("string(w:pPr/w:ind/@w:right)", namespaces=NS) for p in heads]
    assert rights == ["", "121", ""]
