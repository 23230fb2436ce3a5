"""Takes files in: originals are kept byte for byte under their sha256, the same bytes once."""

from briefings.ingest.originals import take
from briefings.ingest.walking import walk

__all__ = ["take", "walk"]
