"""The manifest of an edition: what its folder must hold, byte for byte."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from briefings.records.problem import Problem

NAME = "manifest.json"


def canonical(data: object) -> bytes:
    """``data`` as JSON with sorted keys: the same data gives the same bytes."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def digest(data: bytes) -> str:
    """The sha256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def manifest_of(
    briefing: str, edition: str, mark: str, files: Mapping[str, bytes], extra: Mapping[str, object]
) -> bytes:
    """The manifest's bytes: what the caller says (inputs, versions, fonts, audit) and every file's sha256 and size."""
    listed = {name: {"sha256": digest(data), "bytes": len(data)} for name, data in files.items()}
    said = {"briefing": briefing, "edition": edition, "fingerprint": mark, "files": listed}
    return canonical({**extra, **said})


def read_manifest(folder: Path) -> dict[str, object] | None:
    """The manifest of ``folder``; None where there is none that can be read."""
    try:
        data = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and isinstance(data.get("files"), dict) else None


def file_digests(manifest: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The files of a manifest with their sha256, by name."""
    files = manifest["files"]
    assert isinstance(files, dict)
    return tuple((name, str(entry["sha256"])) for name, entry in sorted(files.items()))


def verify(folder: Path) -> tuple[Problem, ...]:
    """Where ``folder`` is not what its manifest says: missing, changed and foreign files; empty when it is whole."""
    manifest = read_manifest(folder)
    if manifest is None:
        return (_problem("manifest", f"版本“{folder.name}”没有可读的清单 {NAME}。"),)
    expected = dict(file_digests(manifest))
    problems = []
    for name, known in expected.items():
        try:
            actual = digest((folder / name).read_bytes())
        except OSError:
            problems.append(_problem("file_missing", f"版本“{folder.name}”缺少文件 {name}。"))
            continue
        if actual != known:
            problems.append(
                _problem("file_changed", f"版本“{folder.name}”的文件 {name} 与清单不符，已被改动。")
            )
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(present - expected.keys() - {NAME}):
        if Path(name).name.startswith((".", "~$")):
            continue  # Word and file managers leave such files beside a document that is merely looked at.
        problems.append(_problem("file_foreign", f"版本“{folder.name}”多出清单之外的文件 {name}。"))
    return tuple(problems)


def _problem(code: str, sentence: str) -> Problem:
    return Problem(code, sentence, "deliver", "error")
