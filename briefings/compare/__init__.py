"""Sets facts and measures beside each other: what leads, what is shared, what must not be compared."""

from briefings.compare.digest import digest

__all__ = ["digest"]
