"""What a PDF says of itself: size, properties, standards, attachments, syntax (checks 1, 7, 8, 15, 18, 19, 21)."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from briefings.inspect.portable import Portable
from briefings.inspect.verdicts import counted, judged
from briefings.records.inspection import Result, Spot

A4 = (595.28, 841.89)
HALF = 0.5
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"


def metadata(file: Portable) -> tuple[Result, ...]:
    """Checks 1, 7, 8, 15, 18, 19 and 21."""
    root = file.objects.Root
    shown = bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
    untabbed = [at for at, page in enumerate(file.objects.pages, 1) if str(page.get("/Tabs", "")) != "/S"]
    errors = file.objects.check_pdf_syntax()
    return (
        _size(file),
        _properties(file),
        judged(8, () if shown else (Spot("viewer preferences", "DisplayDocTitle is not set"),), f"title shown: {shown}"),
        judged(15, (Spot(f"page {at}", "no /Tabs /S") for at in untabbed), counted(len(file.pages), "page")),
        _standards(file),
        _attachments(file),
        judged(21, (Spot("file", str(error)) for error in errors), counted(len(errors), "error")),
    )  # fmt: skip


def _size(file: Portable) -> Result:
    sizes = Counter((round(page.width, 1), round(page.height, 1)) for page in file.pages)
    wrong = (
        Spot(f"page {page.number}", f"{page.width:.1f} × {page.height:.1f} pt")
        for page in file.pages
        if any(abs(a - b) > HALF for a, b in zip(sorted((page.width, page.height)), A4, strict=True))
    )
    said = ", ".join(
        f"{counted(count, 'page')} {width:g} × {height:g} pt" for (width, height), count in sizes.items()
    )
    return judged(1, wrong, said)


def _properties(file: Portable) -> Result:
    """The properties, once in the document information, once in XMP."""
    info = file.objects.docinfo
    briefing = file.beside.briefing
    author = briefing is not None and bool(briefing.office)
    wanted = ["Title", "Subject", *(["Author"] if author else []), *(["Keywords"] if _keyed(file) else [])]
    missing = [name for name in wanted if not str(info.get(f"/{name}", "")).strip()]
    spots = [Spot("properties", f"no {name.lower()}") for name in missing]
    language = str(file.objects.Root.get("/Lang", ""))
    if not language:
        spots.append(Spot("catalog", "no language"))
    with file.objects.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        pairs = (("Title", "dc:title"), ("Subject", "dc:description"), ("Keywords", "pdf:Keywords"))
        for name, key in pairs:
            inside, outside = str(info.get(f"/{name}", "")), str(xmp.get(key, "") or "")
            if inside.strip() and outside.strip() != inside.strip():
                spots.append(Spot("XMP", f"{key} {'differs' if outside else 'is missing'}"))
    have = [
        name.lower()
        for name in ("Title", "Subject", "Author", "Keywords")
        if str(info.get(f"/{name}", "")).strip()
    ]
    return judged(7, spots, f"{', '.join(have) or 'none'}; language {language or 'none'}")


def _keyed(file: Portable) -> bool:
    briefing = file.beside.briefing
    return briefing is None or bool(briefing.keywords)


def _standards(file: Portable) -> Result:
    spots = []
    with file.objects.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        part, level = str(xmp.get("pdfaid:part", "")), str(xmp.get("pdfaid:conformance", ""))
        accessible = str(xmp.get(_PDFUA, ""))
    if (part, level) != ("3", "A"):
        spots.append(Spot("XMP", f"PDF/A-{part}{level.lower()}" if part else "no PDF/A"))
    if accessible != "1":
        spots.append(Spot("XMP", f"PDF/UA-{accessible}" if accessible else "no PDF/UA"))
    intents = len(file.objects.Root.get("/OutputIntents", []))
    if not intents:
        spots.append(Spot("catalog", "no output intent"))
    measured = (
        f"PDF/A-{part or '–'}{level.lower()}, PDF/UA-{accessible or '–'}, {counted(intents, 'output intent')}"
    )
    return judged(18, spots, measured)


def _attachments(file: Portable) -> Result:
    """Those of the catalog's /AF; a file that is in the name tree only is not associated with the document."""
    listed = list(file.objects.Root.get("/AF", []))
    names = [_name(spec) for spec in listed]
    spots = [Spot(name, f"listed {count} times") for name, count in Counter(names).items() if count > 1]
    spots += [
        Spot(name, "attached, but not associated")
        for name in sorted(set(file.objects.attachments) - set(names))
    ]
    seen: set[str] = set()
    for name, spec in zip(names, listed, strict=True):
        if name not in seen:
            seen.add(name)
            spots += _attached(file, name, spec)
    if not listed and not spots:
        spots.append(Spot("catalog", "nothing is attached"))
    return judged(19, spots, ", ".join(sorted(set(names))) or "none")


def _attached(file: Portable, name: str, spec: Any) -> Iterator[Spot]:
    relation = str(spec.get("/AFRelationship", ""))
    if relation not in ("/Data", "/Source"):
        yield Spot(name, f"related as {relation or 'nothing'}")
    try:
        embedded = spec["/EF"]["/F"]
        data = embedded.read_bytes()
    except (KeyError, ValueError) as error:
        yield Spot(name, f"cannot be read: {error}")
        return
    kept = embedded.get("/Params", {}).get("/CheckSum")
    if kept is None or bytes(kept) != hashlib.md5(data, usedforsecurity=False).digest():
        yield Spot(name, "no digest" if kept is None else "the digest is not that of the data")
    known = file.beside.digests.get(name)
    if known and known != hashlib.sha256(data).hexdigest():
        yield Spot(name, "not the file of the same name in the edition")


def _name(spec: Any) -> str:
    return str(spec.get("/UF", spec.get("/F", "?")))
