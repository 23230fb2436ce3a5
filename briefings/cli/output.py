"""Prints what commands found: a table for people, JSON or CSV for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json_lines(rows: Iterable[Any]) -> None:
    """One JSON value a line."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def as_table(headers: Sequence[str], rows: Sequence[Sequence[str]], empty: str) -> None:
    """A table on stdout; the sentence ``empty`` on stderr where there are no rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not rows:
        click.echo(empty, err=True)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console = Console(markup=False, highlight=False)
    if console.is_terminal:
        console.print(table)
        return
    console = Console(markup=False, highlight=False, width=240)
    with console.capture() as printed:
        console.print(table)
    # A file or a pipe has no use for the blanks that fill a line up.
    click.echo("\n".join(line.rstrip() for line in printed.get().splitlines()).strip("\n"))


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """CSV on stdout with a byte order mark, for spreadsheets; no cell is taken for a formula."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    click.echo(("\ufeff" + text.getvalue()).encode(), nl=False)


def _plain(cell: str) -> str:
    return " ".join(cell.split())


def _safe(cell: str) -> str:
    if cell.startswith(FORMULA) and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
