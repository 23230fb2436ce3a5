"""Reads documents out of bytes: the text settled once, its documents, their outline and metadata."""

from briefings.structure.naming import issuer_name, same_issuer
from briefings.structure.reading import read

__all__ = ["issuer_name", "read", "same_issuer"]
