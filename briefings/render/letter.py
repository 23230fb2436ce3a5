"""A letter in words: the templates of the mail, filled with what it tells its reader."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from briefings.records.mail import Contents, Wording
from briefings.render.html import fill

TEMPLATES = ("mail/subject.txt.j2", "mail/body.txt.j2", "mail/body.html.j2")
"""Of the subject, the text and the page."""


def letter(contents: Contents, search: Sequence[Path]) -> Wording:
    """Subject and bodies of a letter; ``search`` are the folders with ``templates/``, the first that has a file wins.

    Raises ``ConfigurationError`` naming the template and its line when one cannot be used.
    """
    subject, text, html = (fill(search, name, **given(contents)) for name in TEMPLATES)
    return Wording(" ".join(subject.split()), text.strip("\n") + "\n", html)


def given(contents: Contents) -> dict[str, object]:
    """What the templates of letters are handed, by name."""
    return {
        "letter": contents,
        "zh": contents.language == "zh",
        "day": _day(contents, contents.as_of),
        "last": _day(contents, contents.until),
    }


def _day(contents: Contents, given: str) -> str:
    """A day as the letter's language writes it; what is no date stays as it is."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return given
    if contents.language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"
