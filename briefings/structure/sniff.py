"""What a file really is, told from its bytes, and whether its name says the same."""

import io
import re
import zipfile
from pathlib import PurePath

from briefings.records.document import Media
from briefings.structure.settled import Refusal

TOO_BIG = 64 << 20
_NAMES: dict[Media, str] = {
    "txt": "纯文本",
    "html": "网页（html）",
    "docx": "Word 文档（docx）",
    "pdf": "PDF",
}
_SUFFIXES: dict[str, Media] = {
    ".txt": "txt", ".text": "txt", ".md": "txt",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "html", ".mhtml": "html",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf",
}  # fmt: skip
_FOREIGN = {
    ".xlsx": "Excel 工作簿", ".xls": "Excel 工作簿", ".pptx": "演示文稿", ".ppt": "演示文稿", ".zip": "压缩包",
    ".png": "图片", ".jpg": "图片", ".jpeg": "图片", ".gif": "图片", ".tif": "图片", ".tiff": "图片", ".bmp": "图片",
}  # fmt: skip
"""What we do not read, by the name; plain text under such a name is a file mixed up or damaged."""
_PICTURES = (
    (b"\x89PNG", "PNG 图片"), (b"\xff\xd8\xff", "JPEG 图片"), (b"GIF8", "GIF 图片"), (b"BM", "BMP 图片"),
    (b"II*\x00", "TIFF 图片"), (b"MM\x00*", "TIFF 图片"), (b"OFD", "OFD 文件"),
)  # fmt: skip
_PACKED = (
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(
    rb"<(!doctype\s+html|html|head|body|meta|title|div|p|table|section|article|span|h[1-6]|br)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
_HEADER = re.compile(rb"(?:From|MIME-Version|Content-Type|Subject|Date|X-[\w-]+): ", re.IGNORECASE)
_BLANK = b" \t\r\n\x0b\x0c\x00"


def media(data: bytes, name: str) -> Media:
    """The kind of ``data``. Raises ``Refusal`` when it is none of ours, or another than its name says."""
    if not data.strip(_BLANK) or data in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        raise Refusal("empty", "文件是空的，里面没有任何内容。")
    if len(data) > TOO_BIG:
        raise Refusal(
            "too_big", f"文件有 {len(data) >> 20} MB，超过 {TOO_BIG >> 20} MB 的上限，请拆分后再交来。"
        )
    claimed = _SUFFIXES.get(PurePath(name).suffix.lower())
    found = _media(data, claimed)
    if claimed is not None and claimed != found:
        raise Refusal(
            "type_mismatch",
            f"文件名说是{_NAMES[claimed]}，内容却是{_NAMES[found]}：请核对是否交错了文件，或改正扩展名再交来。",
        )
    foreign = _FOREIGN.get(PurePath(name).suffix.lower())
    if foreign is not None:
        raise Refusal(
            "type_mismatch",
            f"文件名说是{foreign}，内容却是{_NAMES[found]}：请核对是否交错了文件，或改正扩展名再交来。",
        )
    return found


def _media(data: bytes, claimed: Media | None) -> Media:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        _ole(data)
    if data.startswith(b"PK"):
        return _zip(data, claimed)
    for magic, kind in _PICTURES:
        if data.startswith(magic):
            raise Refusal("binary", f"这是{kind}，不是文字文件：请提供文字版，扫描件须先做文字识别。")
    for magic, kind in _PACKED:
        if data.startswith(magic):
            raise Refusal("binary", f"这是 {kind} 压缩包：请解压后把里面的文件交来。")
    if data.lstrip(_BLANK)[:5] == b"{\\rtf":
        raise Refusal("binary", "这是 RTF 文件：请在 Word 或 WPS 里另存为 docx 再交来。")
    if claimed == "pdf":
        raise Refusal(
            "type_mismatch", "文件名说是 PDF，内容却不是（没有 PDF 的文件头）：请核对文件，重新导出再交来。"
        )
    if claimed == "docx":
        kind = "网页（html）" if _html(data) else "别的东西"
        raise Refusal(
            "type_mismatch", f"文件名说是 Word 文档（docx），内容却是{kind}：请用 Word 或 WPS 另存为 docx。"
        )
    return "html" if _html(data) else "txt"


def archived(data: bytes) -> bool:
    """Whether the bytes are a web page saved with its pictures (mht)."""
    head = data[:4096].lstrip(_BLANK)
    return _HEADER.match(head) is not None and b"multipart/related" in head.lower()


def _html(data: bytes) -> bool:
    if archived(data):
        return True
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")
    first = head.lstrip(_BLANK + b"\xef\xbb\xbf\xff\xfe")[:1]
    tags = _TAG.findall(head)
    # Inside a text a tag may be spoken of; a page begins with one or is full of them.
    return bool(tags) and (first == b"<" or len(tags) >= 3)


def _ole(data: bytes) -> None:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refusal("encrypted", "文件加了密码，打不开：请去掉密码后再交来。")
    if holds("WordDocument"):
        raise Refusal("binary", "这是旧版 Word 文件（doc）：请在 Word 或 WPS 里另存为 docx 再交来。")
    if holds("Workbook"):
        raise Refusal("binary", "这是旧版 Excel 文件（xls），不是文字材料：请提供 docx、pdf、html 或 txt。")
    raise Refusal("binary", "这是旧版 Office 文件：请另存为 docx 再交来。")


def _zip(data: bytes, claimed: Media | None) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if claimed == "docx" or b"word/" in data or b"[Content_Types].xml" in data[:4096]:
            raise Refusal("truncated", "Word 文档不完整，多半是没有下载完：请重新取得完整的文件。") from error
        if claimed in ("txt", "html") and not data.startswith(b"PK\x03\x04"):
            return "html" if _html(data) else "txt"
        raise Refusal("truncated", "压缩包不完整，打不开：请重新取得完整的文件。") from error
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise Refusal("binary", "这是 Excel 工作簿（xlsx），不是文字材料：请提供 docx、pdf、html 或 txt。")
    if any(name.startswith("ppt/") for name in names):
        raise Refusal("binary", "这是演示文稿（pptx），不是文字材料：请提供 docx、pdf、html 或 txt。")
    if claimed in ("txt", "html", "pdf"):
        raise Refusal(
            "type_mismatch", f"文件名说是{_NAMES[claimed]}，内容却是压缩包（zip）：请解压后把里面的文件交来。"
        )
    if claimed == "docx":
        raise Refusal("truncated", "文件里没有 Word 文档的正文部分，多半已经损坏：请重新取得完整的文件。")
    raise Refusal("binary", "这是压缩包（zip）：请解压后把里面的文件交来。")
