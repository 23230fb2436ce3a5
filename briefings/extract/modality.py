"""Whether a number is told as done or as something to come."""

import re

from briefings.extract import patterns as p
from briefings.extract.line import Group, Line

_AIMS = re.compile(r"力争|确保|目标|计划|将|明年|下一?步")
_ON_THE_WAY = re.compile(
    r"(?:高于|低于|好于|优于|快于|慢于|超过?|超额完成|完成|达到)[^,，。;]{0,8}(?:目标|预期|计划)(?:任务|值)?"
)
"""A goal that is only compared with says nothing of what comes."""


def set_modality(line: Line, group: Group, left: int) -> None:
    """Set whether these numbers are of something to come, from the words before them."""
    text, sentence, at = line.text, group.sentence, group.first.start
    words = text[max(sentence, left - 40) : at]
    if "目标" in words or "预期" in words or "计划" in words:
        words = _ON_THE_WAY.sub("", words)
    if line.goals and p.GOALS.search(text[max(sentence, at - 240) : at]):
        line.now.future = True
    elif p.MAYBE_FUTURE.search(words) and p.FUTURE.search(words[_last_end(p.NOW, words) :]):
        line.now.future = not (p.PAST_ESTIMATE.search(words) or _estimated(line, words))
    elif not line.planned:
        if p.NOW.search(words):
            line.now.future = False
    elif text[left:at].strip() not in ("的", "、", "和", "及"):
        line.now.future = not (p.NOW.search(words) or p.EXISTING.search(text[left:at]))


def _estimated(line: Line, words: str) -> bool:
    """预计 in the review of a year that a report gives at its end: the year is over, the figure not yet final."""
    frame = line.frame
    reviews = frame.spoken is not None and frame.year is not None and frame.year < frame.spoken
    return (
        reviews
        and not line.planned
        and not frame.ahead(line.when())
        and "预计" in words
        and not _AIMS.search(words)
    )


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    end = 0
    for found in pattern.finditer(words):
        end = found.end()
    return end
