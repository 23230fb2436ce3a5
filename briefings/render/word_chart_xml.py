"""DrawingML charts as text: words, lines, labels, axes and series, each with its children in the schema's order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefings.render.word_chart_sheet import Range, plain, strings
from briefings.render.word_xml import escaped

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("c", "drawingml/2006/chart"),
        ("a", "drawingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
    )
)
EMU = 12700
"""EMU of a point."""
NONE = "<a:noFill/>"
NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
"""No line from a label that was moved to its mark."""
UNDRAWN = f"<c:spPr><a:ln>{NONE}</a:ln></c:spPr>"
NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'

Side = Literal["l", "r", "t", "b", "ctr", "outEnd"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a label in one colour; a line break is a line of its own."""

    text: str
    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside the mark ``at`` of a series.

    ``form`` is a number format, by which the mark's own number is written, so that the label follows the number when
    it is edited; without one the words stand as they are. ``shift`` moves it by shares of the chart's width and height;
    one that is ``backed`` stands on white, so that no line runs through it.
    """

    at: int
    side: Side
    words: tuple[Words, ...]
    form: str = ""
    shift: tuple[float, float] = (0.0, 0.0)
    backed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's place on its chart, all in points from the upper left corner."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """How a scale is shown: its step, its lines, its numbers (none without ``form``), the line at nought."""

    step: float | None = None
    line: str = ""
    form: str = ""
    words: Words | None = None
    family: str = ""
    nought: str = ""


Limits = tuple[float, float]


def solid(colour: str) -> str:
    """A fill of one colour, "#RRGGBB"."""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def stroke(colour: str, width: float, dash: str = "", cap: str = "flat") -> str:
    """A line; ``width`` in points, ``dash`` a preset of DrawingML."""
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(width * EMU)}" cap="{cap}">{solid(colour)}{dashed}<a:round/></a:ln>'


def drawn(fill: str = "", line: str = "") -> str:
    """The look of a shape: its fill, its line; none of either where nothing is given."""
    return f"<c:spPr>{fill or NONE}{line or f'<a:ln>{NONE}</a:ln>'}</c:spPr>"


def face(words: Words, family: str, tag: str = "a:rPr") -> str:
    """The properties of a run of words, with a face for every script."""
    language = ' lang="zh-CN" altLang="en-US"' if tag == "a:rPr" else ""
    faces = "".join(f'<a:{script} typeface="{escaped(family)}"/>' for script in ("latin", "ea", "cs"))
    return f'<{tag}{language} sz="{round(words.size * 100)}" b="{int(words.bold)}">{solid(words.colour)}{faces}</{tag}>'


def text(words: Words, family: str) -> str:
    """``c:txPr``: how a part of the chart is written whose words come from elsewhere."""
    return (
        '<c:txPr><a:bodyPr rot="0" vert="horz" wrap="none" anchor="ctr"/><a:lstStyle/><a:p><a:pPr>'
        f'{face(words, family, "a:defRPr")}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def rich(pieces: Sequence[Words], family: str, align: str = "ctr") -> str:
    """``c:tx`` with words of our own; every line is a paragraph."""
    lines: list[list[Words]] = [[]]
    for piece in pieces:
        for at, part in enumerate(piece.text.split("\n")):
            if at:
                lines.append([])
            if part:
                lines[-1].append(Words(part, piece.size, piece.colour, piece.bold))
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}">{face(pieces[0], family, "a:defRPr")}</a:pPr>'
        + "".join(f"<a:r>{face(w, family)}<a:t>{escaped(w.text)}</a:t></a:r>" for w in line)
        + "</a:p>"
        for line in lines
    )
    return (
        '<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none" anchor="ctr"/><a:lstStyle/>'
        f"{paragraphs}</c:rich></c:tx>"
    )


def _shown(value: bool) -> str:
    return f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/>' + "".join(
        f'<c:show{name} val="0"/>' for name in ("CatName", "SerName", "Percent", "BubbleSize")
    )


def labels(found: Sequence[Label], family: str) -> str:
    """``c:dLbls``: the labels given and no others."""
    if not found:
        return ""
    each = ""
    for one in sorted(found, key=lambda label: label.at):
        moved = "" if one.shift == (0.0, 0.0) else (
            f'<c:layout><c:manualLayout><c:x val="{_share(one.shift[0])}"/><c:y val="{_share(one.shift[1])}"/>'
            "</c:manualLayout></c:layout>"
        )  # fmt: skip
        align = {"l": "r", "r": "l"}.get(one.side, "ctr")
        own = "" if one.form else rich(one.words, family, align)
        form = f'<c:numFmt formatCode="{escaped(one.form)}" sourceLinked="0"/>' if one.form else ""
        back = drawn(solid("#FFFFFF") if one.backed else "")
        each += (
            f'<c:dLbl><c:idx val="{one.at}"/>{moved}{own}{form}{back}{text(one.words[0], family)}'
            f'<c:dLblPos val="{one.side}"/>{_shown(True)}</c:dLbl>'
        )
    return f"<c:dLbls>{each}{_shown(False)}{NO_LEADERS}</c:dLbls>"


def layout(frame: Frame) -> str:
    """Where the plot stands, without its axes' words."""
    places = (
        ("x", frame.left / frame.width),
        ("y", frame.top / frame.height),
        ("w", (frame.right - frame.left) / frame.width),
        ("h", (frame.bottom - frame.top) / frame.height),
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{_share(share)}"/>' for name, share in places)
        + "</c:manualLayout></c:layout>"
    )


