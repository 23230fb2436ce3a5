"""Web pages: the text of html as lines, its tables as grids, the furniture around it left out."""

import re
from typing import TYPE_CHECKING

from briefings.structure import markup
from briefings.structure.lines import BLANKS
from briefings.structure.plain import decode
from briefings.structure.settled import PLACES, Draft, Hint, Refusal, Settled, TableCell, with_headers
from briefings.structure.sniff import archived

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEPTH = 250
"""libxml2 stops in silence at about this nesting; we stop aloud."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_DROPPED = frozenset((
    "aside", "audio", "button", "canvas", "dialog", "footer", "form", "head", "iframe", "input", "label",
    "map", "nav", "noscript", "object", "option", "script", "select", "style", "svg", "template",
    "textarea", "video",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))  # fmt: skip
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|share|toolbar|pagination|pager|search|login|"
    r"copyright|related|qrcode)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2026\u2014]"
_INNER = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_OPENED = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>")
_VOID = frozenset((
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "source", "td", "th", "tr", "track", "wbr",
))  # fmt: skip


def settle(data: bytes) -> Settled:
    """The text of a web page. Raises ``Refusal`` (encoding, depth, no_text, malformed, and those of ``markup``)."""
    from lxml import etree, html

    text, encoding = _decoded(_unpacked(data))
    text = _DECLARATION.sub("", text)
    markup.guard(text)
    if _deep(text):
        raise Refusal(
            "depth", f"网页的标签嵌套超过 {DEPTH} 层，读出来会缺字：请另存为普通网页或 txt 再交来。"
        )
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\x00", ""), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if not _WORDS.search(_MARKUP.sub("", text)):
            raise Refusal("no_text", "网页里没有文字。") from error
        raise Refusal("malformed", "网页损坏得太厉害，读不出来：请重新保存网页再交来。") from error
    title = root.findtext(".//title")
    draft = Draft()
    _Writer(draft).write(root)
    settled = draft.settle("html", title.strip() if title else None)
    if not settled.text.strip():
        raise Refusal(
            "no_text", "网页里没有文字，内容可能是图片或由脚本另行载入的：请另存为完整的网页、docx 或 txt。"
        )
    return Settled(
        media="html",
        text=settled.text,
        encoding=encoding,
        places=settled.places,
        grids=settled.grids,
        hints=settled.hints,
        title=settled.title,
    )


def _unpacked(data: bytes) -> bytes:
    """The page inside a saved web archive (mht); other bytes as they are."""
    if not archived(data):
        return data
    import email

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            page = payload if isinstance(payload, bytes) else b""
            charset = (part.get_content_charset() or "").encode()
            return (
                page
                if not charset or _CHARSET.search(page[:4096])
                else b"<meta charset=%s>%s" % (charset, page)
            )
    raise Refusal("no_text", "网页存档（mht）里没有网页正文：请另存为普通网页或 txt 再交来。")


def _decoded(data: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4096])
    if declared and data[:3] != b"\xef\xbb\xbf" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        name = declared.group(1).decode("ascii", "ignore").lower()
        if name in ("gb2312", "gbk", "gb18030", "gb_2312-80"):
            try:
                return data.decode("gb18030"), "gb18030"
            except UnicodeDecodeError:
                pass  # pages lie about their charset; the bytes decide
    return decode(data)


def _deep(text: str) -> bool:
    depth = 0
    for closing, tag, closed in _OPENED.findall(text):
        if closed or tag.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEPTH:
            return True
    return False


class _Writer:
    """Walks the page once, gathering inline text and writing a line at each block's edge."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.inline: list[str] = []
        self.level: int | None = None
        self.strong = 0
        self.lead = ""
        self.leading = True

    def write(self, root: "HtmlElement") -> None:
        """Write all of ``root``, without recursion: pages nest deeper than the interpreter allows."""
        stack: list[tuple[HtmlElement, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if leaving:
                self._leave(tag)
                self._say(element.tail)
                continue
            if not tag or tag in _DROPPED or _dropped(element):
                self.inline.append(element.tail or "")
                continue
            if tag == "table" and (rows := _rows(element)):
                self.flush()
                caption = element.find("caption")
                if caption is not None and (words := _words(caption)):
                    self.draft.line(words)
                self.draft.table(with_headers(rows))
                self.inline.append(element.tail or "")
                continue
            self._enter(tag)
            self._say(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        self.flush()

    def _enter(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self.level = int(tag[1])
        elif tag == "br":
            self.flush()
        self.strong += tag in ("b", "strong")

    def _say(self, text: str | None) -> None:
        """Inline text; what is bold at the head of its line is kept apart, a speaker's name stands so."""
        self.inline.append(text or "")
        if text and text.strip():
            self.leading = self.leading and self.strong > 0
            self.lead += text if self.leading else ""

    def _leave(self, tag: str) -> None:
        self.strong -= tag in ("b", "strong")
        if tag in _BLOCKS:
            self.flush()
            self.level = None

    def flush(self) -> None:
        """Write the inline text gathered so far as one line."""
        if not self.inline:
            return
        text, lead = collapse("".join(self.inline)), len(collapse(self.lead).strip(BLANKS))
        self.inline.clear()
        self.lead, self.leading = "", True
        if not text.strip():
            return
        hint = None if self.level is None else Hint(max(0, self.level - 1), True, lead=lead)
        if hint is None and lead:
            hint = Hint(lead=lead)
        self.draft.line(text, hint)


def collapse(text: str) -> str:
    """White space as a browser shows it, but no blank where a line of Chinese was broken in the markup."""
    return _SPACE.sub(" ", _INNER.sub("", text)).strip(" ")


def _words(element: "HtmlElement") -> str:
    """The text of a cell or caption on one line."""
    parts: list[str] = []
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        if (node.tag in _BLOCKS and node is not element) or node.tag == "br":
            parts.append(" ")
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    return collapse("".join(parts)).replace("\t", " ")


def _dropped(element: "HtmlElement") -> bool:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip() or element.tag in ("body", "html", "h1"):
        return False
    if not _FURNITURE.search(names):
        return False
    # A page may call its whole body "main-menu-page": only what is short and holds no sentences is furniture.
    words = "".join(element.itertext())
    return len(words) < 3000 and words.count("。") <= 2


def _rows(table: "HtmlElement") -> list[list[TableCell]]:
    """The cells of a data table; nothing for a table that only lays a page out."""
    if table.find(".//table") is not None:
        return []
    rows: list[list[TableCell]] = []
    taken: set[tuple[int, int]] = set()
    longest = 0
    for r, tr in enumerate(tr for tr in table.iter("tr")):
        cells: list[TableCell] = []
        column = 0
        for td in tr:
            if td.tag not in ("td", "th"):
                continue
            while (r, column) in taken:
                column += 1
            down, right = _number(td.get("rowspan")), _number(td.get("colspan"))
            if len(taken) + down * right <= PLACES:
                taken.update((r + i, column + j) for i in range(down) for j in range(right))
            words = _words(td)
            longest = max(longest, len(words))
            cells.append(TableCell(r, column, words, down, right, td.tag == "th"))
            column += right
        if cells:
            rows.append(cells)
    columns = max((len(row) for row in rows), default=0)
    if columns < 2 or len(rows) < 2 or longest > 400:
        return []
    return rows


def _number(text: str | None) -> int:
    return min(int(text), 60) if text and text.isdigit() and int(text) > 0 else 1
