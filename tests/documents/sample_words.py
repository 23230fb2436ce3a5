"""Reads the sample documents and the tables of what is expected of them, without any part of briefings.

A quote marks its number as ``⟦…⟧``; ``|`` in a quote stands between two cells of a table.
"""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html

SAMPLES = Path(__file__).parents[2] / "briefings" / "data" / "samples"
EXPECTED = Path(__file__).with_name("expected")
ENCODINGS = {"departments-2021h1.txt": "utf-8", "wanghai-ranking-2023.txt": "gb18030"}


class Fact(NamedTuple):
    """A line of ``expected/facts.tsv``: ``-`` is nothing said, ``?`` is not judged."""

    source: str
    document: str
    quote: str
    kind: str
    value: str
    unit: str
    indicator: str
    basis: str
    period: str
    scope: str
    status: str


class Sum(NamedTuple):
    """A line of ``expected/arithmetic.tsv``; ``flaw`` is the id of the planted flaw, or empty."""

    source: str
    quote: str
    operation: str
    inputs: str
    flaw: str


class Commitment(NamedTuple):
    """A line of ``expected/commitments.tsv``: a plan of 2020-H1, the words of 2021-H1 about it, what became of it."""

    plan: str
    follow_up: str
    became: str


def rows(name: str) -> list[list[str]]:
    """The lines of a table of ``expected`` without its header."""
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def raw(name: str) -> bytes:
    """The bytes of the sample ``name``."""
    return (SAMPLES / name).read_bytes()


@cache
def words(name: str) -> str:
    """The words of the sample ``name`` with no breaks or blanks, full-width digits made plain, cells closed by ``|``."""
    if name.endswith(".docx"):
        text = _docx(name)
    elif name.endswith(".html"):
        text = _html(name)
    elif name.endswith(".pdf"):
        text = _pdf(name)
    else:
        text = raw(name).decode(ENCODINGS[name])
    return plain(text)


def plain(text: str) -> str:
    """``text`` with no breaks or blanks and full-width digits made plain; punctuation stays as it is."""
    kept = re.sub(r"[０-９．]+", lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return re.sub(r"\s+", "", kept)


def unmarked(quote: str) -> str:
    """The quote's words as they stand in ``words``."""
    return plain(quote.replace("⟦", "").replace("⟧", ""))


def marked(quote: str) -> str:
    """The number that the quote marks."""
    return plain(quote.partition("⟦")[2].partition("⟧")[0])


def _docx(name: str) -> str:
    parts = list[str]()
    for block in Document(str(SAMPLES / name)).iter_inner_content():
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Table):
            parts.extend("|".join(cell.text for cell in row.cells) + "|" for row in block.rows)
    return "\n".join(parts)


def _html(name: str) -> str:
    page = html.fromstring(raw(name))
    for cell in page.iter("td", "th"):
        cell.tail = "|"
    return "".join(str(piece) for piece in page.itertext())


def _pdf(name: str) -> str:
    import pdfplumber

    with pdfplumber.open(SAMPLES / name) as pdf:
        return "".join(page.crop((0, 75, page.width, page.height - 60)).extract_text() for page in pdf.pages)
