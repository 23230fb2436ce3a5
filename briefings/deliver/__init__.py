"""Publish editions: immutable folders, built beside and renamed into place, with a pointer to the latest."""

from briefings.deliver.editions import editions, fingerprint, latest, publish
from briefings.deliver.manifest import verify

__all__ = ["editions", "fingerprint", "latest", "publish", "verify"]
