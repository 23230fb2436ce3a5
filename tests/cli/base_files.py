"""Word base files as people leave them: edited through their XML, saved again by LibreOffice."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile


def edited(path: Path, change: Callable[[str], str], part: str = "word/document.xml") -> None:
    """Change one part of the Word file at ``path``."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def saved_by_libreoffice(path: Path, home: Path) -> None:
    """Open the Word file and save it, as an office does that has LibreOffice."""
    out = home / "saved"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{home}/profile",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    path.write_bytes((out / path.name).read_bytes())


def with_other_ids(path: Path) -> None:
    """Give every style another id, as a Chinese Word does when it saves; the names stay."""
    with ZipFile(path) as package:
        styles = package.read("word/styles.xml").decode()
        names = package.namelist()
    ids = {old: f"a{n}" for n, old in enumerate(re.findall(r'w:styleId="([^"]+)"', styles))}

    def renamed(text: str) -> str:
        def new(match: re.Match[str]) -> str:
            return f'{match[1]}="{ids.get(match[2], match[2])}"'

        text = re.sub(r'(w:styleId)="([^"]+)"', new, text)
        return re.sub(
            r'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link|numStyleLink|styleLink) w:val)="([^"]+)"',
            new,
            text,
        )

    for name in names:
        if re.fullmatch(r"word/(styles|document|numbering|header\d*|footer\d*)\.xml", name):
            with ZipFile(path) as package:
                text = package.read(name).decode()
            if renamed(text) != text:
                edited(path, renamed, name)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of WordprocessingML."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"
