"""Everything an edition is made from, as digests: what its fingerprint and its manifest rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import __version__, walled
from briefings.gathering import lexicon_of
from briefings.records.material import Material

if TYPE_CHECKING:
    from briefings.records.edition import AuditReport
    from briefings.settings import Settings

LIBRARIES = ("weasyprint", "python-docx", "matplotlib", "xlsxwriter", "rapidfuzz")
_MADE_WITH = ("templates/briefing", "templates/word", "styles")
_OF_PAGES = frozenset({"source.css", "web.css"})


def made_of(material: Material, settings: Settings) -> dict[str, str]:
    """Everything an edition is made from, by name, as digests."""
    from importlib import metadata

    from briefings.records.codec import to_json

    lexicon = lexicon_of(settings)

    def digest(records: Iterable[object]) -> str:
        whole = hashlib.sha256()
        for record in records:
            whole.update(to_json(record).encode() + b"\n")
        return whole.hexdigest()

    return {
        "program": __version__,
        "order": to_json(material.order),
        "documents": digest(material.documents),
        "facts": digest(material.facts),
        "measures": digest(material.measures),
        "absent": "\n".join(material.absent),
        "corrections": digest(material.corrections),
        "decisions": digest(material.decisions),
        "assets": assets_digest(settings.search),
        "lexicons": digest((*lexicon.indicators, *lexicon.themes)),
        "data": files_digest(Path(__file__).parent / "data", "*.toml"),
        "phrases": files_digest(Path(__file__).parent / "data" / "phrases", "*.toml"),
        **({"libreoffice": _libreoffice()} if "docx" in material.order.formats else {}),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def _libreoffice() -> str:
    """The version of LibreOffice, which the pages in a Word file's contents rest on; "none" without it."""
    office = walled.libreoffice()
    return office.version if office else "none"


def manifest(
    material: Material,
    settings: Settings,
    inputs: Mapping[str, str],
    reports: Sequence[AuditReport],
    previous: str,
) -> dict[str, object]:
    """What the edition's folder says of how it was made, so that it can be made again and set against others."""
    from importlib import metadata

    from briefings import deliver
    from briefings.records.codec import to_data

    return {
        "versions": {
            "briefings": __version__,
            "libreoffice": _libreoffice(),
            **{name: metadata.version(name) for name in LIBRARIES},
        },
        "order": to_data(material.order),
        "inputs": {
            "sources": sorted({d.sha256 for d in material.documents}),
            "assets": assets_digest(settings.search),
            "files": assets(settings.search),
            "parts": {name: value for name, value in inputs.items() if name != "order"},
        },
        "made_from": deliver.fingerprint(inputs),
        "previous": previous,
        "audit": [{"file": r.file, "numbers": r.numbers, "origins": dict(r.origins)} for r in reports],
    }


def assets_digest(search: Sequence[Path]) -> str:
    """The sha256 over all templates and styles that a briefing is made with; those of letters and pages are others."""
    used = "".join(f"{name} {digest}\n" for name, digest in assets(search).items())
    return hashlib.sha256(used.encode()).hexdigest()


def assets(search: Sequence[Path]) -> dict[str, str]:
    """The sha256 of each template and style that is used, by its path: the first folder of ``search`` goes first."""
    found: dict[str, str] = {}
    for folder in search:
        for room in _MADE_WITH:
            for path in sorted((folder / room).glob("**/*")):
                if path.name.startswith(
                    (".", "~$")
                ):  # Word and editors leave these beside a file that is open
                    continue
                if (
                    path.is_file()
                    and path.suffix not in (".py", ".pyc", ".bak")
                    and path.name not in _OF_PAGES
                ):
                    name = path.relative_to(folder).as_posix()
                    found.setdefault(name, hashlib.sha256(path.read_bytes()).hexdigest())
    return dict(sorted(found.items()))


def files_digest(folder: Path, pattern: str) -> str:
    """The sha256 over the names and bytes of the files in ``folder`` that fit ``pattern``; programs are left out."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            whole.update(str(path.relative_to(folder)).encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
