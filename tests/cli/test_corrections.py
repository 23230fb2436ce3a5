"""Tests of correcting facts and metadata from the command line, through to the edition."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import COMMERCE, EDUCATION, ORDER, Ran

from briefings.cli.group import group
from briefings.errors import BriefingsError


def briefings(*words: str | Path, at: Path) -> Ran:
    """Call ``briefings`` with ``words`` in the workspace ``at``, in this process: starting one costs more than the work."""
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


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace that holds two summaries of one half-year."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "教育局.txt").write_text(EDUCATION, encoding="utf-8")
    (tmp_path / "in" / "商务局.txt").write_text(COMMERCE, encoding="utf-8")
    (tmp_path / "briefings.toml").write_text(ORDER, encoding="utf-8")
    assert briefings("add", tmp_path / "in", at=tmp_path).code == 0
    return tmp_path


def fact(at: Path, surface: str) -> dict[str, object]:
    """The fact whose words are ``surface``."""
    (found,) = (row for row in briefings("facts", "--json", at=at).rows() if row["surface"] == surface)
    return found


def test_a_correction_goes_into_the_next_edition_with_its_proof(workspace: Path) -> None:
    """Printed by its corrected value, proved by its record, and the same input makes no further edition."""
    assert briefings("build", at=workspace).code == 0
    id_ = str(fact(workspace, "58.5%")["id"])
    ran = briefings(
        "correct", id_, "--set", "value=85.5", "--reason", "核对台账", "--author", "李明", at=workspace
    )
    assert (ran.code, ran.out) == (0, f"c1: 优质园比例 58.5% (value 58.5 → 85.5), fact {id_}\n")
    assert fact(workspace, "58.5%")["value"] == "85.5"
    ran = briefings("build", at=workspace)
    assert (ran.code, "new edition" in ran.err) == (0, True)
    folder = workspace / "output" / "half-year" / "latest"
    kept = json.loads((folder / "sources.json").read_text(encoding="utf-8"))["corrections"]
    assert [(c["id"], c["author"], c["before"]["value"]) for c in kept] == [("c1", "李明", "58.5")]
    assert "85.5%" in (folder / "half-year.html").read_text(encoding="utf-8")
    assert briefings("audit", folder / "half-year.docx", at=workspace).code == 0
    assert "new edition" not in briefings("build", at=workspace).err
    (folder / "sources.json").chmod(0o644)
    kept = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    (folder / "sources.json").write_text(json.dumps(kept | {"corrections": []}), encoding="utf-8")
    assert briefings("audit", folder / "half-year.html", at=workspace).code == 3


def test_what_was_corrected_is_listed_with_before_and_after(workspace: Path) -> None:
    """Facts set, rejected and added, metadata, and what was taken back."""
    rejected, changed = fact(workspace, "12所")["id"], fact(workspace, "1.8万个")["id"]
    document = str(fact(workspace, "12所")["document"])
    start = EDUCATION.index("城乡差距")
    for words in (
        (str(changed), "--set", "value=1.9", "--set", "scope="),
        (str(rejected), "--reject"),
        ("--add", "--document", document, "--at", f"{start}:{start + 4}", "--set", "indicator=城乡差距",
         "--set", "kind=level", "--set", "value=3"),
        ("--document", document, "--set", "period=2021-Q2"),
    ):  # fmt: skip
        ran = briefings("correct", *words, "--reason", "核对", at=workspace)
        assert ran.code == 0, ran.err
    assert briefings("correct", str(rejected), "--undo", at=workspace).out == (
        "c2: undone, 新建改扩建中小学 12所 is as it was found\n"
    )
    rows = {row["id"]: row for row in briefings("corrections", "--json", at=workspace).rows()}
    assert {id_: (row["action"], row["state"]) for id_, row in rows.items()} == {
        "c1": ("set", "applied"), "c2": ("reject", "undone"), "c3": ("add", "applied"), "m1": ("metadata", "applied"),
    }  # fmt: skip
    first = rows["c1"]
    assert (first["before"]["value"], first["after"]["value"], first["after"]["scope"]) == (
        "1.8",
        "1.9",
        None,
    )
    assert (first["file"], first["surface"], first["reason"]) == ("教育局.txt", "1.8万个", "核对")
    assert EDUCATION[first["start"] : first["end"]] == "1.8万个"
    assert rows["c3"]["before"] is None
    assert rows["m1"]["changes"] == {"period": "2021-Q2"}
    [undone] = briefings("corrections", "--state", "undone", "--json", at=workspace).rows()
    assert undone["events"][0]["decision"] == "undone"
    assert "value 1.8 → 1.9" in briefings("corrections", at=workspace).out


def test_a_new_name_is_looked_up_in_the_lexicon_of_the_workspace(workspace: Path) -> None:
    """The canonical name follows the indicator, unless it is said as well."""
    id_ = str(fact(workspace, "9.2%")["id"])
    for name, canonical in (("社会消费品零售总额", "社会消费品零售总额"), ("某种无名的支出", None)):
        briefings("correct", id_, "--set", f"indicator={name}", "--reason", "核对", at=workspace)
        row = fact(workspace, "9.2%")
        assert (row["id"], row["indicator"], row["canonical"]) == (id_, name, canonical)
    briefings("correct", id_, "--set", "canonical=教育支出", "--reason", "核对", at=workspace)
    assert fact(workspace, "9.2%")["canonical"] == "教育支出"


def test_metadata_set_right_is_taken_back_again(workspace: Path) -> None:
    """The facts are found again in its light, with the corrections of facts in them."""
    document = str(fact(workspace, "58.5%")["document"])
    changed = str(fact(workspace, "9.2%")["id"])
    briefings("correct", changed, "--set", "value=9.3", "--reason", "核对", at=workspace)
    before = briefings("facts", "--json", at=workspace).out
    for pair in ("issuer=临澜市教育体育局", "period=2020-H1"):
        ran = briefings("correct", "--document", document, "--set", pair, "--reason", "误认", at=workspace)
        assert ran.code == 0, ran.err
    ours = [d for d in briefings("documents", "--json", at=workspace).rows() if d["id"] == document]
    assert [(d["issuer"], d["period"]) for d in ours] == [("临澜市教育体育局", "2020-H1")]
    assert fact(workspace, "12所")["period"] == "2020-H1"
    assert fact(workspace, "9.2%")["value"] == "9.3"
    assert briefings("correct", "m1", "--undo", at=workspace).code == 0
    assert (
        briefings(
            "correct", "--document", document, "--set", "period=", "--reason", "无误", at=workspace
        ).code
        == 0
    )
    ours = [d for d in briefings("documents", "--json", at=workspace).rows() if d["id"] == document]
    assert [(d["issuer"], d["period"]) for d in ours] == [("临澜市教育局", "2021-H1")]
    assert briefings("facts", "--json", at=workspace).out == before


def test_a_new_version_asks_before_a_correction_holds_in_it(workspace: Path) -> None:
    """Both sentences are shown, and the command that confirms."""
    id_ = str(fact(workspace, "58.5%")["id"])
    briefings("correct", id_, "--set", "value=85.5", "--reason", "核对", at=workspace)
    revised = EDUCATION.replace("比去年提高", "比上年提高").replace(
        "一、主要", "现将情况报告如下。\n一、主要"
    )
    (workspace / "新版.txt").write_text(revised, encoding="utf-8")
    assert briefings("add", workspace / "新版.txt", at=workspace).code == 0
    facts = [r["value"] for r in briefings("facts", "--json", at=workspace).rows() if r["surface"] == "58.5%"]
    assert facts == ["58.5"]
    shown = briefings("corrections", at=workspace).out
    assert "was: 全市优质园比例达到58.5%,比去年提高6个百分点。" in shown
    assert "now: 全市优质园比例达到58.5%,比上年提高6个百分点。" in shown
    assert "briefings correct --confirm c1" in shown
    assert briefings("correct", "--confirm", "c1", at=workspace).code == 0
    facts = [r["value"] for r in briefings("facts", "--json", at=workspace).rows() if r["surface"] == "58.5%"]
    assert facts == ["85.5"]
    states = [(r["id"], r["state"]) for r in briefings("corrections", "--json", at=workspace).rows()]
    assert states == [("c1", "applied"), ("c2", "applied")]


def test_metadata_set_right_is_asked_for_again_in_a_new_version(workspace: Path) -> None:
    """The new version replaces the old one though it reads another issuer; confirmed, it has the one that was set."""
    old = str(fact(workspace, "58.5%")["document"])
    words = ("--set", "issuer=临澜市教育体育局", "--set", "published=2021-07-21", "--reason", "已更名")
    assert briefings("correct", "--document", old, *words, at=workspace).code == 0
    (workspace / "新版.txt").write_text(EDUCATION.replace("12所", "13所"), encoding="utf-8")
    assert briefings("add", workspace / "新版.txt", at=workspace).code == 0
    new = str(fact(workspace, "58.5%")["document"])
    assert new != old
    shown = briefings("corrections", "--state", "reopened", at=workspace).out
    assert (
        f"m1 is reopened by 新版.txt [{new}]: issuer = 临澜市教育体育局\n  read there: 临澜市教育局" in shown
    )
    assert briefings("correct", "--confirm", "m1", at=workspace).out == (
        f"m3: issuer = 临澜市教育体育局 in {new} as well\n"
    )
    assert briefings("correct", "--dismiss", "m2", at=workspace).out == (
        f"m2: published of {new} stays 2021-07-20\n"
    )
    listed = {
        d["id"]: (d["issuer"], d["published"]) for d in briefings("documents", "--json", at=workspace).rows()
    }
    assert listed[new] == ("临澜市教育体育局", "2021-07-20")
    rows = {r["id"]: r for r in briefings("corrections", "--json", at=workspace).rows()}
    assert {id_: r["state"] for id_, r in rows.items()} == {"m1": "applied", "m2": "applied", "m3": "applied"}
    assert (rows["m3"]["reason"], rows["m3"]["target"]) == ("已更名", new)
    assert briefings("correct", "--confirm", "m1", at=workspace).code == 2


def test_a_wrong_call_is_a_usage_error_that_helps(workspace: Path) -> None:
    """Exit code 2, a sentence with what may have been meant, and nothing is written."""
    row = fact(workspace, "58.5%")
    id_, document = str(row["id"]), str(row["document"])
    for words, sentence in (
        ((id_, "--set", "valeu=3", "--reason", "x"), "did you mean 'value'"),
        ((id_, "--set", "value=3,000", "--reason", "x"), "write 3000"),
        ((id_, "--set", "value=53,5", "--reason", "x"), "write it like 120.5"),
        ((id_, "--set", "period=2021年上半年", "--reason", "x"), "write 2021-H1"),
        ((id_, "--set", "issuer=某局", "--reason", "x"), "--document ID --set issuer="),
        ((id_, "--set", "value", "--reason", "x"), "write FIELD=VALUE"),
        ((id_, "--set", "value=3"), "needs its --reason"),
        ((id_[:8], "--set", "value=3", "--reason", "x"), f"Did you mean {id_} (优质园比例 58.5%)?"),
        ((id_,), "--set FIELD=VALUE"),
        ((id_, "--reject", "--undo"), "exclude each other"),
        (("--document", document, "--set", "issuerr=某局", "--reason", "x"), "did you mean 'issuer'"),
        (("--document", document, "--set", "period=上半年", "--reason", "x"), "2021-H1"),
        (("--document", document[:-1] + "7", "--set", "issuer=某局", "--reason", "x"), document),
        (("--add", "--document", document, "--at", "1-2", "--set", "value=3", "--reason", "x"), "START:END"),
        (
            ("--add", "--document", document, "--at", "1:99999", "--set", "value=3", "--reason", "x"),
            "no place",
        ),
        (("--confirm", "c9"), "None is reopened"),
        (("m9", "--undo"), "no correction 'm9'"),
    ):
        ran = briefings("correct", *words, at=workspace)
        assert ran.code == 2, (words, ran)
        assert sentence in ran.err, (words, ran.err)
    assert briefings("corrections", "--json", at=workspace).rows() == []
