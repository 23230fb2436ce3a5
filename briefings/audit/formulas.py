"""Run a formula of a workbook from the facts it names, and see that it is the one that is recorded."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from briefings.records.briefing import Computed
from briefings.records.fact import Fact

_PLACE = re.compile(
    r"""INDEX\('(?:数据表|Data)'!\$F:\$F,MATCH\("((?:[^"]|"")*)",'(?:数据表|Data)'!\$A:\$A,0\)\)"""
)
"""A fact looked up by its id: its number in the sixth column of the sheet of facts."""
_LARGEST = 9000


def formula_fault(formula: str, item: Computed, facts: Mapping[str, Fact]) -> str | None:
    """Why ``formula`` does not give ``item`` from its inputs; None when it does.

    Only arithmetic over looked-up facts is run: no other cell, no other function, no constant but factors and digits.
    """
    ids: list[str] = []

    def name(match: re.Match[str]) -> str:
        ids.append(match[1].replace('""', '"'))
        return f"v{len(ids) - 1}"

    text = _PLACE.sub(name, formula.removeprefix("=")).replace("^", "**")
    if set(ids) != set(item.inputs):
        return "公式用的不是记录的数据"
    if missing := [id_ for id_ in ids if id_ not in facts]:
        return f"公式用到的数据 {missing[0]} 不存在"
    try:
        values = {f"v{at}": Decimal(facts[id_].value) for at, id_ in enumerate(ids)}
        result = _run(ast.parse(text, mode="eval").body, values) if len(text) < _LARGEST else None
    except (SyntaxError, ValueError, ArithmeticError, RecursionError):
        return "公式不能算"
    return None if result == Decimal(item.value) else f"公式的结果是 {result}，记录的是 {item.value}"


def _rounded(values: Sequence[Decimal]) -> Decimal:
    number, digits = values
    return number.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)


_FUNCTIONS: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "ROUND": _rounded,
    "SUM": lambda values: sum(values, Decimal(0)),
    "AVERAGE": lambda values: sum(values, Decimal(0)) / len(values),
    "MEDIAN": median,
}


def _run(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    """The value of an expression. Raises ``ValueError`` for anything but arithmetic, comparison and four functions."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_run(operand, values)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _run(left, values), _run(right, values)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a**b
        case ast.Compare(left=left, ops=[ast.Gt() | ast.Lt() as op], comparators=[right]):
            a, b = _run(left, values), _run(right, values)
            return Decimal(a > b if isinstance(op, ast.Gt) else a < b)
        case ast.Call(func=ast.Name(id=function), args=args, keywords=[]) if function in _FUNCTIONS:
            return _FUNCTIONS[function]([_run(arg, values) for arg in args])
    raise ValueError(ast.dump(node))
