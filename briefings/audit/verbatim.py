"""Whether words are those of a source, with joined line breaks and one width of punctuation."""

import re

from briefings.audit.tokens import squeezed

_QUOTES = re.compile("[“”‘’「」『』\"']")
ASIDE = 80
"""A line inside a span that may be passed over, such as a page number between two pages, is at most so long."""


def is_verbatim(words: str, source: str) -> bool:
    """Whether ``words`` are ``source``: blanks, line breaks, width and form of quotation marks do not count.

    A whole short line in the middle of ``source`` may be passed over: the foot of a page that a sentence runs across.
    """
    said = _plain(words)
    lines = [line for line in map(_plain, source.splitlines()) if line]
    if said == "".join(lines):
        return True
    at = 0
    for number, line in enumerate(lines):
        if said.startswith(line, at):
            at += len(line)
        elif number in (0, len(lines) - 1) or len(line) > ASIDE:
            return False
    return bool(lines) and at == len(said)


def _plain(text: str) -> str:
    return _QUOTES.sub('"', squeezed(text))
