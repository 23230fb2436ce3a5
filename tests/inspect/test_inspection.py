"""The door: any PDF or Word file is inspected, whatever made it, and anything else is said not to be one."""

from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from making import changed
from word_making import word

from briefings.errors import UsageError
from briefings.inspect import CHECKS, inspect
from briefings.records.inspection import Beside

ALONE = Beside()


def test_all_fifty_are_answered(good: bytes, tmp_path: Path) -> None:
    """A result for each number, in order, for a PDF and for a Word file."""
    (tmp_path / "a.pdf").write_bytes(good)
    (tmp_path / "a.docx").write_bytes(word())
    quick = [number for number in CHECKS if number not in (20, 46)]
    for name, medium in (("a.pdf", "pdf"), ("a.docx", "docx")):
        report = inspect(tmp_path / name, ALONE, quick)
        assert [r.number for r in report.results] == quick
        assert report.medium == medium and report.passed
        assert all(r.measured for r in report.results)
        assert {r.number for r in report.results if r.verdict == "by_eye"} == {50}
        for result in report.results:
            assert result.verdict in ("not_applicable", "by_eye") or medium in CHECKS[result.number].media


def test_foreign_files_are_inspected(tmp_path: Path) -> None:
    """A bare page, an untagged file with text in a standard font, python-docx's own template."""
    bare = pikepdf.new()
    bare.add_blank_page()
    sheet = bare.add_blank_page(page_size=(300, 200)).obj
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    sheet.Contents = bare.make_stream(b"BT /F1 12 Tf 20 100 Td (Hello) Tj ET 1 0 0 rg 0 0 50 50 re f")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    sheet.Annots = pikepdf.Array([bare.make_indirect(link)])
    bare.save(tmp_path / "bare.pdf")
    report = inspect(tmp_path / "bare.pdf", ALONE)
    failed = {r.number for r in report.results if r.verdict == "fail"}
    assert {1, 2, 3, 7, 8, 9, 14, 15, 18, 19} <= failed and not report.passed and report.theme == ""
    empty = BytesIO()
    docx.Document().save(empty)
    (tmp_path / "empty.docx").write_bytes(empty.getvalue())
    report = inspect(tmp_path / "empty.docx", ALONE, range(1, 46))
    assert {1, 41, 42, 44} <= {r.number for r in report.results if r.verdict == "fail"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"plain words", "neither a PDF nor a Word file"),
        ("a.pdf", b"%PDF-1.7\nbroken", "not a readable PDF"),
        ("a.docx", b"PK\x03\x04broken", "not a readable Word file"),
        ("empty", b"", "neither a PDF nor a Word file"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    """No traceback, whatever the bytes are."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=said):
        inspect(tmp_path / name, ALONE)


def test_an_encrypted_file_and_none_at_all(good: bytes, tmp_path: Path) -> None:
    """Both are told apart."""
    with pikepdf.open(BytesIO(good)) as file:
        file.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(UsageError, match="encrypted"):
        inspect(tmp_path / "locked.pdf", ALONE)
    with pytest.raises(UsageError, match="does not exist"):
        inspect(tmp_path / "missing.pdf", ALONE)


def test_one_broken_object_is_not_the_end(good: bytes, tmp_path: Path) -> None:
    """A structure that leads back to itself is walked once; a link without an area fails its own family only."""

    def spoil(file: pikepdf.Pdf) -> None:
        tree = file.Root.StructTreeRoot
        tree.K[0].K.append(tree.K[0])
        del file.pages[0].Annots[0]["/Rect"]

    (tmp_path / "odd.pdf").write_bytes(changed(good, spoil))
    verdicts = {r.number: r.verdict for r in inspect(tmp_path / "odd.pdf", ALONE).results}
    assert verdicts[14] == verdicts[17] == "not_run" and verdicts[10] == verdicts[25] == "pass"


def test_a_broken_page_of_a_pdf(good: bytes, tmp_path: Path) -> None:
    """A file cut off in the middle is either mended by the readers, and inspected, or said not to be readable."""
    for cut in (len(good) // 3, len(good) // 2, len(good) - 40):
        (tmp_path / "cut.pdf").write_bytes(good[:cut])
        try:
            report = inspect(tmp_path / "cut.pdf", ALONE)
        except UsageError as error:
            assert "not a readable PDF" in str(error)
        else:
            assert not report.passed
