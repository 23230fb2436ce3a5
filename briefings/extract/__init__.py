"""From a document to its findings: facts with their exact places, and measures."""

from briefings.extract.findings import find
from briefings.extract.lexicon import Lexicon, default

__all__ = ["Lexicon", "default", "find"]
