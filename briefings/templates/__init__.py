"""Templates belong to people: list them, copy one for editing, see what is wrong with it and what it looks like."""

from briefings.templates.linting import letterhead, lint, refuse
from briefings.templates.preview import preview

__all__ = ["letterhead", "lint", "preview", "refuse"]
