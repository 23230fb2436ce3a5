"""Hold a produced PDF or Word file against fifty checks of its make: type, tags, links, layout, words, package."""

from briefings.inspect.checks import CHECKS
from briefings.inspect.inspection import inspect

__all__ = ["CHECKS", "inspect"]
