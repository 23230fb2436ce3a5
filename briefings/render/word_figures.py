"""A figure's plot in Word: native charts in a line of their own, or a heat map as a table whose cells are shaded."""

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from briefings.records.briefing import Figure, Heatmap, Line, Quote, Value, Words
from briefings.render.charts_heat import luminance
from briefings.render.widths import ems
from briefings.render.word_chart_paper import Look, Paper
from briefings.render.word_charts import CHART, plots
from briefings.render.word_xml import escaped, paragraph

if TYPE_CHECKING:
    from briefings.render.word_draft import Draft

EMU = 12700
"""EMU of a point."""
TWIPS = 20
"""Twips of a point."""
KEEP_NEXT = "<w:keepNext/>"
_FIRST_ID = 1000
_NAMES = (0.3, 0.24, 0.2, 0.18, 0.16, 0.14)
"""Shares of the width that the names of a heat map's rows may take: less, where a word above a column would be cut."""
_NARROWEST = 0.8
"""How narrow the words above a heat map's columns may be set before the names of its rows give way."""
_CONTRAST = 4.5
_MARGIN, _TIGHT = 30, 8
_BOLD = 1.15


def plot(draft: "Draft", block: Figure) -> None:
    """Append the figure's plot; charts side by side stand in one line of text, as many lines as they need."""
    if isinstance(block.chart, Heatmap):
        _heat(draft, block, block.chart)
        return
    width = draft.base.width / TWIPS
    found, side = plots(block.chart, Paper(width, draft.look(), draft.language))
    label = f"{draft.labels['figure']}{block.number}"
    rest = iter(enumerate(found, 1))
    while line := list(islice(rest, side)):
        drawings = ""
        for at, one in line:
            ident = f"rIdChart{len(draft.charts) + 1}"
            draft.charts.append((ident, label, one))
            name = label if len(found) == 1 else f"{label}-{at}"
            number = _FIRST_ID + len(draft.charts)
            drawings += _drawing(ident, number, name, block.alt, (one.width, one.height))
        draft.add("图片", drawings, KEEP_NEXT if line[-1][0] < len(found) or block.note else "")


def _drawing(ident: str, number: int, name: str, alt: str, size: tuple[float, float]) -> str:
    """A run with an inline chart; ``size`` in points."""
    across, down = (round(points * EMU) for points in size)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr id="{number}" name="{escaped(name)}" descr="{escaped(alt)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="{ident}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _heat(draft: "Draft", block: Figure, chart: Heatmap) -> None:
    """The counts in cells of one hue from white, the names of the rows before them, of the columns above."""
    look, style = draft.look(), draft.base.style
    whole = draft.base.width
    # Long names in Latin letters would leave the columns too narrow for their own heads.
    latin = any(name.isascii() for name in chart.columns)
    small, size = (7.0, min(look.size, 8.0)) if latin else (min(look.size, 8.0), look.size)
    widths = _widths(chart, whole, size, small, _NAMES if latin else _NAMES[:1])
    first = widths[0]
    most = max((count for row in chart.counts for count in row), default=0) or 1
    label = f"{draft.labels['figure']}{block.number}"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style("指标卡", "table")}"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>'
        f'<w:tblCaption w:val="{escaped(label + _said(block.title))}"/>'
        f'<w:tblDescription w:val="{escaped(block.alt)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    ]
    header, words = style("表头"), style("表格文字")
    heads = "".join(
        _cell(
            width,
            paragraph(
                header,
                _run(name, look.ink, small, _narrow(name, small, width)),
                KEEP_NEXT + '<w:jc w:val="center"/>',
            ),
            "",
            "",
            _TIGHT,
        )
        for width, name in zip(widths, (" ", *chart.columns), strict=True)
    )
    rows.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>")
    for at, (name, counts) in enumerate(zip(chart.rows, chart.counts, strict=True), 1):
        kept = KEEP_NEXT if at < len(chart.rows) or block.note else ""
        cells = _cell(
            first, paragraph(words, _run(name, look.ink, size), kept + '<w:jc w:val="right"/>'), "", ""
        )
        for width, count in zip(widths[1:], counts, strict=True):
            hue = shade(count / most, look)
            colour = readable(hue, look) if count else look.muted
            said = paragraph(words, _run(str(count), colour, small), kept + '<w:jc w:val="center"/>')
            cells += _cell(width, said, hue, look.rule)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    draft.body.append("".join(rows) + "</w:tbl>")
    draft.after_table = not block.note


def _widths(chart: Heatmap, whole: int, size: float, small: float, shares: Sequence[float]) -> list[int]:
    """The columns' widths in twips: the names' as narrow as the words above the counts need it, the others alike."""
    longest = max((ems(name) for name in chart.rows), default=0.0) * size * TWIPS + 4 * _MARGIN
    word = max((ems(part) for name in chart.columns for part in name.split()), default=0.0)
    room = word * _BOLD * small * TWIPS + 2 * _TIGHT
    count = max(len(chart.columns), 1)
    share = next((s for s in shares if (whole * (1 - s)) / count >= room * _NARROWEST), shares[-1])
    first = round(min(longest, whole * share))
    edges = [first + round((whole - first) * n / count) for n in range(len(chart.columns) + 1)]
    return [first, *(b - a for a, b in pairwise(edges))]


def _narrow(name: str, size: float, width: int) -> int:
    """How much narrower a head's letters are set, in percent, so that its longest Latin word is not cut in two."""
    word = max((ems(part) for part in name.split() if part.isascii()), default=0.0)
    room = word * _BOLD * size * TWIPS + 2 * _TIGHT
    return max(80, min(100, round(100 * width / room))) if room else 100


def _run(text: str, colour: str, size: float, narrow: int = 100) -> str:
    """Words in a colour and a size; ``narrow`` is their width in percent of what it is."""
    half = round(size * 2)
    width = f'<w:w w:val="{narrow}"/>' if narrow < 100 else ""
    return (
        f'<w:r><w:rPr><w:color w:val="{colour.lstrip("#")}"/>{width}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    )


def _cell(width: int, content: str, fill: str, rule: str, margin: int = _MARGIN) -> str:
    """A cell; without a fill it has no rules either."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{rule.lstrip("#")}"' if fill else 'w:val="nil"'
    borders = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{borders}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#") or "FFFFFF"}"/>'
        f'<w:tcMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def _said(line: Line) -> str:
    """A line's words without its citations."""
    return "".join(piece.text for piece in line if isinstance(piece, Words | Value | Quote))


def mixed(colour: str, share: float) -> str:
    """``colour`` on white, as much of it as ``share`` says."""
    return "#" + "".join(f"{round(255 + (part - 255) * share):02X}" for part in _parts(colour))


def shade(share: float, look: Look) -> str:
    """The primary colour as strong as ``share`` says, a little stronger where neither ink nor white could be read on it."""
    for step in range(round(share * 100), 100):
        hue = mixed(look.primary, step / 100)
        if _contrast(readable(hue, look), hue) >= _CONTRAST:
            return hue
    return mixed(look.primary, 1.0)


def readable(background: str, look: Look) -> str:
    """Ink or white, whichever stands out more."""
    return max("#FFFFFF", look.ink, key=lambda colour: _contrast(colour, background))


def _contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2."""
    dark, light = sorted(luminance([part / 255 for part in _parts(colour)]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _parts(colour: str) -> Sequence[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
