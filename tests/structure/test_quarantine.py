"""Every file that cannot be read gets its own reason, in a sentence a person understands."""

import io
import random
import time
import zipfile

import pytest

from briefings.structure import read


def word(body: str = "<w:p><w:r><w:t>全市新增就业3万人。</w:t></w:r></w:p>", head: str = "") -> bytes:
    """A docx of our own making with ``body`` in it."""
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml",
            f"<?xml version='1.0'?>{head}<w:document {space}><w:body>{body}</w:body></w:document>",
        )
    return out.getvalue()


def portable(html: str) -> bytes:
    """A PDF made from ``html``."""
    from weasyprint import HTML

    made: bytes = HTML(string=html).write_pdf()
    return made


TEXT = "临澜市上半年生产总值增长6.5%，新增就业3万人，各项工作取得新进展。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PAGE = f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t\n", "a.txt", "empty"),
        ("\ufeff\u3000\u3000\n".encode(), "a.txt", "empty"),
        (b"", "a.pdf", "empty"),
        (b"<html><body><img src='x.png'></body></html>", "a.html", "no_text"),
        (word("<w:p/>"), "a.docx", "no_text"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "binary"),
        (OLE, "a.doc", "binary"),
        (word()[:200], "a.docx", "truncated"),
        (b"%PDF-1.7\n1 0 obj\n<<", "a.pdf", "truncated"),
        (TEXT.encode()[:-3], "a.txt", "truncated"),
        (PAGE, "a.txt", "type_mismatch"),
        (PAGE, "a.docx", "type_mismatch"),
        (b"%PDF-1.7\n", "a.docx", "type_mismatch"),
        (word(), "a.txt", "type_mismatch"),
        (TEXT.encode(), "a.pdf", "type_mismatch"),
        (TEXT.encode(), "a.xlsx", "type_mismatch"),
        (TEXT.encode(), "a.docx", "type_mismatch"),
        (TEXT.encode(), "a.html", "type_mismatch"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a.png", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a.txt", "binary"),
        (b"\x1f\x8b\x08" + bytes(64), "a.gz", "binary"),
        (b"{\\rtf1 x}", "a.rtf", "binary"),
        (bytes(range(256)) * 8, "a.bin", "encoding"),
        (TEXT.encode("big5", "ignore") * 4, "a.txt", "encoding"),
        (bytes([1, 2, 3, 4, 5, 6, 7, 8]) * 50, "a.txt", "binary"),
        (word(head='<!DOCTYPE x [<!ENTITY a "1">]>'), "a.docx", "xml_dtd"),
        (word("<w:sdt>" * 400 + "x" + "</w:sdt>" * 400), "a.docx", "depth"),
        (word("<w:p>"), "a.docx", "malformed"),
        (word("<w:p/>" * 4_000_000), "a.docx", "zip_ratio"),
        (("<html><body>" + "<div>" * 5000 + TEXT + "</div>" * 5000).encode(), "a.html", "depth"),
    ],
)
def test_each_has_its_own_reason(data: bytes, name: str, code: str) -> None:
    """One error, no documents, and a Chinese sentence that ends."""
    reading = read(data, name)
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.stage) == (code, "error", "structure")
    assert problem.sentence.endswith("。")
    assert reading.documents == ()


def test_a_mislabelled_file_names_both_types() -> None:
    """The sentence says what the name claims and what the bytes are."""
    (problem,) = read(PAGE, "通报.txt").problems
    assert "纯文本" in problem.sentence and "html" in problem.sentence


def test_a_text_that_speaks_of_tags_is_a_text() -> None:
    """One tag in the middle of a sentence makes no web page."""
    assert read(("网页里的<br>表示换行。" + TEXT).encode(), "a.txt").documents


def test_a_scanned_pdf_says_it_is_one() -> None:
    """A page that is only a picture has no text layer."""
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(picture, "PDF")
    (problem,) = read(picture.getvalue(), "扫描.pdf").problems
    assert problem.code == "no_text" and "扫描件" in problem.sentence


def test_pdf_with_a_password_cut_short_or_empty() -> None:
    """Three PDFs, three reasons."""
    import pikepdf

    whole = portable(f"<p>{TEXT}</p>")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert [p.code for p in read(locked.getvalue(), "a.pdf").problems] == ["encrypted"]
    assert [p.code for p in read(whole[: len(whole) // 2], "a.pdf").problems] == ["truncated"]
    assert [p.code for p in read(portable("<p></p>"), "a.pdf").problems] == ["no_text"]


def test_mutations_of_formatted_files_never_stop_the_program() -> None:
    """Broken docx, html and pdf are read as far as they are whole, or refused; never a crash."""
    rng = random.Random(11)
    for data, name, times in (
        (word(), "a.docx", 40),
        (PAGE, "a.html", 40),
        (portable(f"<p>{TEXT}</p>"), "a.pdf", 12),
    ):
        for _ in range(times):
            at = rng.randrange(len(data))
            cut = rng.choice(
                [data[:at], data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :], data[at:] + data[:at]]
            )
            reading = read(cut, name)
            assert "crashed" not in [p.code for p in reading.problems]
            assert reading.documents or reading.problems[0].severity == "error"


def test_a_declaration_in_another_encoding_is_found() -> None:
    """The bytes of a docx part in UTF-16 hide a DTD from a look at them; the parser still tells."""
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY a '12'>]>"
        f"<w:document {space}><w:body><w:p><w:r><w:t>新增就业&a;万人。</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", body.encode("utf-16"))
    (problem,) = read(out.getvalue(), "a.docx").problems
    assert problem.code == "xml_dtd"


def test_lost_bytes_inside_a_text_are_told() -> None:
    """NUL in the middle is content that was lost; padding at the end is not."""
    lines = (TEXT * 5).encode()
    (problem,) = read(lines + bytes(3) + lines, "a.txt").problems
    assert problem.code == "damaged"
    assert "第 6 行" in problem.sentence
    assert read(lines + bytes(512), "a.txt").documents


def test_characters_that_no_format_can_print_are_left_out() -> None:
    """Every character of a paragraph still has its place; Word's own breaks end a line."""
    text = TEXT * 30 + "完成投资\x0212.5亿元。\x0b新开工\x01项目8个。\x07\n\x05\n尾声。\x1a"
    (document,) = read(text.encode(), "a.txt").documents
    assert [p.text for p in document.paragraphs[-3:]] == ["完成投资12.5亿元。", "新开工项目8个。", "尾声。"]
    for paragraph in document.paragraphs:
        assert all(text[paragraph.source_offset(i)] == ch for i, ch in enumerate(paragraph.text))


def test_a_table_of_millions_of_spanned_places_ends_soon() -> None:
    """Spans are counted before they are followed."""
    rows = "<tr><td rowspan=60 colspan=60>投资<td rowspan=60>项目8个" * 400
    started = time.perf_counter()
    reading = read(f"<html><body><table>{rows}</table></body></html>".encode(), "a.html")
    assert time.perf_counter() - started < 30
    assert sum(len(grid.cells) for grid in reading.source.grids) < 60_000


def test_tables_inside_tables_are_read_once() -> None:
    """A text in nested tables of a docx stands in one place."""
    cell = "<w:p><w:r><w:t>新增就业3万人。</w:t></w:r></w:p>"
    nested = "<w:tbl><w:tr><w:tc>" * 20 + cell + "</w:tc></w:tr></w:tbl>" * 20
    assert read(word(nested), "a.docx").source.text.count("新增就业") == 1
