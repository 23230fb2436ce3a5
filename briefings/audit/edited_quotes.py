"""Quotations of a brief that are no longer word for word in an edited file."""

from collections import defaultdict
from collections.abc import Sequence

from briefings.audit.edited_pair import Pairing, Piece
from briefings.audit.edited_words import bare, words
from briefings.audit.expected import entries
from briefings.audit.ledger import lines_of
from briefings.records.briefing import Briefing, Quote

SHORT = 4
"""Words of fewer characters are not looked for: they stand everywhere."""


def quotations(briefing: Briefing) -> tuple[str, ...]:
    """The source's words that the briefing prints; the longest first."""
    said = {piece.text for line in lines_of(briefing) for piece in line if isinstance(piece, Quote)}
    said |= {entry.sentence for entry in entries(briefing)}
    return tuple(
        sorted((text for text in said if len(bare(text)) >= SHORT), key=lambda text: (-len(text), text))
    )


def broken(
    olds: Sequence[Piece], news: Sequence[Piece], pairing: Pairing, quotes: Sequence[str]
) -> dict[int, list[tuple[str, str]]]:
    """By passage of the original: its quotations whose words changed, with what stands there now.

    One in which only a number changed is told as that number, and one that was taken out whole as a sentence.
    """
    became: dict[int, list[int]] = defaultdict(list)
    changed: set[int] = set()
    for i, j in (*pairing.pairs, *pairing.moved):
        became[olds[i].passage].append(j)
        if olds[i].key != news[j].key:
            changed.add(olds[i].passage)
    texts: dict[int, list[str]] = defaultdict(list)
    for piece in olds:
        if piece.passage in changed:
            texts[piece.passage].append("".join(bare(text) for text in piece.texts))
    found: dict[int, list[tuple[str, str]]] = {}
    for passage in sorted(changed):
        was = "".join(texts[passage])
        stands = ["\n".join(news[j].texts) for j in sorted(set(became[passage]))]
        now = bare("".join(stands))
        spoilt: list[str] = []
        for quote in quotes:
            looked = bare(quote)
            if looked in was and looked not in now and not any(looked in bare(longer) for longer in spoilt):
                spoilt.append(quote)
        outline = _outline("".join(stands))
        if told := [quote for quote in spoilt if _outline(quote) not in outline]:
            found[passage] = [(quote, " ".join(" ".join(stands).split())[:200]) for quote in told]
    return found


def _outline(text: str) -> str:
    """``text`` with every number alike and without citations."""
    return "".join("#" if w.counts else w.key for w in words(text) if w.sort != "citation")
