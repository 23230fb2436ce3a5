"""``briefings audit`` of a Word brief that came back edited, wherever it lies."""

import json
import shutil
from pathlib import Path
from typing import Any

from commands import briefings


def returned(built: Path, folder: Path, changes: dict[str, str], identifier: str | None = None) -> Path:
    """The produced file under another name in another folder, its words changed as an office would."""
    from docx import Document

    path = folder / "请领导审.docx"
    shutil.copy(built / "output/half-year/latest/half-year.docx", path)
    path.chmod(0o644)
    document: Any = Document(str(path))
    for old, new in changes.items():
        found = next(t for t in document.element.body.iter("{*}t") if old in (t.text or ""))
        found.text = found.text.replace(old, new)
    if identifier is not None:
        document.core_properties.identifier = identifier
        for relation in list(document.part.package.rels.values()):
            if relation.reltype.endswith("custom-properties"):
                document.part.package.rels.pop(relation.rId)
    document.save(str(path))
    return path


def test_an_unchanged_copy_passes_wherever_it_lies(built: Path, tmp_path: Path) -> None:
    """It names its edition itself; nothing is told."""
    ran = briefings("audit", returned(built, tmp_path, {}), at=built)
    assert ran.code == 0, ran.err
    assert "nothing changed" in ran.err


def test_an_altered_number_is_told_and_the_exit_code_is_3(built: Path, tmp_path: Path) -> None:
    """As a table for people, as JSON for programs."""
    path = returned(built, tmp_path, {"486.2": "468.2"})
    ran = briefings("audit", path, at=built)
    assert ran.code == 3
    assert "486.2" in ran.out
    assert "468.2" in ran.out
    ran = briefings("audit", path, "--json", at=built)
    assert ran.code == 3
    [row] = ran.rows()
    assert row["kind"] == "altered"
    assert row["held"] is True
    assert "486.2" in row["was"]
    assert "468.2" in row["is"]
    assert row["briefing"] == "half-year"


def test_a_file_that_does_not_say_what_it_was_is_named(built: Path, tmp_path: Path) -> None:
    """Without a name it is refused with the way out; with the briefing, or its edition, it is set against that."""
    path = returned(built, tmp_path, {}, identifier="")
    ran = briefings("audit", path, at=built)
    assert ran.code == 2
    assert "--edition" in ran.err
    assert briefings("audit", path, "--edition", "half-year", at=built).code == 0
    edition = (built / "output/half-year/latest").resolve().name
    assert briefings("audit", path, "--edition", f"half-year/{edition}", at=built).code == 0
    ran = briefings("audit", path, "--edition", "half-yaer", at=built)
    assert ran.code != 0
    assert "half-year" in ran.err
    assert briefings("audit", path, "--edition", "half-year/2001", at=built).code == 2


def test_a_known_number_is_told_with_its_source(built: Path, tmp_path: Path) -> None:
    """A fact of the workspace that the sentence speaks of."""
    rows = [json.loads(line) for line in briefings("facts", "--json", at=built).out.splitlines()]
    fact = next(f for f in rows if f["kind"] == "level" and f["unit"] and "." in f["value"])
    from docx import Document

    path = returned(built, tmp_path, {})
    document: Any = Document(str(path))
    document.add_paragraph(f"另据了解，{fact['indicator']}{fact['surface']}。")
    document.save(str(path))
    ran = briefings("audit", path, "--json", at=built)
    assert ran.code == 0, ran.out
    [known] = [r for r in ran.rows() if r["kind"] == "added_known"]
    assert known["fact"] == fact["id"]
    assert fact["surface"] in known["reason"]


def test_an_edition_whose_word_file_was_changed_in_its_folder_proves_nothing(
    built: Path, tmp_path: Path
) -> None:
    """What a file is set against has to be what was published."""
    home = tmp_path / "home"
    shutil.copytree(built, home, symlinks=True)
    path = returned(built, tmp_path, {})
    kept = (home / "output/half-year/latest").resolve() / "half-year.docx"
    kept.chmod(0o644)
    kept.write_bytes(returned(built, tmp_path, {"486.2": "468.2"}).read_bytes())
    ran = briefings("audit", path, at=home)
    assert ran.code not in (0, 3)
    assert "half-year.docx" in ran.err
