"""briefings turns work summaries into comparative briefings in which every number leads to its sentence."""

__version__ = "0.1.0"
