"""Tests of ``briefings diff`` and ``briefings impact``, with real builds in a workspace."""

import json
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import COMMERCE, EDUCATION, ORDER, Ran

from briefings.cli.group import group
from briefings.errors import BriefingsError


def briefings(*words: str | Path, at: Path) -> Ran:
    """Call ``briefings`` with ``words`` in the workspace ``at``, in this process."""
    ran = CliRunner().invoke(group, ["-C", str(at), *map(str, words)], standalone_mode=False)
    match ran.exception:
        case None:
            return Ran(0, ran.stdout, ran.stderr)
        case SystemExit():
            return Ran(int(ran.exception.code or 0), ran.stdout, ran.stderr)
        case BriefingsError() | click.ClickException():
            return Ran(ran.exception.exit_code, ran.stdout, f"{ran.stderr}{ran.exception}")
        case unexpected:
            raise unexpected


def write(home: Path, name: str, text: str) -> Path:
    """A file of the workspace."""
    (home / name).write_text(text, encoding="utf-8")
    return home / name


def build(at: Path) -> str:
    """The id of the edition that a build leaves as the latest."""
    ran = briefings("build", "--json", at=at)
    assert ran.code == 0, ran.err
    return str(ran.rows()[0]["edition"])


def fact(at: Path, surface: str) -> str:
    """The id of the fact whose words are ``surface``."""
    return str(next(r for r in briefings("facts", "--json", at=at).rows() if r["surface"] == surface)["id"])


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A workspace whose briefing has been made six times, each time for another reason; its editions, oldest first."""
    home = tmp_path_factory.mktemp("lived")
    write(home, "briefings.toml", ORDER + 'formats = ["html"]\n')
    briefings("add", write(home, "教育局.txt", EDUCATION), at=home)
    made = [build(home)]
    briefings("add", write(home, "商务局.txt", COMMERCE), at=home)
    made.append(build(home))
    briefings("add", write(home, "商务局二.txt", COMMERCE.replace("486.2亿元", "487.9亿元")), at=home)
    made.append(build(home))
    said = ("--reason", "核对台账", "--author", "李明")
    briefings("correct", fact(home, "58.5%"), "--set", "value=85.5", *said, at=home)
    made.append(build(home))
    write(home, "briefings.toml", ORDER + 'formats = ["html"]\noffice = "研究室"\n')
    made.append(build(home))
    (home / "styles").mkdir()
    write(home, "styles/own.css", "p { color: black }")
    made.append(build(home))
    return home, made


@pytest.fixture
def workspace(lived: tuple[Path, list[str]], tmp_path: Path) -> tuple[Path, list[str]]:
    """A copy of it to change."""
    shutil.copytree(lived[0], tmp_path / "w", symlinks=True)
    return tmp_path / "w", lived[1]


def test_every_edition_says_its_changes_against_the_one_before(lived: tuple[Path, list[str]]) -> None:
    """In its manifest and in its pages; the first says nothing; each is another edition."""
    home, made = lived
    assert len(set(made)) == 6
    for before, edition in zip(["", *made], made, strict=False):
        folder = home / "output/half-year" / edition
        assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["previous"] == before
        page = (folder / "half-year.html").read_text(encoding="utf-8")
        assert ("本期变化" in page) == bool(before)
        assert f"上一版（{before}）" in re.sub("<[^>]+>", "", page) or not before


def test_building_again_makes_no_new_edition(workspace: tuple[Path, list[str]]) -> None:
    """Though the edition before is among what the latest is made from."""
    home, made = workspace
    [row] = briefings("build", "--json", at=home).rows()
    assert (row["edition"], row["new"]) == (made[-1], False)


def test_a_damaged_edition_is_made_again_as_it_was(workspace: tuple[Path, list[str]]) -> None:
    """Against the same edition before it, to the same bytes."""
    home, made = workspace
    page = home / "output/half-year" / made[-1] / "half-year.html"
    whole = page.read_bytes()
    page.chmod(0o644)
    page.write_bytes(b"<p>")
    assert build(home) == made[-1]
    assert page.read_bytes() == whole


def test_back_to_what_was_before_is_an_edition_of_its_own(workspace: tuple[Path, list[str]]) -> None:
    """It says what changed back."""
    home, made = workspace
    (home / "styles/own.css").unlink()
    again = build(home)
    assert again not in made
    folder = home / "output/half-year" / again
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["previous"] == made[-1]


@pytest.mark.parametrize(
    ("at", "reason", "numbers"),
    [
        (1, "new_source", 9),
        (2, "replaced_source", 1),
        (3, "correction", 1),
        (4, "order", 0),
        (5, "template", 0),
    ],
)
def test_each_step_has_its_cause(lived: tuple[Path, list[str]], at: int, reason: str, numbers: int) -> None:
    """And as many numbers new or changed."""
    home, made = lived
    [told] = briefings("diff", "half-year", made[at - 1], made[at], "--json", at=home).rows()
    assert (told["from"], told["to"]) == (made[at - 1], made[at])
    assert [c["reason"] for c in told["causes"]] == [reason]
    seen = [n for n in told["numbers"] if n["change"] in ("new", "changed")]
    assert len(seen) == numbers
    assert {n["cause"]["reason"] for n in seen} <= {reason}
    assert not any(n["change"] == "gone" for n in told["numbers"])


def test_people_see_both_values_and_why(lived: tuple[Path, list[str]]) -> None:
    """By the beginning of an id, or of its last part."""
    home, made = lived
    ran = briefings("diff", "half-year", made[2].rpartition("-")[2][:6], made[3], at=home)
    assert ran.code == 0
    assert "correction c1 (set) by 李明: 核对台账" in ran.out
    [row] = [line for line in ran.out.splitlines() if line.startswith(" changed   临澜市教育局")][:1]
    assert row.split() == [
        "changed",
        "临澜市教育局",
        "优质园比例",
        "58.5%",
        "85.5%",
        "correction",
        "c1",
        "yes",
    ]
    ran = briefings("diff", "half-year", made[1], made[2], at=home)
    assert "replaced source: 商务局.txt → 商务局二.txt" in ran.out
    assert "486.2亿元" in ran.out and "487.9亿元" in ran.out


def test_without_editions_named_it_is_the_two_newest(lived: tuple[Path, list[str]]) -> None:
    """By the order in which they were made, not by their names."""
    home, made = lived
    [told] = briefings("diff", "half-year", "--json", at=home).rows()
    assert (told["from"], told["to"]) == (made[-2], made[-1])
    [told] = briefings("diff", "half-year", made[0], "--json", at=home).rows()
    assert (told["from"], told["to"]) == (made[0], made[-1])


def test_what_cannot_be_compared_is_said(workspace: tuple[Path, list[str]], tmp_path: Path) -> None:
    """An unknown edition, an unknown briefing, none made yet, only one, a damaged one."""
    home, made = workspace
    ran = briefings("diff", "half-year", made[0][:-1] + "x", at=home)
    assert (ran.code, made[0] in ran.err) == (2, True)
    ran = briefings("diff", "half-year", made[1][:10], at=home)
    assert (ran.code, "begins several editions" in ran.err) == (2, True)
    ran = briefings("diff", "half-yaer", at=home)
    assert (ran.code, "Did you mean 'half-year'?" in ran.err) == (5, True)
    record = home / "output/half-year" / made[-1] / "facts.jsonl"
    record.chmod(0o644)
    record.write_text("", encoding="utf-8")
    ran = briefings("diff", "half-year", at=home)
    assert (ran.code, "facts.jsonl" in ran.err) == (1, True)
    write(tmp_path, "briefings.toml", ORDER + 'formats = ["html"]\n')
    assert briefings("diff", "half-year", at=tmp_path).code == 2
    briefings("add", write(tmp_path, "教育局.txt", EDUCATION), at=tmp_path)
    build(tmp_path)
    ran = briefings("diff", "half-year", at=tmp_path)
    assert (ran.code, ran.out, "only edition" in ran.err) == (0, "", True)


def test_impact_tells_what_a_file_would_change_and_keeps_nothing(workspace: tuple[Path, list[str]]) -> None:
    """New, replaced, known and unreadable files; the store, the originals and the output stay as they were."""
    home, made = workspace
    new = write(home, "体育局.txt", EDUCATION.replace("教育局", "体育局").replace("12所", "15所"))
    version = write(home, "商务局三.txt", COMMERCE.replace("22.7%", "23.1%"))
    empty = write(home, "空.txt", "")
    held = {p: p.read_bytes() for p in (home / ".briefings").rglob("*") if p.is_file()}
    ran = briefings("impact", new, version, home / "教育局.txt", empty, at=home)
    assert ran.code == 4
    assert "教育局.txt: taken in already" in ran.out
    assert "空.txt: cannot be read" in ran.out
    assert f"half-year, against {made[-1]}:" in ran.out
    assert "商务局三.txt replaces 商务局二.txt" in ran.out
    assert "15所" in ran.out
    changed = [line.split() for line in ran.out.splitlines() if line.startswith(" changed")]
    assert [row[2:5] for row in changed] == [
        ["进出口总额", "487.9亿元", "486.2亿元"], ["进出口总额", "22.7%", "23.1%"],
    ]  # fmt: skip
    assert "would change; nothing was taken in" in ran.err
    assert {p: p.read_bytes() for p in (home / ".briefings").rglob("*") if p.is_file()} == held
    assert briefings("build", "--json", at=home).rows()[0]["new"] is False


def test_impact_for_programs_and_where_nothing_changes(workspace: tuple[Path, list[str]]) -> None:
    """An object a file, then one a briefing; a document of another period changes none."""
    home, _ = workspace
    other = write(
        home, "旧.txt", EDUCATION.replace("2021年上半年", "2019年上半年").replace("2021-07", "2019-07")
    )
    file, told = briefings("impact", other, "--json", at=home).rows()
    assert (file["state"], file["facts"]) == ("readable", 9)
    assert (told["briefing"], told["changes"], told["waiting"]) == ("half-year", False, False)
    ran = briefings("impact", other, at=home)
    assert (ran.code, "No briefing would change." in ran.err) == (0, True)


def test_impact_tells_only_what_the_files_do(workspace: tuple[Path, list[str]]) -> None:
    """A correction that waits for the next build is not theirs; and what cannot be named is a usage error."""
    home, _ = workspace
    briefings(
        "correct", fact(home, "9.2%"), "--set", "value=9.4", "--reason", "误", "--author", "李", at=home
    )
    version = write(home, "商务局三.txt", COMMERCE.replace("22.7%", "23.1%"))
    _, told = briefings("impact", version, "--json", at=home).rows()
    assert told["waiting"] is True
    assert not any(n["change"] == "changed" and n["after"]["surface"] == "9.2%" for n in told["numbers"])
    assert briefings("impact", home / "没有.txt", at=home).code == 2


def test_impact_on_an_empty_workspace_makes_no_store(tmp_path: Path) -> None:
    """Everything would be new; the order's period without documents is no error."""
    write(tmp_path, "briefings.toml", ORDER)
    ran = briefings("impact", write(tmp_path, "教育局.txt", EDUCATION), at=tmp_path)
    assert (ran.code, "numbers: 9 new" in ran.out) == (0, True)
    assert not (tmp_path / ".briefings").exists()
