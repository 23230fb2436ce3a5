"""The make of the PDF of every kind in both languages: tags, links, bookmarks, metadata, what it carries inside."""

import csv
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sample_briefings import MAKES, ORDERS, briefing, facts, pdf

from briefings.audit import check
from briefings.records.briefing import Briefing, Heading, SourceList, Theme
from briefings.records.fact import Fact

MADE = pytest.mark.parametrize(("order", "theme"), MAKES)
SHORT = [
    make for make in MAKES for order in ORDERS if order.id == make[0] and order.kind in ("yoy", "tracker")
]


def made(order: str, theme: Theme) -> tuple[Briefing, tuple[Fact, ...], bytes]:
    """The briefing of an order in a theme, its facts and its PDF."""
    return briefing(order, theme), facts(order), pdf(order, theme)


def elements(file: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, parents first, in reading order."""
    stack = list(file.Root.StructTreeRoot.K)[::-1]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            kids: Any = element.get("/K", [])
            stack += list(kids)[::-1] if isinstance(kids, pikepdf.Array) else [kids]


def opened(data: bytes) -> pikepdf.Pdf:
    """``data`` as a PDF."""
    return pikepdf.open(io.BytesIO(data))


def test_every_kind_is_there_in_both_languages() -> None:
    """What follows leaves none out, and no theme in either language."""
    assert len({(order.kind, order.language) for order in ORDERS}) == 10
    languages = {order.id: order.language for order in ORDERS}
    assert len({(theme, languages[id_]) for id_, theme in MAKES}) == 4
    assert {theme for _, theme in SHORT[:2]} == {"modern", "official"}


@MADE
def test_it_says_what_it_is(order: str, theme: Theme) -> None:
    """Title, language, dates, both standards, colours; each page read in the order of its structure."""
    composed, _, data = made(order, theme)
    with opened(data) as file:
        root = file.Root
        assert str(root.Lang) == ("zh-CN" if composed.language == "zh" else "en")
        assert bool(root.MarkInfo.Marked) and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]) == composed.title
        assert str(file.docinfo["/CreationDate"]).startswith("D:" + composed.as_of.replace("-", ""))
        assert all(str(page.Tabs) == "/S" for page in file.pages)
        assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
        with file.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
            assert told["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


@MADE
def test_headings_are_bookmarks(order: str, theme: Theme) -> None:
    """One H1, no level left out; the bookmarks are the headings in their order."""
    composed, _, data = made(order, theme)

    def titles(items: Any) -> Iterator[str]:
        for item in items:
            yield str(item.title)
            yield from titles(item.children)

    with opened(data) as file:
        levels = [int(str(e.S)[2]) for e in elements(file) if re.fullmatch(r"/H[1-6]", str(e.S))]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
        headings = [b for b in composed.blocks if isinstance(b, Heading)]
        assert len(levels) == len(headings)
        with file.open_outline() as outline:
            marked = list(titles(outline.root))
    assert marked == [heading.number + heading.text for heading in headings]


@MADE
def test_no_element_is_empty(order: str, theme: Theme) -> None:
    """Every element has content, knows its parent, and is held by it."""
    with opened(made(order, theme)[2]) as file:
        for element in elements(file):
            kids = element.get("/K")
            assert kids is not None and (not isinstance(kids, pikepdf.Array) or len(kids)), str(element.S)
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    assert kid.P.objgen == element.objgen, str(kid.S)


@MADE
def test_tables_and_pictures_can_be_listened_to(order: str, theme: Theme) -> None:
    """Header cells say what they head, cells name their headers; pictures are told with numbers, and lie on their page."""
    with opened(made(order, theme)[2]) as file:
        found = list(elements(file))
        for table in (e for e in found if str(e.S) == "/Table"):
            inside = list(_below(table))
            heads = {str(e.ID) for e in inside if str(e.S) == "/TH"}
            assert heads
            assert {str(e.A.Scope) for e in inside if str(e.S) == "/TH"} <= {"/Column", "/Row"}
            for cell in (e for e in inside if str(e.S) == "/TD"):
                assert len(cell.A.Headers) and {str(h) for h in cell.A.Headers} <= heads
        for figure in (e for e in found if str(e.S) == "/Figure"):
            assert len(str(figure.Alt)) >= 20 and len(re.findall(r"\d+(?:\.\d+)?", str(figure.Alt))) >= 2
            left, low, right, high = (float(n) for n in figure.A.BBox)
            width, height = (float(n) for n in list(figure.Pg.MediaBox)[2:])
            assert 0 <= left < right <= width + 1 and 0 <= low < high <= height + 1


def _below(element: Any) -> Iterator[Any]:
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


@MADE
def test_links_say_where_they_lead(order: str, theme: Theme) -> None:
    """Each has words for its aim, which exists, and belongs to an element of the structure."""
    composed, _, data = made(order, theme)
    sentences = {
        f"s{c.n}": c.sentence for b in composed.blocks if isinstance(b, SourceList) for c in b.entries
    }
    with opened(data) as file:
        names = {str(name) for name in list(file.Root.Names.Dests.Names)[::2]}
        notes = [note for page in file.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        held = {
            kid.Obj.objgen
            for element in elements(file)
            if "/Link" in (str(element.S), str(element.P.get("/S")))
            for kid in (element.K if isinstance(element.K, pikepdf.Array) else [])
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        }
        assert len(notes) >= 5 and {note.objgen for note in notes} == held
        for note in notes:
            aim = str(note.Dest)
            assert aim in names and str(note.Contents).strip() and str(note.Contents) != aim
            assert sentences.get(aim, "") in str(note.Contents)
            left, low, right, high = (float(n) for n in note.Rect)
            assert right - left >= 4 and high - low >= 9


@MADE
def test_quotations_keep_their_language(order: str, theme: Theme) -> None:
    """The source's words are tagged as quotations; in an English briefing they are Chinese."""
    composed, _, data = made(order, theme)
    with opened(data) as file:
        quotes = [element for element in elements(file) if str(element.S) == "/Quote"]
        assert quotes
        told = {str(quote.get("/Lang", "")) for quote in quotes}
    assert told == ({"zh-CN"} if composed.language == "en" else {""})


@MADE
def test_the_data_are_inside(order: str, theme: Theme) -> None:
    """Each file once, as data, described, with its digest; every printed fact and every source as they are."""
    composed, known, data = made(order, theme)
    with opened(data) as file:
        specs = {str(spec.UF): spec for spec in file.Root.AF}
        assert list(specs) == ["data.csv", "sources.json"] and len(file.Root.AF) == 2
        assert sorted(file.attachments) == ["data.csv", "sources.json"]
        for spec in specs.values():
            assert spec.AFRelationship == "/Data"
            assert bool(re.search("[一-鿿]", str(spec.Desc))) == (composed.language == "zh")
            stream = spec.EF.F
            held = stream.read_bytes()
            assert bytes(stream.Params.CheckSum) == hashlib.md5(held, usedforsecurity=False).digest()
            assert int(stream.Params.Size) == len(held)
            assert str(stream.Params.ModDate).startswith("D:" + composed.as_of.replace("-", ""))
        table = specs["data.csv"].EF.F.read_bytes()
        sources = json.loads(specs["sources.json"].EF.F.read_bytes())
    assert table.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert {"数值", "计量单位", "指标", "期间", "范围", "来源文件", "位置", "原句"} <= set(
        heads
    ) or composed.language == "en"
    by_id = {fact.id: fact for fact in known}
    assert sorted(row[0] for row in rows) == sorted(composed.facts)
    assert all(row[5] == by_id[row[0]].value and by_id[row[0]].indicator in row[2] for row in rows)
    assert all(row[9] for row in rows) and all(
        re.sub(r"\s", "", row[13].lstrip("'")) in re.sub(r"\s", "", row[14]) for row in rows
    )
    entries = [c for b in composed.blocks if isinstance(b, SourceList) for c in b.entries]
    assert [(s["n"], s["sentence"]) for s in sources["sources"]] == [(c.n, c.sentence) for c in entries]


@pytest.mark.parametrize(("order", "theme"), SHORT)
def test_the_audit_proves_it_whole(order: str, theme: Theme) -> None:
    """Every number on the pages, in what is said aside and in the files inside."""
    composed, known, data = made(order, theme)
    report = check(f"{order}.pdf", data, composed, known)
    assert report.findings == ()
    assert dict(report.origins)["attached"] == len(composed.facts)


def test_the_audit_holds_data_that_were_changed() -> None:
    """Another value, a row less, a file listed twice: each is named."""
    composed, known, data = made(*SHORT[0])
    with opened(data) as file:
        spec = next(spec for spec in file.Root.AF if str(spec.UF) == "data.csv")
        lines = spec.EF.F.read_bytes().split(b"\r\n")
        value = next(f.value for f in known if f.id.encode() == lines[1].split(b",")[0])
        lines[1] = lines[1].replace(f",{value},".encode(), b",99887,", 1)
        gone = lines.pop(2).split(b",")[0].decode()
        spec.EF.F.write(b"\r\n".join(lines))
        file.Root.AF.append(spec)
        changed = io.BytesIO()
        file.save(changed)
    report = check("a.pdf", changed.getvalue(), composed, known)
    said = [finding for finding in report.findings if finding.place.startswith("附件")]
    assert any(finding.number == "99887" for finding in said)
    assert any(finding.context == gone for finding in said)
    assert any("一次" in finding.reason for finding in said)


def _verapdf() -> list[str] | None:
    if found := shutil.which("verapdf"):
        return [found]
    jar = os.environ.get("VERAPDF_JAR")
    java = shutil.which("java")
    return [java, "-cp", jar, "org.verapdf.apps.GreenfieldCliWrapper"] if jar and java else None


@pytest.mark.skipif(
    _verapdf() is None, reason="veraPDF was not run: neither a verapdf command nor VERAPDF_JAR with java"
)
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_finds_nothing(tmp_path: Path, flavour: str) -> None:
    """The standards' own checker on one PDF of each theme."""
    for theme_of in SHORT[:2]:
        path = tmp_path / "briefing.pdf"
        path.write_bytes(made(*theme_of)[2])
        command = [*(_verapdf() or []), "-f", flavour, "--format", "text", str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert ran.stdout.startswith("PASS"), ran.stdout + ran.stderr
