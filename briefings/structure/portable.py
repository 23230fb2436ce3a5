"""PDF files: the text layer as lines with their pages, running heads and page numbers left out, tables as grids."""

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from briefings.records.problem import Problem
from briefings.structure.lines import ends_sentence
from briefings.structure.settled import Draft, Hint, Refusal, Settled, TableCell, with_headers

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 2000
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―－·.]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―－·.]*",
    re.IGNORECASE,
)
_UNPARTED = re.compile(r"[“（《]?(?:[0-9A-Za-z.,%％-]+|.)[，。；：、）”》%]*")
_DIGITS = re.compile(r"\d+")
_LEADER = re.compile(r"[.…·．]{4,}|[.·…]\s[.·…]\s[.·…]")
_CID = re.compile(r"\(cid:\d+\)")
_EDGE = 0.12
"""The share of the page's height at its top and bottom in which running heads stand."""


class _Line(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class _Sheet(NamedTuple):
    number: int
    width: float
    height: float
    lines: list[_Line]
    tables: list[tuple[float, list[list[TableCell]]]]
    pictures: bool


def settle(data: bytes) -> Settled:
    """The text of a PDF. Raises ``Refusal`` (encrypted, truncated, too_many_pages, pdf_limit, no_text)."""
    _check(data)
    sheets = _sheets(data)
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        if any(sheet.pictures for sheet in sheets):
            raise Refusal("no_text", "这是扫描件：PDF 里只有图片，没有文字层，须先做文字识别（OCR）再交来。")
        raise Refusal("no_text", "PDF 里没有文字。")
    characters = "".join(line.text for sheet in sheets for line in sheet.lines)
    if len(_CID.findall(characters)) * 20 > len(characters):
        raise Refusal(
            "no_text", "PDF 的文字层没有字符编码，读出来是乱码：请提供 Word 原件，或做文字识别后再交来。"
        )
    draft = Draft()
    furniture = _furniture(sheets)
    margins = _margins(sheets)
    before: _Line | None = None
    for sheet in sheets:
        before = _page(draft, sheet, furniture, margins, before)
    bare = [sheet.number for sheet in sheets if sheet.pictures and not sheet.lines and not sheet.tables]
    problems: tuple[Problem, ...] = ()
    if bare:
        pages = "、".join(map(str, bare[:10])) + ("等" if len(bare) > 10 else "")
        problems = (
            Problem(
                "page_without_text", f"第{pages}页只有图片，没有文字层，上面的内容没有读到。", "structure"
            ),
        )
    settled = draft.settle("pdf", problems=problems)
    if not settled.text.strip():
        raise Refusal("no_text", "PDF 里除了页眉页码没有文字。")
    return settled


def _check(data: bytes) -> None:
    """What pdfplumber would stumble over: a password, a file without its end."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    # What pypdf finds wrong is said by the reason of the refusal, not by its own log on the person's terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except LimitReachedError as error:
        raise Refusal(
            "pdf_limit", "PDF 里有内容解开后大得反常，像是恶意文件，已拒绝打开：请重新导出再交来。"
        ) from error
    except Exception as error:  # pypdf raises whatever a broken file makes it trip over
        _not_starved(error)
        if b"/Encrypt" in data:
            raise Refusal("encrypted", "PDF 加了密码，打不开：请去掉密码后再交来。") from error
        if b"%%EOF" not in data[-2048:]:
            raise Refusal(
                "truncated", "PDF 不完整，末尾缺失，多半是没有下载完：请重新取得完整的文件。"
            ) from error
        raise Refusal("truncated", "PDF 已损坏，页面读不出来：请重新导出再交来。") from error
    if locked:
        raise Refusal("encrypted", "PDF 加了密码，打不开：请去掉密码后再交来。")
    if pages == 0 or b"%%EOF" not in data[-2048:]:
        raise Refusal("truncated", "PDF 不完整，末尾缺失，多半是没有下载完：请重新取得完整的文件。")
    if pages > MAX_PAGES:
        raise Refusal("too_many_pages", f"PDF 有 {pages} 页，超过 {MAX_PAGES} 页的上限，请拆分后再交来。")


def _not_starved(error: BaseException) -> None:
    """Raises ``MemoryError`` where that is behind ``error``: then the file is not broken but too much for us."""
    behind: BaseException | None = error
    while behind:
        if isinstance(behind, MemoryError):
            raise MemoryError from error
        behind = behind.__cause__ or behind.__context__


def _sheets(data: bytes) -> list[_Sheet]:
    import pdfplumber

    sheets = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                sheets.append(_sheet(number, page))
                page.close()
    except Exception as error:  # pdfminer raises whatever a broken file makes it trip over
        _not_starved(error)
        raise Refusal(
            "truncated", f"PDF 已损坏，读到第 {len(sheets) + 1} 页出错：请重新导出再交来。"
        ) from error
    return sheets


def _sheet(number: int, page: "Page") -> _Sheet:
    tables: list[tuple[float, list[list[TableCell]]]] = []
    boxes: list[tuple[float, float, float, float]] = []
    if len(page.lines) + len(page.rects) >= 4:
        for table in page.find_tables():
            rows = [
                [TableCell(r, c, _flat(text)) for c, text in enumerate(row) if text is not None]
                for r, row in enumerate(table.extract())
            ]
            if len(rows) >= 2 and max(map(len, rows)) >= 2:
                tables.append((table.bbox[1], with_headers([row for row in rows if row])))
                boxes.append(table.bbox)
    lines = []
    for line in page.extract_text_lines(strip=True, return_chars=True):
        middle = (line["top"] + line["bottom"]) / 2
        inside = any(
            x0 <= line["x0"] + 1 and line["x1"] <= x1 + 3 and y0 <= middle <= y1 for x0, y0, x1, y1 in boxes
        )
        text = line["text"].replace("\x00", "").strip()
        if text and not inside:
            size = line["chars"][0]["size"] if line["chars"] else line["bottom"] - line["top"]
            lines.append(_Line(text, line["x0"], line["x1"], line["top"], line["bottom"], size))
    return _Sheet(number, float(page.width), float(page.height), lines, tables, bool(page.images))


def _flat(text: str) -> str:
    """A cell's text on one line; a line broken between Chinese characters leaves no blank."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\n(?=[\u4e00-\u9fff])", "", text.strip())
    return re.sub(r"\s+", " ", text)


def _furniture(sheets: list[_Sheet]) -> set[str]:
    """Lines that stand at the top or bottom of many pages, page numbers aside."""
    counts: Counter[str] = Counter()
    for sheet in sheets:
        counts.update({_bare(line.text) for line in _edges(sheet)})
    least = max(3, (len(sheets) + 2) // 3) if len(sheets) > 2 else 2
    return {text for text, count in counts.items() if count >= least and len(text) <= 60}


def _edges(sheet: _Sheet) -> list[_Line]:
    return [
        line
        for line in sheet.lines
        if line.bottom < sheet.height * _EDGE or line.top > sheet.height * (1 - _EDGE)
    ]


def _bare(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _margins(sheets: list[_Sheet]) -> tuple[float, float, float]:
    """The text's left edge, right edge and size: those of most lines."""
    lines = [line for sheet in sheets for line in sheet.lines if len(line.text) > 5]
    if not lines:
        return 0.0, 0.0, 0.0
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    rights = sorted(line.right for line in lines)
    size = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    return float(left), rights[int(len(rights) * 0.95)], size


def _page(
    draft: Draft,
    sheet: _Sheet,
    furniture: set[str],
    margins: tuple[float, float, float],
    before: _Line | None,
) -> _Line | None:
    """Write one page; ``before`` is the last line of the text so far, for lines that go on over the page's edge."""
    left, right, size = margins
    edges = set(_edges(sheet))
    label = f"第{sheet.number}页"
    tables = sorted(sheet.tables, key=lambda table: table[0])
    for line in sheet.lines:
        if line in edges and (_bare(line.text) in furniture or _PAGE_NUMBER.fullmatch(line.text)):
            continue
        while tables and tables[0][0] < line.top:
            draft.table(tables.pop(0)[1], prefix=label + " ")
            before = None
        draft.line(line.text, Hint(starts=_starts(line, before, left, right, size)), label)
        before = line
    for _, rows in tables:
        draft.table(rows, prefix=label + " ")
        before = None
    return before


def _first_word(text: str) -> float:
    """The width in em of what cannot be parted at the head of a line: a number with its sign and stop."""
    match = _UNPARTED.match(text)
    word = match.group() if match else ""
    return sum(0.55 if ch < "\x7f" else 1.0 for ch in word)


def _starts(line: _Line, before: _Line | None, left: float, right: float, size: float) -> bool | None:
    """Whether a line begins a paragraph: indented, larger, or after a line that left room for more."""
    em = max(size, 6.0)
    if before is None or abs(line.size - before.size) > 0.7 or _LEADER.search(before.text):
        return True
    room = right - before.right - em * _first_word(line.text)
    if room > (1.6 if ends_sentence(before.text) else 3.6) * em:
        return True  # the line before had room for this one's first word
    if line.left > left + 1.2 * em:
        return True
    if line.left < left + 0.6 * em and line.top > before.top and line.top - before.bottom > 1.6 * em:
        return None
    return False if line.left < left + 0.6 * em else None