def layout_at(x: float, y: float) -> str:
    """The place of words, in shares of the chart."""
    return (
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{_share(x)}"/><c:y val="{_share(y)}"/></c:manualLayout></c:layout>'
    )


def _share(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def axis(
    kind: Literal["valAx", "catAx"], ident: int, other: int, place: str, *, low: float | None = None,
    high: float | None = None, step: float | None = None, shown: bool = False, turned: bool = False,
    crosses: Literal["min", "max", "autoZero"] = "min",
    words: Words | None = None, family: str = "", form: str = "General", line: str = "", grid: str = "",
    ticks: str = "low", between: str = "midCat", skip: int = 1,
) -> str:  # fmt: skip
    """An axis from ``low`` to ``high``; ``turned`` counts down, ``crosses`` is where it stands on the other axis."""
    limits = (f'<c:max val="{plain(high)}"/>' if high is not None else "") + (
        f'<c:min val="{plain(low)}"/>' if low is not None else ""
    )
    rest = (
        f'<c:crossBetween val="{between}"/>' + (f'<c:majorUnit val="{plain(step)}"/>' if step else "")
        if kind == "valAx"
        else '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/>'
        + (f'<c:tickLblSkip val="{skip}"/>' if skip > 1 else "")
        + '<c:noMultiLvlLbl val="1"/>'
    )
    return (
        f'<c:{kind}><c:axId val="{ident}"/><c:scaling><c:orientation val="{"maxMin" if turned else "minMax"}"/>{limits}'
        f'</c:scaling><c:delete val="{int(not shown)}"/><c:axPos val="{place}"/>'
        + (f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>" if grid else "")
        + f'<c:numFmt formatCode="{escaped(form)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{ticks}"/>'
        f"<c:spPr>{line or f'<a:ln>{NONE}</a:ln>'}</c:spPr>"
        + (text(words, family) if words else "")
        + f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/>{rest}</c:{kind}>'
    )


def named(n: int, name: Range | str) -> str:
    """The beginning of a series: its number and its name, which a cell or the chart itself holds."""
    said = f"<c:v>{escaped(name)}</c:v>" if isinstance(name, str) else strings(name)
    return f'<c:idx val="{n}"/><c:order val="{n}"/><c:tx>{said}</c:tx>'


@dataclass(frozen=True, slots=True)
class Points:
    """A series of a scatter chart; without a line and a marker it is there for its labels only."""

    name: Range | str
    across: str
    down: str
    line: str = ""
    marker: str = NO_MARKER
    said: str = ""


def _points(n: int, one: Points) -> str:
    look = f"<c:spPr>{one.line}</c:spPr>" if one.line else UNDRAWN
    return (
        f"<c:ser>{named(n, one.name)}{look}{one.marker}{one.said}<c:xVal>{one.across}</c:xVal>"
        f'<c:yVal>{one.down}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def dot(colour: str, size: int, *, hollow: bool = False) -> str:
    """A round mark; a hollow one is white inside. ``size`` in points."""
    inside = solid("#FFFFFF" if hollow else colour)
    rim = stroke(colour, 1.5) if hollow else f"<a:ln>{NONE}</a:ln>"
    return (
        f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/><c:spPr>{inside}{rim}</c:spPr></c:marker>'
    )


def scatter(
    words: Sequence[Points], layers: Sequence[Sequence[Points]], across: Limits, rows: int, grid: Grid, frame: Frame
) -> str:  # fmt: skip
    """A chart of points on a scale and on rows, the first row on top; ``layers`` from the lowest to the highest.

    Word draws the last series over the others, LibreOffice the first: so the layers stand there twice, downwards and
    upwards, both of the same cells. ``words`` are series of labels only; the first of them has a point for every row,
    because LibreOffice counts the points of all series by the first.
    """
    down = [replace(one, said="") for layer in reversed(layers[1:]) for one in layer]
    up = [one for layer in layers for one in layer]
    series = "".join(_points(n, one) for n, one in enumerate([*words, *down, *up]))
    group = (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        '<c:axId val="1001"/><c:axId val="1002"/></c:scatterChart>'
    )
    axes = axis(
        "valAx", 1001, 1002, "b", low=across[0], high=across[1], step=grid.step, shown=bool(grid.form), crosses="max",
        words=grid.words, family=grid.family, form=grid.form or "General", grid=grid.line, ticks="nextTo",
    ) + axis(
        "valAx", 1002, 1001, "l", low=0.5, high=rows + 0.5, step=1, shown=bool(grid.nought), turned=True,
        crosses="autoZero", ticks="none", line=grid.nought,
    )  # fmt: skip
    return whole(group + axes, frame)


def whole(plot: str, frame: Frame, title: str = "") -> str:
    """The part: a chart with its plot and its embedded workbook."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>{title}'
        f'<c:autoTitleDeleted val="{int(not title)}"/><c:plotArea>{layout(frame)}{plot}<c:spPr>{NONE}</c:spPr></c:plotArea>'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{drawn()}'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
