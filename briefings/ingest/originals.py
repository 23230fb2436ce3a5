"""The originals: every file as it came in, addressed by its content."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from briefings.errors import UsageError
from briefings.ingest.names import shown
from briefings.records.document import Original

CHUNK = 1 << 20


def take(path: Path, home: Path) -> Original:
    """Keep the bytes of ``path`` under ``home/originals/ab/<sha256>`` and say whether they were known already.

    ``UsageError`` when ``path`` is no regular file or cannot be read.
    """
    return keep(_open(path), path.name, home)


def keep(descriptor: int, name: str, home: Path) -> Original:
    """Keep what is read from ``descriptor``, which is closed, of a file called ``name``; see ``take``.

    The bytes are hashed while they are copied, written through to the disk and then renamed, so that a file under its
    sha256 is always whole.
    """
    originals = home / "originals"
    with os.fdopen(descriptor, "rb") as incoming:
        originals.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix="incoming-", dir=originals)
        temporary = Path(beside)
        try:
            with os.fdopen(handle, "wb") as kept:
                sha256, size = hashlib.sha256(), 0
                while chunk := incoming.read(CHUNK):
                    sha256.update(chunk)
                    kept.write(chunk)
                    size += len(chunk)
                kept.flush()
                os.fsync(kept.fileno())
            digest = sha256.hexdigest()
            target = originals / digest[:2] / digest
            known = target.exists() and target.stat().st_size == size
            if not known:
                target.parent.mkdir(exist_ok=True)
                temporary.chmod(0o644)
                temporary.replace(target)
                _settle(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    return Original(sha256=digest, name=shown(name), size=size, path=target, known=known)


def _open(path: Path) -> int:
    """A descriptor of ``path``; a pipe is opened without waiting, so that a named one cannot stop us."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        raise UsageError(f"找不到文件：{shown(path)}") from None
    except OSError as error:
        raise UsageError(f"文件打不开（{error.strerror}）：{shown(path)}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UsageError(f"只接收普通文件：{shown(path)}")
    return descriptor


def _settle(folder: Path) -> None:
    """Write the folder's entry through to the disk: the rename must survive a power cut as the bytes do."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
