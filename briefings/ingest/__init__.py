"""Takes files in: originals are kept byte for byte under their sha256, the same bytes once."""

from briefings.ingest.names import shown
from briefings.ingest.originals import take
from briefings.ingest.walking import Left, walk

__all__ = ["Left", "shown", "take", "walk"]
