"""Size, properties, standards, attachments and syntax of a PDF."""

import hashlib
from pathlib import Path

import pikepdf
import pytest
from making import changed, finished, page, printed, result, words

from briefings.records.inspection import Beside


@pytest.mark.parametrize("number", [1, 7, 8, 15, 18, 19, 21])
def test_a_good_file_passes(good: bytes, tmp_path: Path, number: int) -> None:
    """Nothing is held against a file that is made as it should be."""
    found = result(tmp_path, good, number)
    assert found.verdict == "pass", words(found)


def test_another_paper_fails(tmp_path: Path) -> None:
    """A page of another size is named; A4 across is A4."""
    assert result(tmp_path, printed(page("<p>横", "@page { size: A4 landscape }")), 1).verdict == "pass"
    found = result(tmp_path, printed(page("<p>信", "@page { size: letter }")), 1)
    assert found.verdict == "fail" and "page 1: 612.0 × 792.0 pt" in words(found)


def test_missing_properties_are_named(good: bytes, tmp_path: Path) -> None:
    """Without title and language; with a subject in XMP that is not that of the properties."""

    def spoil(file: pikepdf.Pdf) -> None:
        del file.docinfo["/Title"], file.Root["/Lang"]
        file.docinfo["/Subject"] = "别的"

    said = words(result(tmp_path, changed(good, spoil), 7))
    assert "no title" in said and "no language" in said and "dc:description differs" in said


def test_a_hidden_title_and_no_tab_order_fail(good: bytes, tmp_path: Path) -> None:
    """Both are read from the catalog and the pages."""

    def spoil(file: pikepdf.Pdf) -> None:
        del file.Root["/ViewerPreferences"]
        for sheet in file.pages:
            del sheet["/Tabs"]

    spoiled = changed(good, spoil)
    assert result(tmp_path, spoiled, 8).verdict == "fail"
    assert "page 1" in words(result(tmp_path, spoiled, 15))


def test_undeclared_standards_fail(good: bytes, tmp_path: Path) -> None:
    """No PDF/A, no PDF/UA, no output intent."""

    def spoil(file: pikepdf.Pdf) -> None:
        del file.Root["/Metadata"], file.Root["/OutputIntents"]

    found = result(tmp_path, changed(good, spoil), 18)
    assert [spot.words for spot in found.spots] == ["no PDF/A", "no PDF/UA", "no output intent"]


def test_attachments_are_compared_with_the_edition(good: bytes, tmp_path: Path) -> None:
    """The digest inside must be that of the data, the data those of the file beside."""
    same = hashlib.sha256("指标,值\n投资,12.5\n".encode()).hexdigest()
    assert result(tmp_path, good, 19, Beside(digests={"facts.csv": same})).verdict == "pass"
    found = result(tmp_path, good, 19, Beside(digests={"facts.csv": "0" * 64}))
    assert "not the file of the same name" in words(found)

    def spoil(file: pikepdf.Pdf) -> None:
        spec = file.Root.AF[0]
        spec.AFRelationship = pikepdf.Name.Unspecified
        spec.EF.F.Params.CheckSum = pikepdf.String(b"0" * 16)
        file.Root.AF.append(spec)

    said = words(result(tmp_path, changed(good, spoil), 19))
    assert "listed 2 times" in said and "related as /Unspecified" in said and "digest is not" in said


def test_nothing_attached_fails(tmp_path: Path) -> None:
    """A briefing carries its data."""
    assert result(tmp_path, finished(printed(page("<h1>无附件</h1>"))), 19).verdict == "fail"


def test_broken_syntax_fails(good: bytes, tmp_path: Path) -> None:
    """A file that qpdf has to mend is told of."""
    at = good.rindex(b"startxref")
    broken = good[:at] + b"startxref\n7\n%%EOF\n"
    found = result(tmp_path, broken, 21)
    assert found.verdict == "fail" and found.spots
