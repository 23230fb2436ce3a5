"""Whether the zip archive that a Word file is can be opened without harm, told before anything in it is unpacked."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from briefings.structure.settled import Refusal

ENTRIES = 5000
UNPACKED = 1 << 30
RATIO = 200
_SMALL = 100 << 20
"""Bytes up to which the whole may be packed as tightly as it likes: empty pictures are."""
_LOCAL = struct.Struct("<4s5H3I2H")
_READ = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
_DRIVE = re.compile(r"[A-Za-z]:")
_STREAMED = 0x8
_WIDE = 0xFFFFFFFF


def guard(data: bytes) -> None:
    """Raises ``Refusal`` (zip_entries, zip_path, zip_duplicate, zip_lies, zip_ratio, macro) for an archive that is a trap.

    One that is merely broken passes: whoever reads it says so.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return
    if len(entries) > ENTRIES:
        raise Refusal(
            "zip_entries",
            f"Word 文档里有 {len(entries)} 个部件，超过 {ENTRIES} 个的上限，像是恶意文件，已拒绝打开。",
        )
    _names([entry.orig_filename for entry in entries])
    _sizes(entries)
    _places(data, entries, directory)


def _names(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        path = name.replace("\\", "/")
        if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") or "\0" in path:
            raise Refusal("zip_path", "Word 文档里有部件的路径指向文档之外，像是恶意文件，已拒绝打开。")
        # Part names are the same whatever their case.
        if path.lower() in seen:
            raise Refusal(
                "zip_duplicate",
                "Word 文档里有同名的两个部件，不同的程序会读出不同的内容：请用 Word 或 WPS 重新另存再交来。",
            )
        seen.add(path.lower())
        if path.lower().endswith("vbaproject.bin"):
            raise Refusal("macro", "Word 文档带有宏（程序代码），没有打开：请另存为不带宏的 docx 再交来。")


def _sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if whole > UNPACKED or (whole > _SMALL and whole > RATIO * max(packed, 1)):
        raise Refusal("zip_ratio", "Word 文档解压后大得反常，像是恶意文件，已拒绝打开。")


def _places(data: bytes, entries: Sequence[zipfile.ZipInfo], directory: int) -> None:
    """What the directory says of each entry is what stands before the entry, and no two entries share their bytes."""
    reached = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        head = data[entry.header_offset : entry.header_offset + _LOCAL.size]
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            return  # broken, not lying: who reads it says so
        _, _, flags, method, _, _, _, packed, size, name_length, extra_length = _LOCAL.unpack(head)
        begin = entry.header_offset + _LOCAL.size
        name = data[begin : begin + name_length]
        start = begin + name_length + extra_length
        said_here = () if flags & _STREAMED else ((packed, entry.compress_size), (size, entry.file_size))
        if (
            entry.header_offset < reached
            or name.decode("utf-8" if flags & 0x800 else "cp437", "replace") != entry.orig_filename
            or method != entry.compress_type
            or any(here not in (there, _WIDE) for here, there in said_here)
        ):
            raise _lies()
        reached = start + entry.compress_size
        if reached > directory:
            return
        if entry.filename in _READ and method == zipfile.ZIP_DEFLATED and not flags & 1:
            _unpacks(data[start:reached], entry)


def _unpacks(packed: bytes, entry: zipfile.ZipInfo) -> None:
    """A part that is read unpacks to no more than its directory says."""
    if entry.file_size > RATIO * max(entry.compress_size, 1) and entry.file_size > 10 << 20:
        return  # refused for that by whoever reads it, without unpacking it
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        if len(unpacker.decompress(packed, entry.file_size + 1)) > entry.file_size:
            raise _lies()
    except zlib.error:
        return


def _lies() -> Refusal:
    return Refusal(
        "zip_lies",
        "Word 文档的目录与内容对不上，不同的程序会读出不同的内容：请用 Word 或 WPS 重新另存再交来。",
    )
