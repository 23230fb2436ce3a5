"""What people say of documents on the command line: who speaks, and metadata in the form the program reads."""

import getpass
import re
from collections.abc import Mapping
from datetime import date

import click


def author() -> str:
    """The name of the person who runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def check_metadata(said: Mapping[str, str], mark: str = "--") -> None:
    """Raise ``click.UsageError`` for a period or a date that is none; ``mark`` stands before a field's name in it."""
    from briefings.settings.shape import PERIOD

    if "period" in said and not PERIOD.fullmatch(said["period"]):
        raise click.UsageError(
            f"{mark}period {said['period']!r} is not a period; write 2021-H1, 2021-Q2 or 2021."
        )
    if "published" in said:
        given = said["published"]
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
                raise ValueError
            date.fromisoformat(given)
        except ValueError:
            raise click.UsageError(f"{mark}published {given!r} is not a date; write 2021-08-20.") from None
