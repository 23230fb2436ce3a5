"""The words that say what became of a matter."""

import re
from collections.abc import Sequence

from briefings.compare import wording
from briefings.compare.commitments import Commitment


def done_cue(commitment: Commitment, text: str) -> str:
    """The words that say the promised act is done, where nothing right before them takes it back."""
    lexicon = wording.lexicon()
    for word in (*lexicon.complete, *(commitment.act.done if commitment.act else ())):
        for match in re.finditer(re.escape(word), text):
            if not text[: match.start()].endswith(lexicon.not_yet):
                return word
    return ""


def cue_of(text: str, words: Sequence[str]) -> str:
    """The first of ``words`` that stands in ``text``; "" where none does."""
    return next((w for w in words if w in text), "")
