"""Plain text out of bytes: the encoding found, the text never touched."""

import re

from briefings.structure.settled import Refusal, Settled

SAMPLE = 1 << 16
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff\u3000-\u3003\u3008-\u3011\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7]")


def settle(data: bytes) -> Settled:
    """The decoded text of ``data``. Raises ``Refusal`` (encoding, truncated, binary) when it is no text."""
    text, encoding = decode(data)
    bare = text.strip("\x00")
    sample = bare[:SAMPLE]
    if len(_CONTROLS.findall(sample)) * 100 > len(sample):
        raise Refusal(
            "binary", "这不是文本：内容里满是控制字符，请确认文件类型，另存为 txt、docx 或 pdf 再交来。"
        )
    if "\x00" in bare:
        line = text.count("\n", 0, text.index(bare) + bare.index("\x00")) + 1
        raise Refusal(
            "damaged",
            f"第 {line} 行夹有空字节，文件多半在拷贝或下载时损坏了，那里的内容已经丢失：请重新取得完整的文件。",
        )
    return Settled(media="txt", text=text, encoding=encoding)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 (a byte order mark stays), UTF-16 or GB18030."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(data, "utf-16"), "utf-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    if "\x00" in text[:SAMPLE] and (guess := _utf16(data)):
        return guess
    return text, "utf-8"


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    if guess := _utf16(data):
        return guess
    good = error.start
    cut = len(data) - good <= 3 and error.reason == "unexpected end of data"
    if cut and _plausible(data[:good].decode("utf-8")):
        raise Refusal("truncated", "文件在一个字的中间断了，末尾不完整：请重新取得完整的文件。")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as second:
        # One bad byte inside long good text: say which encoding it nearly was.
        name, at = ("UTF-8", good) if good >= second.start else ("GB18030", second.start)
        raise Refusal(
            "encoding",
            f"文字编码无法辨认：按 {name} 读到第 {at + 1} 个字节出错，按其他编码也读不通，请另存为 UTF-8。",
        ) from error
    if not _plausible(text):
        raise Refusal(
            "encoding", "文字编码无法辨认：按 UTF-8、UTF-16、GB18030 都读不出通顺的中文，请另存为 UTF-8。"
        )
    return text, "gb18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) % 2 or error.end >= len(data):
            raise Refusal("truncated", "UTF-16 文本的末尾不完整：请重新取得完整的文件。") from error
        raise Refusal(
            "encoding", f"文件自称 UTF-16，读到第 {error.start + 1} 个字节出错，请另存为 UTF-8。"
        ) from error


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: only when it reads as Chinese."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data[:SAMPLE].decode(encoding)
            if _plausible(text):
                return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None


def _plausible(text: str) -> bool:
    """Whether the text is mostly common Chinese: wrong decoding gives rare characters."""
    sample = text[:SAMPLE]
    wide = [ch for ch in sample if ch > "\x7f"]
    if not wide or len(_CONTROLS.findall(sample)) * 100 > len(sample):
        return False
    common = sum(1 for ch in wide if _common(ch))
    return common * 100 >= len(wide) * 85


def _common(ch: str) -> bool:
    if not _HAN.match(ch):
        return False
    if ch < "\u4e00" or ch > "\u9fff":
        return True
    try:
        return ch.encode("gb2312")[0] <= 0xD7  # level one: the 3,755 most used characters
    except UnicodeEncodeError:
        return False
