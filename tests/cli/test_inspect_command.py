"""``briefings inspect`` as a person runs it: the table, JSON, some checks only, foreign files, the help."""

from pathlib import Path

from commands import briefings


def produced(built: Path, ending: str) -> Path:
    """A file of the latest edition."""
    return built / f"output/half-year/latest/half-year.{ending}"


def test_a_table_in_80_columns(built: Path) -> None:
    """Number, result, name and figures of each check, and what the marks mean."""
    ran = briefings("inspect", produced(built, "pdf"), "--only", "1-6,25,30-34,49", at=built)
    assert ran.code == 0, ran.out
    lines = ran.out.splitlines()
    assert lines[0].endswith("half-year.pdf (pdf, modern)")
    assert [line[:3].strip() for line in lines if line[:3].strip().isdecimal()] == [
        "1", "2", "3", "4", "5", "6", "25", "30", "31", "32", "33", "34", "49",
    ]  # fmt: skip
    assert " 30 ✔ numbers proved           " in ran.out and "  5 · fallback characters" in ran.out
    assert all(len(line) <= 80 for line in lines[1:])
    assert "✔ pass" in lines[-1] or "✔ pass" in lines[-2]


def test_what_fails_is_shown_with_its_places(built: Path, tmp_path: Path) -> None:
    """A number that was changed in the edition's file, seen by the audit; the exit code is 3, the file is told apart."""
    data = produced(built, "docx").read_bytes()
    folder = tmp_path / "edition"
    folder.mkdir()
    for file in produced(built, "docx").resolve().parent.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as package, ZipFile(folder / "half-year.docx", "w") as spoilt:
        for info in package.infolist():
            text = package.read(info)
            if info.filename == "word/document.xml":
                assert b"486.2" in text
                text = text.replace(b"486.2", b"468.2")
            spoilt.writestr(info, text)
    ran = briefings("inspect", folder / "half-year.docx", "--only", "6,30,49", at=built)
    assert ran.code == 3
    assert "  6 ✘ text extracts" in ran.out and "→ number: 486.2亿元" in ran.out
    assert " 30 ✘ numbers proved" in ran.out and "468.2" in ran.out
    assert " 49 ✘ same bytes" in ran.out and "published as" in ran.out


def test_json_for_programs(built: Path) -> None:
    """One object a check of a file."""
    files = (produced(built, "pdf"), produced(built, "docx"))
    ran = briefings("inspect", *files, "--json", "--only", "1,41", at=built)
    assert ran.code == 0
    assert [(row["number"], row["result"]) for row in ran.rows()] == [
        (1, "pass"), (41, "not_applicable"), (1, "pass"), (41, "pass"),
    ]  # fmt: skip
    assert ran.rows()[0]["check"] == "A4" and ran.rows()[0]["places"] == []


def test_a_foreign_file(built: Path, tmp_path: Path) -> None:
    """Outside an edition nothing is proved, and it is said; what is no document is a sentence."""
    (tmp_path / "copy.pdf").write_bytes(produced(built, "pdf").read_bytes())
    ran = briefings("inspect", tmp_path / "copy.pdf", "--only", "1,30", at=built)
    assert ran.code == 0
    assert " 30 – numbers proved           the file lies in no edition" in ran.out
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    ran = briefings("inspect", tmp_path / "a.txt", at=built)
    assert (ran.code, ran.err) == (2, "briefings: a.txt is neither a PDF nor a Word file.\n")


def test_only_takes_numbers_of_checks(built: Path) -> None:
    """Anything else is an error in a sentence."""
    for words, said in (
        ("51", "There is no check 51"),
        ("x", "'x' is none"),
        ("7-2", "There is no check 7-2"),
    ):
        ran = briefings("inspect", produced(built, "pdf"), "--only", words, at=built)
        assert ran.code == 2 and said in ran.err


def test_the_help_lists_the_checks(built: Path) -> None:
    """Each with its number and what it holds a file to."""
    ran = briefings("inspect", "--help", at=built)
    assert ran.code == 0
    assert " 1 pdf+docx  A4: every page is 210 × 297 mm" in ran.out and "50 pdf+docx" in ran.out
