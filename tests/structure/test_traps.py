"""Files made to harm their reader are refused before a parser sees them, each with its own reason."""

import io
import struct
import time
import zipfile
from collections.abc import Sequence

import pytest

from briefings.structure import read

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "云栖市上半年新增就业3万人，新开工项目8个。"
BODY = f"<w:document {SPACE}><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body></w:document>"


def word(*more: tuple[str, bytes], body: str = BODY, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file with further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
        for name, data in more:
            archive.writestr(name, data)
    return out.getvalue()


def code(data: bytes, name: str) -> str:
    """The reason why ``data`` is refused, "" when it is read."""
    reading = read(data, name)
    assert all(p.sentence.endswith("。") for p in reading.problems)
    return "" if reading.documents else reading.problems[0].code


def streamed() -> bytes:
    """A Word file written to a pipe: its sizes stand behind the parts, noughts before them."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.got = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.got += bytes(data)  # type: ignore[call-overload]  # a buffer of bytes
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", BODY)
    return pipe.got


def changed(data: bytes, field: int, value: int, sign: bytes = b"PK\x01\x02") -> bytes:
    """``data`` with the four bytes at ``field`` of the last head that begins with ``sign`` set to ``value``."""
    at = data.rindex(sign) + field
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def overlapping() -> bytes:
    """A Word file two of whose parts are the same bytes, each said to be a part of its own."""
    whole = word(("word/twice.xml", b"<a/>"))
    first = whole.index(b"PK\x03\x04", 4)
    return changed(whole, 42, first)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (word(), ""),
        (word(method=zipfile.ZIP_STORED), ""),
        (streamed(), ""),
        (word(("word/media/图1.png", b"\x89PNG")), ""),
        (word(*((f"word/media/{n}.bin", b"") for n in range(5001))), "zip_entries"),
        (word(("../../etc/cron.d/x", b"")), "zip_path"),
        (word(("/etc/passwd", b"")), "zip_path"),
        (word(("word\\..\\..\\x", b"")), "zip_path"),
        (word(("C:/x", b"")), "zip_path"),
        (word(("Word/Document.xml", BODY.encode())), "zip_duplicate"),
        (word(("word/vbaProject.bin", b"\x01")), "macro"),
        (word(("word/media/a.bmp", bytes(120 << 20))), "zip_ratio"),
        (overlapping(), "zip_lies"),
        (changed(word(), 24, 40), "zip_lies"),
        (changed(changed(word(), 24, 40), 22, 40, b"PK\x03\x04"), "zip_lies"),
    ],
)
def test_archives(data: bytes, wanted: str) -> None:
    """A Word file is a zip archive; what its directory says is believed only when its entries say the same."""
    assert code(data, "a.docx") == wanted


def laughs(document: str) -> bytes:
    """``document`` behind ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "哈"}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>{document}".encode()


def page(body: str) -> bytes:
    """A web page with a sentence and ``body``."""
    return f"<!DOCTYPE html><html><body><p>{TEXT}</p>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (page(""), "a.html", ""),
        (page('<img alt="1<2" title="x>y">'), "a.html", ""),
        (page("<script>if (a<b) { " + "let c = d + 1; " * 2000 + "}</script>"), "a.html", ""),
        (page('<svg><path d="' + "M 1 2 " * 3000 + '"/></svg>'), "a.html", ""),
        (page("<p " + " ".join(f"a{n}=1" for n in range(1001)) + ">"), "a.html", "too_many_attributes"),
        (page("<p " + " ".join(f"a{n}" for n in range(200_000)) + ">"), "a.html", "too_many_attributes"),
        (page("<a" * 1_000_000), "a.html", "malformed"),
        (page("<i>" * 200_000), "a.html", "depth"),
        (laughs("<html><body><p>&e9;</p></body></html>"), "a.html", "xml_dtd"),
        (word(body=laughs(BODY.replace(TEXT, "&e9;")).decode()), "a.docx", "xml_dtd"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_markup(data: bytes, name: str, wanted: str) -> None:
    """Mark-up that would take a parser minutes, or have it lose words in silence, is told within a second."""
    started = time.process_time()
    assert code(data, name) == wanted
    assert time.process_time() - started < 10


def test_a_pdf_that_unpacks_without_end() -> None:
    """A stream of a PDF that unpacks to hundreds of times its size is no page."""
    import zlib

    packed = zlib.compress(bytes(300 << 20), 9)
    objects: Sequence[bytes] = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream",
    )
    body = b"%PDF-1.7\n"
    places = []
    for number, content in zip((1, 4), objects, strict=True):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(
        (b"\x01" + places[0].to_bytes(4, "big") + b"\0", b"\x02" + (4).to_bytes(4, "big") + b"\0")
    )
    rows = b"\0" * 6 + table + b"\0" * 6 + b"\x01" + places[1].to_bytes(4, "big") + b"\0"
    at = len(body)
    body += b"5 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    body += rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    assert code(body, "a.pdf") == "pdf_limit"
