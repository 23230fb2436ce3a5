"""Whether a chart draws the numbers of its sources."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from briefings.audit.values import computed_fault, fact_fault
from briefings.records.briefing import BarChart, Computed, Figure, Heatmap
from briefings.records.fact import Fact


def chart_faults(
    figure: Figure, facts: Mapping[str, Fact], computed: Mapping[str, Computed]
) -> Iterator[tuple[str, str]]:
    """Each number of the chart that its source does not bear out, with the reason."""
    chart = figure.chart
    if isinstance(chart, BarChart):
        yield from _bars(chart, facts, computed)
    else:
        yield from _heat(chart, computed)


def _bars(
    chart: BarChart, facts: Mapping[str, Fact], computed: Mapping[str, Computed]
) -> Iterator[tuple[str, str]]:
    for bar in chart.bars:
        fact, item = facts.get(bar.source), computed.get(bar.source)
        stated = fact.value if fact else item.value if item else None
        if stated is None:
            yield bar.text, f"条形“{bar.label}”的数据 {bar.source} 不存在"
            continue
        if Decimal(repr(bar.value)) != Decimal(stated):
            yield bar.text, f"条形“{bar.label}”画作 {bar.value:g}，数据是 {stated}"
        # The unit may stand in the subtitle only, and a bar shows the direction of its number by itself.
        shown = bar.text if bar.text.strip()[-1:] not in "0123456789" else bar.text + _unit(fact, item)
        beside = "▼" if Decimal(stated) < 0 else ""
        fault = (
            fact_fault(shown, fact, beside, "")
            if fact
            else computed_fault(shown, item, facts)
            if item
            else None
        )
        if fault:
            yield bar.text, f"条形“{bar.label}”：{fault}"
    if chart.mean is not None and chart.bars:
        mean = sum(bar.value for bar in chart.bars) / len(chart.bars)
        if abs(mean - chart.mean) > 0.051 + abs(mean) * 1e-9:
            yield f"{chart.mean:g}", f"平均线应在 {mean:.2f}"


def _unit(fact: Fact | None, item: Computed | None) -> str:
    return (fact.unit if fact else item.unit if item else "") or ""


def _heat(chart: Heatmap, computed: Mapping[str, Computed]) -> Iterator[tuple[str, str]]:
    shape = {len(chart.columns)}
    if len(chart.counts) != len(chart.rows) or {len(row) for row in chart.counts} - shape:
        yield "", "热力图的行列与数据不齐"
        return
    for name, row, ids in zip(chart.rows, chart.counts, chart.sources, strict=True):
        for theme, count, id_ in zip(chart.columns, row, ids, strict=True):
            item = computed.get(id_)
            if item is None or item.operation != "count" or Decimal(item.value) != count:
                said = item.value if item else "没有"
                yield str(count), f"{name}的{theme}画作 {count}，算出的是 {said}"
