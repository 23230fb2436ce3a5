"""Publish editions: immutable folders, built beside and renamed into place, with a pointer to the latest."""

from briefings.deliver.editions import editions, fingerprint, finish, latest, lineage, publish
from briefings.deliver.manifest import read_manifest, verify

__all__ = ["editions", "fingerprint", "finish", "latest", "lineage", "publish", "read_manifest", "verify"]
