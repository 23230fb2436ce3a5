"""Tests of the command that lists promises and takes down decisions, in processes of its own."""

from pathlib import Path

import pytest
from commands import briefings

BEFORE = """云河市水务局2020年上半年工作总结
2020-07-20
一、主要工作
上半年,全市新建供水管网45.6公里,改造老旧管网22公里。
二、下步打算
(一)年内新建供水管网120公里。
(二)年底前建成东山应急备用水源地1处。
"""
AFTER = """云河市水务局2021年上半年工作总结
2021-07-22
一、主要工作
去年新建供水管网131.5公里,超额完成120公里的年度任务。
东山水源工程通水,应急供水能力形成。
"""
SETTINGS = """[[briefing]]
id = "water"
kind = "tracker"
title = "云河市水务局打算跟踪"
period = ["2020-H1", "2021-H1"]
issuers = ["云河市水务局"]
formats = ["html"]

[[briefing]]
id = "half-year"
kind = "digest"
title = "摘编"
period = "2021-H1"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with both summaries."""
    (tmp_path / "briefings.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in (("a.txt", BEFORE), ("b.txt", AFTER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert briefings("add", tmp_path / "a.txt", tmp_path / "b.txt", at=tmp_path).code == 0
    return tmp_path


def test_a_decision_stays_until_it_is_taken_back(home: Path) -> None:
    """Listed, answered by a person, printed with the name, kept when the file is read again, undone."""
    met, lost = briefings("promises", "water", "--json", at=home).rows()
    assert (met["state"], lost["state"]) == ("done", "not_mentioned")
    [document] = [d for d in briefings("documents", "--json", at=home).rows() if d["period"] == "2021-H1"]
    start = AFTER.index("东山水源工程通水")
    ran = briefings(
        "promises", "water", "--answer", lost["id"], "--document", document["id"], "--at", f"{start}:{start + 8}",
        "--state", "done", "--reason", "同一工程", "--author", "李明", at=home,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "人工确认：李明" in ran.out
    assert briefings("add", home / "b.txt", "--place", "云河市", at=home).code == 0
    again = briefings("promises", "water", "--json", at=home).rows()[1]
    assert (again["state"], again["decided"], again["answer"]["text"]) == ("done", "李明", "东山水源工程通水")
    built = briefings("build", "water", at=home)
    assert built.code == 0, built.err
    page = (home / "output" / "water" / "latest" / "water.html").read_text(encoding="utf-8")
    assert "人工确认：李明" in page
    assert briefings("promises", "water", "--undo", lost["id"][:6], at=home).code == 0
    assert briefings("promises", "water", "--json", at=home).rows()[1] == lost


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("half-year",), "a digest"),
        (("water", "--confirm", "x", "--reject", "y"), "exclude"),
        (("water", "--reject", "p"), "--reason"),
        (("water", "--reject", "nothing", "--reason", "r"), "no promise"),
        (("water", "--answer", "p", "--reason", "r"), "--document and --at"),
    ],
)
def test_what_cannot_be_is_refused(home: Path, asked: tuple[str, ...], said: str) -> None:
    """With a sentence, and nothing is taken down."""
    ran = briefings("promises", *asked, at=home)
    assert ran.code == 2
    assert said in ran.err
