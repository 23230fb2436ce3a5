"""Tests of the commands that make and prove briefings: a whole journey, in processes of its own."""

import json
import shutil
from pathlib import Path

import pytest
from commands import EDUCATION, ORDER, briefings


def test_an_edition_holds_every_format_and_its_proof(built: Path) -> None:
    """The manifest names each file with its hash; latest points to the edition."""
    folder = built / "output" / "half-year" / "latest"
    names = {p.name for p in folder.iterdir()}
    assert names == {
        "half-year.pdf", "half-year.docx", "half-year.html", "half-year.xlsx",
        "briefing.json", "facts.jsonl", "measures.jsonl", "sources.json", "manifest.json",
    }  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert {a["file"] for a in manifest["audit"]} == {n for n in names if n.startswith("half-year.")}


def test_nothing_changed_makes_no_new_edition(built: Path) -> None:
    """The second build says so and writes nothing."""
    before = sorted((built / "output" / "half-year").iterdir())
    [row] = briefings("build", "half-year", "--json", at=built).rows()
    assert row["new"] is False
    assert sorted((built / "output" / "half-year").iterdir()) == before


def test_the_same_input_makes_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Another workspace, another time: every file is the same."""
    for name in ("briefings.toml", "a.txt", "b.txt"):
        shutil.copy(built / name, tmp_path / name)
    briefings("add", tmp_path / "b.txt", tmp_path / "a.txt", at=tmp_path)
    [row] = briefings("build", "--json", at=tmp_path).rows()
    listed = [row] and row["files"]
    manifest = json.loads((built / "output/half-year/latest/manifest.json").read_text(encoding="utf-8"))
    assert listed == {name: entry["sha256"] for name, entry in manifest["files"].items()}


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx"])
def test_every_number_of_a_produced_file_is_proved(built: Path, ending: str) -> None:
    """An untouched file passes."""
    ran = briefings("audit", built / f"output/half-year/latest/half-year.{ending}", at=built)
    assert ran.code == 0, ran.out + ran.err


def test_a_number_changed_in_the_word_file_is_found(built: Path, tmp_path: Path) -> None:
    """Exit code 3, the number and its place."""
    from docx import Document

    edition = tmp_path / "edition"
    shutil.copytree((built / "output/half-year/latest").resolve(), edition)
    path = edition / "half-year.docx"
    path.chmod(0o644)
    document = Document(str(path))
    changed = 0
    for paragraph in document.element.body.iter("{*}t"):
        if paragraph.text and "486.2" in paragraph.text and not changed:
            paragraph.text = paragraph.text.replace("486.2", "468.2")
            changed += 1
    assert changed
    document.save(str(path))
    ran = briefings("audit", path, "--json", at=built)
    assert ran.code == 3
    assert "468.2" in {r["number"] for r in ran.rows()}


def test_a_template_with_a_number_of_its_own_holds_the_edition(built: Path, tmp_path: Path) -> None:
    """A workspace's template goes first; what it prints without a source is found, and nothing is published."""
    from briefings.settings import packed_assets

    for name in ("a.txt", "b.txt"):
        shutil.copy(built / name, tmp_path / name)
    (tmp_path / "briefings.toml").write_text(ORDER + 'formats = ["pdf"]\n', encoding="utf-8")
    shutil.copytree(packed_assets()[0] / "templates/briefing", tmp_path / "templates/briefing")
    page = tmp_path / "templates/briefing/briefing.html.j2"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<main>", "<main><p>全市财政收入4711.5亿元。</p>", 1), encoding="utf-8")
    briefings("add", tmp_path / "a.txt", tmp_path / "b.txt", at=tmp_path)
    ran = briefings("build", at=tmp_path)
    assert ran.code == 3
    assert "4711.5" in ran.err
    assert "half-year.pdf" in ran.err
    assert not (tmp_path / "output/half-year/latest").exists()


def test_a_broken_template_names_itself(built: Path, tmp_path: Path) -> None:
    """Exit code 5, the template and the line."""
    shutil.copy(built / "a.txt", tmp_path / "a.txt")
    (tmp_path / "briefings.toml").write_text(ORDER + 'formats = ["html"]\n', encoding="utf-8")
    (tmp_path / "templates/briefing").mkdir(parents=True)
    (tmp_path / "templates/briefing/briefing.html.j2").write_text(
        "<p>\n{{ briefing.titel }}\n", encoding="utf-8"
    )
    briefings("add", tmp_path / "a.txt", at=tmp_path)
    ran = briefings("build", at=tmp_path)
    assert ran.code == 5
    assert "briefing.html.j2" in ran.err
    assert "titel" in ran.err


def test_list_shows_what_there_is(built: Path) -> None:
    """One edition, and where it is."""
    [row] = briefings("list", "--json", at=built).rows()
    assert (row["id"], row["editions"]) == ("half-year", 1)
    assert Path(row["folder"]).is_dir()


def test_init_writes_once(tmp_path: Path) -> None:
    """What is there is left as it is."""
    assert briefings("init", at=tmp_path).code == 0
    text = (tmp_path / "briefings.toml").read_text(encoding="utf-8")
    assert "[[briefing]]" in text
    again = briefings("init", at=tmp_path)
    assert again.code == 2
    assert (tmp_path / "briefings.toml").read_text(encoding="utf-8") == text


def test_a_briefing_about_nothing_is_said_so(tmp_path: Path) -> None:
    """The sentence names the period and what the store holds."""
    (tmp_path / "briefings.toml").write_text(ORDER.replace("2021-H1", "2019-H1"), encoding="utf-8")
    (tmp_path / "a.txt").write_text(EDUCATION, encoding="utf-8")
    briefings("add", tmp_path / "a.txt", at=tmp_path)
    ran = briefings("build", at=tmp_path)
    assert ran.code == 2
    assert "2019-H1" in ran.err
    assert "2021-H1" in ran.err


def test_a_wrong_key_ends_with_the_code_of_configuration(tmp_path: Path) -> None:
    """Exit code 5 and a suggestion."""
    (tmp_path / "briefings.toml").write_text(ORDER + 'tilte = "x"\n', encoding="utf-8")
    ran = briefings("list", at=tmp_path)
    assert ran.code == 5
    assert "Did you mean 'title'?" in ran.err


def test_an_unknown_command_has_a_suggestion(tmp_path: Path) -> None:
    """A mistyped command is a usage error."""
    ran = briefings("bild", at=tmp_path)
    assert ran.code == 2
    assert "Did you mean 'build'?" in ran.err
