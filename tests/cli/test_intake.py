"""Tests of the commands that take documents in and list them."""

import os
from pathlib import Path

from commands import COMMERCE, EDUCATION, briefings


def test_each_file_gets_one_line_and_the_same_bytes_are_taken_once(tmp_path: Path) -> None:
    """A folder and a file; encodings are told from the bytes; a second name for the same bytes is known."""
    inbox = tmp_path / "inbox"
    (inbox / "deep").mkdir(parents=True)
    (inbox / "a.txt").write_text(EDUCATION, encoding="utf-8")
    (inbox / "b.txt").write_text(COMMERCE, encoding="gb18030")
    (inbox / "deep" / "c.txt").write_text(EDUCATION, encoding="utf-8")
    (inbox / "deep" / "d.txt").write_text(EDUCATION, encoding="utf-16")
    ran = briefings("add", inbox, "--json", at=tmp_path)
    assert ran.code == 0
    assert [(Path(r["path"]).name, r["state"]) for r in ran.rows()] == [
        ("a.txt", "taken"), ("b.txt", "taken"), ("c.txt", "known"), ("d.txt", "taken"),
    ]  # fmt: skip
    documents = briefings("documents", "--json", at=tmp_path).rows()
    assert {(d["issuer"], d["place"], d["period"], d["published"]) for d in documents} == {
        ("临澜市教育局", "临澜市", "2021-H1", "2021-07-20"),
        ("临澜市商务局", "临澜市", "2021-H1", "2021-07-22"),
    }
    kept = [p for p in (tmp_path / ".briefings" / "originals").rglob("*") if p.is_file()]
    assert sorted(p.name for p in kept) == sorted({r["sha256"] for r in ran.rows()})
    assert (inbox / "b.txt").read_bytes() in [p.read_bytes() for p in kept]


def test_what_cannot_be_read_is_quarantined_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Exit code 4, a reason for each, nothing lost, and the good file between them is taken."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1-empty.txt").write_bytes(b"")
    (inbox / "2-good.txt").write_text(EDUCATION, encoding="utf-8")
    (inbox / "3-picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (inbox / "4-cut.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    ran = briefings("add", inbox, "--json", at=tmp_path)
    assert ran.code == 4
    assert [r["state"] for r in ran.rows()] == ["quarantined", "taken", "quarantined", "quarantined"]
    reasons = [r["problem"]["sentence"] for r in ran.rows() if r["problem"]]
    assert len(set(reasons)) == 3
    held = briefings("quarantine", "--json", at=tmp_path).rows()
    assert {h["name"] for h in held} == {"1-empty.txt", "3-picture.pdf", "4-cut.docx"}
    for row in held:
        assert (tmp_path / ".briefings" / "originals" / row["sha256"][:2] / row["sha256"]).is_file()
    again = briefings("quarantine", "--retry", "--json", at=tmp_path).rows()
    assert {h["tries"] for h in again} == {2}


def test_a_missing_path_is_a_usage_error_before_anything_is_taken(tmp_path: Path) -> None:
    """One sentence, exit code 2."""
    (tmp_path / "a.txt").write_text(EDUCATION, encoding="utf-8")
    ran = briefings("add", tmp_path / "a.txt", tmp_path / "nowhere.txt", at=tmp_path)
    assert ran.code == 2
    assert "nowhere.txt" in ran.err
    assert briefings("documents", "--json", at=tmp_path).rows() == []


def test_metadata_set_by_hand_goes_before_what_was_read(tmp_path: Path) -> None:
    """Given with the file, or given later with the same file again."""
    path = tmp_path / "a.txt"
    path.write_text(EDUCATION, encoding="utf-8")
    assert briefings("add", path, "--period", "2020-H1", at=tmp_path).code == 0
    [document] = briefings("documents", "--json", at=tmp_path).rows()
    assert (document["period"], document["issuer"]) == ("2020-H1", "临澜市教育局")
    briefings("add", path, "--issuer", "临澜市教育体育局", at=tmp_path)
    [document] = briefings("documents", "--json", at=tmp_path).rows()
    assert (document["period"], document["issuer"]) == ("2020-H1", "临澜市教育体育局")


def test_a_period_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    """The form is said."""
    (tmp_path / "a.txt").write_text(EDUCATION, encoding="utf-8")
    ran = briefings("add", tmp_path / "a.txt", "--period", "上半年", at=tmp_path)
    assert ran.code == 2
    assert "2021-H1" in ran.err


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    """An empty list is a sentence, not silence."""
    assert "briefings add" in briefings("documents", at=tmp_path).err


def test_what_is_no_file_gets_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A pipe, a link that leads in a circle and a name with a line break: one line each, exit code 4."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a\nb.txt").write_text(EDUCATION, encoding="utf-8")
    (inbox / "circle").symlink_to(inbox)
    (inbox / "gone.txt").symlink_to("nowhere")
    os.mkfifo(inbox / "pipe.txt")
    (inbox / os.fsdecode("总结.txt".encode("gb18030"))).write_text(COMMERCE, encoding="gb18030")
    ran = briefings("add", inbox, "--json", at=tmp_path)
    assert ran.code == 4
    assert {
        (Path(r["path"]).name, r["state"], r["problem"]["code"] if r["problem"] else "") for r in ran.rows()
    } == {
        ("a\\nb.txt", "taken", ""),
        ("circle", "quarantined", "link"),
        ("gone.txt", "quarantined", "link"),
        ("pipe.txt", "quarantined", "no_file"),
        ("总结.txt", "taken", ""),
    }
    assert len(briefings("add", inbox, at=tmp_path).out.splitlines()) == 5


def test_a_new_version_of_a_document_stands_for_the_older(tmp_path: Path) -> None:
    """It is said when it comes, the older is marked in the listing, and a person may decide otherwise."""
    revised = EDUCATION.replace("12所", "13所")
    for name, text in (("一稿.txt", EDUCATION), ("二稿.txt", revised)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ids = [
        ran.rows()[0]["documents"][0]["id"]
        for ran in (briefings("add", tmp_path / n, "--json", at=tmp_path) for n in ("一稿.txt", "二稿.txt"))
    ]

    def schools() -> list[str]:
        return [r["value"] for r in briefings("facts", "--json", at=tmp_path).rows() if r["unit"] == "所"]

    assert schools() == ["13", "8"]
    told = briefings("add", tmp_path / "一稿.txt", at=tmp_path).out
    assert (
        f"{ids[0]} (临澜市教育局2021年上半年工作总结, 一稿.txt) is replaced by its version in 二稿.txt"
        in told
    )
    listed = briefings("documents", "--json", at=tmp_path).rows()
    assert {d["id"]: d["replaced_by"] for d in listed} == {ids[0]: ids[1], ids[1]: None}
    assert f"replaced by {ids[1]}" in briefings("documents", at=tmp_path).out
    ran = briefings("documents", "--use", ids[0], "--reason", "二稿作废", at=tmp_path)
    assert (ran.code, ran.out) == (0, f"{ids[0]}: stands for {ids[1]}\n")
    assert schools() == ["12", "8"]
    assert briefings("documents", "--apart", ids[1][:12], at=tmp_path).code == 0
    assert sorted(schools()) == ["12", "13", "8", "8"]
    wrong = briefings("documents", "--use", ids[0][:-1] + "9", at=tmp_path)
    assert (wrong.code, f"Did you mean {ids[0]}" in wrong.err) == (2, True)
