"""``briefings templates`` as a person runs it: list, copy, lint, diff, preview, reset; and what the doctor says."""

import email
import email.policy
from pathlib import Path

from commands import briefings


def test_from_a_copy_and_back(tmp_path: Path) -> None:
    """A packed file is copied, spoilt, found out, set against the packed one, moved aside; nothing is overwritten or lost."""
    copied = briefings("templates", "copy", "official.html.j2", at=tmp_path)
    mine = tmp_path / "templates/briefing/official.html.j2"
    assert copied.code == 0 and copied.out.strip() == str(mine)
    assert briefings("templates", "copy", "official.html.j2", at=tmp_path).code == 2
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("{{ m.issue }}", "{{ m.isue }}"), encoding="utf-8")
    (line,) = [n for n, row in enumerate(text.splitlines(), 1) if "{{ m.issue }}" in row]

    linted = briefings("templates", "lint", "--json", "official.html.j2", at=tmp_path)
    assert linted.code == 5
    (fault,) = linted.rows()
    assert fault == {
        "template": "templates/briefing/official.html.j2",
        "place": f"第{line}行",
        "tag": "m.isue",
        "sentence": "没有这个属性。是否要写“issue”？",
        "severity": "error",
        "path": str(mine),
    }
    doctor = briefings("doctor", "--json", at=tmp_path)
    (check,) = [row for row in doctor.rows() if row["name"] == "templates"]
    assert doctor.code == 1 and check["state"] == "failed" and "m.isue" in check["detail"]

    differs = briefings("templates", "diff", "official.html.j2", at=tmp_path).out.splitlines()
    assert [row for row in differs[2:] if row[0] in "+-"] == [
        '-<p class="issue">{{ m.issue }}</p>',
        '+<p class="issue">{{ m.isue }}</p>',
    ]
    listed = {
        row["name"]: row["used"] for row in briefings("templates", "list", "--json", at=tmp_path).rows()
    }
    assert [name for name, used in listed.items() if used != "packed"] == [
        "templates/briefing/official.html.j2"
    ]
    for aside in (".bak", ".2.bak"):
        assert briefings("templates", "reset", "official.html.j2", at=tmp_path).code == 0
        assert not mine.exists() and mine.with_name(mine.name + aside).is_file()
        assert briefings("templates", "copy", "official.html.j2", at=tmp_path).code == 0


def test_all_are_good(tmp_path: Path) -> None:
    """The packed ones, the pages of the web among them; a name that is none is a usage error with a suggestion."""
    ran = briefings("templates", "lint", at=tmp_path)
    assert ran.code == 0
    number = int(ran.out.split()[1])
    assert ran.out == f"All {number} templates are good.\n" and number > 40
    unknown = briefings("templates", "lint", "ofical.docx", at=tmp_path)
    assert unknown.code == 2 and "'official.docx'" in unknown.err


def test_a_word_file_against_the_packed_one(tmp_path: Path) -> None:
    """Its placeholders, styles and text are told, not its bytes."""
    from base_files import edited

    assert briefings("templates", "copy", "official.docx", at=tmp_path).code == 0
    base = tmp_path / "templates/word/official.docx"
    assert briefings("templates", "diff", "official.docx", at=tmp_path).out == ""
    edited(base, lambda xml: xml.replace("报送：{{masthead.report_to}}", "呈送：{{masthead.report_to}}"))
    edited(base, lambda xml: xml.replace('w:val="红头刊名"', 'w:val="我处刊名"'), "word/styles.xml")
    rows = briefings("templates", "diff", "official.docx", at=tmp_path).out.splitlines()[2:]
    assert [row for row in rows if "送：" in row and row[0] in "+-"] == [
        "-word/document.xml [版记首] 报送：{{masthead.report_to}}",
        "+word/document.xml [版记首] 呈送：{{masthead.report_to}}",
    ]
    assert "-样式 红头刊名（paragraph）" in rows and "+样式 我处刊名（paragraph）" in rows


def test_a_preview_of_letters(tmp_path: Path) -> None:
    """Only what the named template goes into is made; it says of itself that it is a specimen, and is the same each time."""
    folder = tmp_path / "shown"
    ran = briefings("templates", "preview", "body.txt.j2", "-o", folder, at=tmp_path)
    assert ran.code == 0, ran.err
    assert [Path(row).name for row in ran.out.splitlines()] == [
        f"{name}.{ending}" for name in ("letter", "letter.en") for ending in ("eml", "txt", "html")
    ]
    message = email.message_from_bytes((folder / "letter.eml").read_bytes(), policy=email.policy.default)
    assert "样张" in str(message["Subject"])
    assert not (tmp_path / "output").exists()


def test_a_preview_of_a_base_file(tmp_path: Path) -> None:
    """The Word file of the official theme in both languages, with the workspace's own words."""
    from base_files import edited
    from docx import Document

    assert briefings("templates", "copy", "official.docx", at=tmp_path).code == 0
    edited(
        tmp_path / "templates/word/official.docx",
        lambda xml: xml.replace("{{masthead.name}}", "临澜内参　{{masthead.name}}"),
    )
    ran = briefings("templates", "preview", "official.docx", "-o", tmp_path / "shown", at=tmp_path)
    assert ran.code == 0, ran.err
    made = [Path(row) for row in ran.out.splitlines()]
    assert [path.name for path in made] == ["specimen-official.docx", "specimen-official.en.docx"]
    assert "临澜内参　样张简报" in [p.text for p in Document(str(made[0])).paragraphs]
