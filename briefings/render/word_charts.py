"""A figure's chart as Word's own: chart parts that can be edited, each with a workbook of its numbers and their sources."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import assert_never

from briefings.records.briefing import (
    BarChart,
    Bullet,
    Chart,
    Dumbbell,
    Heatmap,
    LineChart,
    Slope,
    SmallMultiples,
    Theme,
)
from briefings.render import assets
from briefings.render.charts_paper import DRAWING, STYLES, base_size, small_size, style, tone
from briefings.render.word_chart_bars import bars, bullet
from briefings.render.word_chart_lines import lines, panels
from briefings.render.word_chart_pairs import dumbbell, slope
from briefings.render.word_chart_paper import Look, Paper, Plot
from briefings.render.word_chart_sheet import book

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = '<Override PartName="/word/charts/chart{}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
_BOOK = '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'


def look(search: Sequence[Path], theme: Theme) -> Look:
    """The look of a theme's charts, from the same style as the pictures'.

    The face is the first that the style asks for: whoever opens the file has other fonts than whoever makes it.
    """
    with DRAWING, style(search, theme):
        found = Look(
            primary=tone("primary"),
            prior=tone("prior"),
            ink=tone("ink"),
            muted=tone("muted"),
            rule=tone("rule"),
            warning=tone("warning"),
            lines=(tone("primary"), tone("second"), tone("warning"), tone("third"), tone("muted")),
            face=_first_face(assets.text(f"styles/{STYLES[theme]}.mplstyle", search)),
            size=base_size(),
            small=small_size(),
        )
    return found


def _first_face(settings: str) -> str:
    asked = [line.partition(":")[2] for line in settings.splitlines() if line.startswith("font.family")]
    return asked[-1].partition("#")[0].split(",")[0].strip() if asked else "Noto Sans CJK SC"


def plots(chart: Chart, paper: Paper) -> tuple[tuple[Plot, ...], int]:
    """The native charts that draw ``chart``, and how many of them stand side by side; none for a heat map, a table."""
    match chart:
        case BarChart():
            return (bars(chart, paper),), 1
        case Bullet():
            return (bullet(chart, paper),), 1
        case Dumbbell():
            return (dumbbell(chart, paper),), 1
        case Slope():
            return (slope(chart, paper),), 1
        case LineChart():
            return (lines(chart, paper),), 1
        case SmallMultiples():
            return panels(chart, paper)
        case Heatmap():
            return (), 1
        case _:
            assert_never(chart)


def with_charts(parts: Mapping[str, bytes], charts: Sequence[tuple[str, str, Plot]]) -> dict[str, bytes]:
    """``parts`` with native charts, each under its relationship id and its workbook's title."""
    result = dict(parts)
    if not charts:
        return result
    rows = kinds = ""
    for n, (ident, title, plot) in enumerate(charts, 1):
        embedded = f"embeddings/Microsoft_Excel_Worksheet{n}.xlsx"
        result[f"word/charts/chart{n}.xml"] = plot.part.encode("utf-8")
        result[f"word/charts/_rels/chart{n}.xml.rels"] = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="../{embedded}"/></Relationships>'
        ).encode()
        result[f"word/{embedded}"] = book(plot.sheet, title)
        rows += f'<Relationship Id="{ident}" Type="{_OFFICE}/chart" Target="charts/chart{n}.xml"/>'
        kinds += _PART.format(n)
    relations = "word/_rels/document.xml.rels"
    result[relations] = result[relations].replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    types = result["[Content_Types].xml"].decode("utf-8")
    start = types.index(">", types.index("<Types")) + 1
    known = "" if 'Extension="xlsx"' in types else _BOOK
    types = types[:start] + known + types[start:].replace("</Types>", f"{kinds}</Types>")
    result["[Content_Types].xml"] = types.encode("utf-8")
    return result
