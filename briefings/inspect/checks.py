"""The fifty checks of a produced file, by number."""

from typing import TYPE_CHECKING

from briefings.records.inspection import Check

if TYPE_CHECKING:
    from briefings.records.inspection import Medium

_P: tuple["Medium", ...] = ("pdf",)
_W: tuple["Medium", ...] = ("docx",)
_B: tuple["Medium", ...] = ("pdf", "docx")

_ALL = (
    (1, "A4", _B, "every page is 210 × 297 mm, upright or across, within half a point"),
    (2, "fonts embedded", _P, "every font is embedded, a subset, and leads back to characters"),
    (3, "font families", _P, "only families that the theme names"),
    (4, "missing glyphs", _P, "no character is drawn as the empty box of its font"),
    (5, "fallback characters", _P, "official theme: Han characters that the main typeface lacks are one in a hundred at most, and named"),
    (6, "text extracts", _B, "headings, numbers and quotations can be copied; without an edition: every character is known"),
    (7, "metadata", _P, "title, subject, keywords, language; an author where an office is configured; the same in XMP"),
    (8, "title shown", _P, "viewers show the title in place of the file's name"),
    (9, "tagged", _P, "the file is marked as tagged and has a structure tree"),
    (10, "headings nest", _P, "one heading of the first level, first, and no level skipped"),
    (11, "figures described", _P, "every figure has an alternative text of 20 characters and two numbers, and a box on its page"),
    (12, "table headers", _P, "every table has header cells with a scope, and its data cells name theirs"),
    (13, "no empty tags", _P, "no structure element is without content"),
    (14, "links lead on", _B, "every link can be clicked, is tagged, says where it leads, and its target exists"),
    (15, "tab order", _P, "every page is tabbed through in the order of its structure"),
    (16, "bookmarks", _P, "the bookmarks are the headings, in order"),
    (17, "pages told", _P, "the page that a line of the contents, or a link back, prints is the page it leads to"),
    (18, "PDF/A-3a, PDF/UA-1", _P, "both standards are declared, and the colours have an output intent"),
    (19, "attachments", _P, "data are attached once each, related as data, with their digest, the same as beside the file"),
    (20, "veraPDF", _P, "veraPDF finds the file valid as PDF/UA-1 and PDF/A-3a"),
    (21, "sound PDF", _P, "qpdf finds no error in the file's syntax"),
    (22, "22 lines × 28", _B, "official theme, in Chinese: 28 characters a full line, lines 28.95 pt apart, 22 a page at most"),
    (23, "official margins", _B, "official theme: the text keeps to 156 × 225 mm, 28 mm from the left and 37 mm from the top"),
    (24, "page numbers", _B, "official theme: the page's own number at the foot, right on odd pages and left on even ones"),
    (25, "line starts and ends", _P, "no line begins with a closing mark or ends with an opening one"),
    (26, "even right edge", _P, "justified text: full lines end within 1 pt, half an em behind a closing mark"),
    (27, "nothing stranded", _P, "no heading at the foot of a page, no single line of a paragraph by itself"),
    (28, "table rows whole", _P, "no row runs over a page, and the head is repeated on each page of a table"),
    (29, "nothing overlaps", _P, "no character outside the page or upon another"),
    (30, "numbers proved", _B, "the audit proves every number of the file"),
    (31, "citations resolve", _B, "every [n] leads to its entry, every entry is cited"),
    (32, "quotations verbatim", _B, "every quotation is the source's words, line breaks apart"),
    (33, "% and points", _B, "a difference of two rates is in percentage points, growth and shares are in percent"),
    (34, "units and decimals", _B, "every column of numbers has a unit; what is computed has equally many decimals in a column"),
    (35, "punctuation", _B, "our own Chinese: full-width marks beside Han, quotation marks in turn, —— and …… in two, ranges with % twice"),
    (36, "trend marks", _B, "▲ and ▼ agree with the sign of their number and, where coloured, with the language's custom"),
    (37, "contrast", _B, "text has a contrast of 4.5 with what is behind it, 3 where it is large (the marks of charts are told by labels too)"),
    (38, "grey print", _B, "in grey, the coloured marks of charts differ from the grey ones by 1.5"),
    (39, "chart text", _B, "letters in charts are 7 pt at least; those drawn as shapes are measured when the chart is made"),
    (40, "ranks", _B, "a rank is computed among three at least, and a tie is said to be one"),
    (41, "Word: East-Asian fonts", _W, "every font setting names the East-Asian font, none refers to a theme"),
    (42, "Word: headings", _W, "headings have heading styles that number by themselves, no number is typed"),
    (43, "Word: tables, pictures", _W, "tables repeat their head and are described, pictures are described"),
    (44, "Word: language, title", _W, "East-Asian language zh-CN; title and language, and an author where an office is configured"),
    (45, "Word: schema order", _W, "settings and properties stand in the order of the schema, and python-docx opens the file"),
    (46, "Word: LibreOffice", _W, "LibreOffice makes pages of it, with every heading and every picture"),
    (47, "Word: contents", _W, "the contents hold every heading with a page, not a placeholder"),
    (48, "pictures of pages", _B, "pages look like the stored pictures"),
    (49, "same bytes", _B, "the file is the one its edition was published with; nothing in it tells the time it was made"),
    (50, "30 seconds", _B, "somebody who does not know it tells claim, rank and caveat of page 1 after 30 seconds"),
)  # fmt: skip

CHECKS = {number: Check(number, name, media, sentence) for number, name, media, sentence in _ALL}
"""All checks by number."""
