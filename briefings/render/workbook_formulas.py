"""Computed numbers as formulas that a spreadsheet runs itself, from the rows of the sheet of facts."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from briefings.records.briefing import Computed
from briefings.records.fact import Fact
from briefings.render.workbook_cells import number

IDS, VALUES = "'数据表'!$A:$A", "'数据表'!$F:$F"
"""The columns of the sheet of facts; not by the table's names for them, which some programs do not read."""
LONGEST = 8192
"""Characters Excel takes in a formula."""
MOST = 250
"""Arguments that a function of Excel takes, a few less."""
_EXACT = 8
_TENS = {
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_UNIT = re.compile(r"(万亿|[十百千]?亿|[十百千]?万|[百千](?![瓦米克升伏安卡帕]|分点))?(.*)", re.DOTALL)


def formula(item: Computed, facts: Mapping[str, Fact]) -> str:
    """``item`` as a formula, conversions of units in it; "" for one that no sheet can run (a count, too many inputs).

    A fact is looked up by its id, so that sorting or filtering the sheet of facts changes nothing.
    """
    used = [facts.get(id_) for id_ in item.inputs]
    there = [fact for fact in used if fact and not fact.value_high and number(fact.value).number is not None]
    if item.operation == "count" or not there or len(there) < len(used) or len(there) > MOST:
        return ""
    terms = _terms(item, there)
    body = _body(item, terms) if terms else ""
    whole = f"=ROUND({body},{item.digits})" if body else ""
    return whole if len(whole) <= LONGEST else ""


def _terms(item: Computed, facts: Sequence[Fact]) -> list[str]:
    """Where each input is found, times what converts it; nothing where the units do not convert."""
    first = _scaled(facts[0].unit or "")
    result = _scaled(item.unit or "")
    power = result[0] if item.unit and result[1] == first[1] else first[0]
    found: list[str] = []
    for fact in facts:
        tens, base = _scaled(fact.unit or "")
        if base != first[1]:
            return []
        ident = fact.id.replace('"', '""')
        place = f'INDEX({VALUES},MATCH("{ident}",{IDS},0))'
        times = Decimal(10) ** abs(tens - power)
        found.append(place if tens == power else f"({place}{'*' if tens > power else '/'}{times:f})")
    return found


def _scaled(unit: str) -> tuple[int, str]:
    match = _UNIT.fullmatch("".join(unit.split()))
    assert match is not None
    return _TENS.get(match[1] or "", 0), match[2]


def _body(item: Computed, terms: Sequence[str]) -> str:
    a, b = terms[0], terms[1] if len(terms) == 2 else ""
    every = ",".join(terms)
    match item.operation:
        case "sum":
            return f"SUM({every})"
        case "mean":
            return f"AVERAGE({every})"
        case "median":
            return f"MEDIAN({every})"
        case "gap_to_mean":
            return f"{a}-AVERAGE({every})"
        case "rank" | "rank_low":
            sign = ">" if item.operation == "rank" else "<"
            # A converted number may be off by the last bit of a double, which must not part what is equal.
            return "+".join(("1", *(f"(ROUND({other}-{a},{_EXACT}){sign}0)" for other in terms[1:])))
        case "difference" if b:
            return f"{a}-{b}"
        case "ratio" if b:
            return f"{a}/{b}"
        case "percent" if b:
            return f"100*{a}/{b}"
        case "growth" if b:
            return f"100*({a}-{b})/{b}"
        case "cagr" if b and item.years > 0:
            return f"100*(({a}/{b})^(1/{item.years})-1)"
        case _:
            return ""
