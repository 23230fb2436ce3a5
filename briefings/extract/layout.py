"""Whether a document may hold a table: asked before the reading of tables, which most documents need not load."""

import re

from briefings.records.document import Document, Source

_FEWEST = 4
_NUMERIC_LINE = re.compile(r"^[ \t\u3000]*[+\-−－]?[\d０-９][\d０-９,，.．]*[ \t\u3000]*\r?$", re.MULTILINE)
_COLUMNS = re.compile(
    r"^[^\n。]{1,40}?(?:\t|[ \u3000]{2}|\|)[ \t\u3000|]*+[+\-−－]?[\d０-９][\d０-９,.．]*(?:[ \t\u3000|]|%|％|\r?$)",
    re.MULTILINE,
)


def may_hold_tables(document: Document, source: Source) -> bool:
    """Whether ``document`` holds a table of its format, or lines of text that may be one."""
    return bool(document.grids) or in_lines(source.text, *document.span)


def in_lines(text: str, start: int, end: int) -> bool:
    """Whether lines of ``text[start:end]`` may be a table: lines that are a number alone, or columns that end in one."""
    for alone, _ in enumerate(_NUMERIC_LINE.finditer(text, start, end), 1):
        if alone == _FEWEST:
            return True
    return _COLUMNS.search(text, start, end) is not None
