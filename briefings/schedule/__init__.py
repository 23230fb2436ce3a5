"""When briefings are made: due times of schedules, runs one at a time, and the clock that wakes whoever does it."""

from briefings.schedule.due import plan, upcoming
from briefings.schedule.words import in_words

__all__ = ["in_words", "plan", "upcoming"]
