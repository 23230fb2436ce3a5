"""Tests of the commands that show facts and measures."""

import csv
import io
from pathlib import Path

from commands import COMMERCE, EDUCATION, briefings


def test_extract_prints_facts_whose_surface_stands_at_their_place(tmp_path: Path) -> None:
    """Code points into the decoded file; a byte order mark and CRLF count as they stand."""
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + COMMERCE.replace("\n", "\r\n")).encode())
    ran = briefings("extract", path, "--json", at=tmp_path)
    text = path.read_bytes().decode("utf-8")
    rows = ran.rows()
    assert ran.code == 0
    assert all(text[r["start"] : r["end"]] == r["surface"] for r in rows)
    assert ("社会消费品零售总额", "change", "15.3", "%", "yoy") in [
        (r["indicator"], r["kind"], r["value"], r["unit"], r["basis"]) for r in rows
    ]
    assert all(text[slice(*r["sentence"])].strip() for r in rows)
    assert not (tmp_path / ".briefings").exists()


def test_extract_of_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Exit code 4 and the reason on stderr; nothing on stdout."""
    (tmp_path / "a.txt").write_bytes(b"  \n ")
    ran = briefings("extract", tmp_path / "a.txt", "--json", at=tmp_path)
    assert (ran.code, ran.out) == (4, "")
    assert "empty" in ran.err


def test_facts_are_filtered_and_printed_for_spreadsheets(tmp_path: Path) -> None:
    """CSV begins with a byte order mark; filters narrow."""
    for name, text in (("a.txt", EDUCATION), ("b.txt", COMMERCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    briefings("add", tmp_path / "a.txt", tmp_path / "b.txt", at=tmp_path)
    ran = briefings("facts", "--issuer", "临澜市商务局", "--kind", "change", "--csv", at=tmp_path)
    assert ran.out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert {r["kind"] for r in rows} == {"change"}
    assert "22.7" in {r["value"] for r in rows}
    assert "9.2" not in {r["value"] for r in rows}
    assert briefings("facts", "--json", "--csv", at=tmp_path).code == 2
    found = briefings("facts", "--indicator", "进出口", "--json", at=tmp_path).rows()
    assert found
    assert all("进出口" in (f["indicator"] + (f["canonical"] or "")) for f in found)


def test_measures_have_their_role_and_headings(tmp_path: Path) -> None:
    """What was done, problems and plans are told apart by the headings above them."""
    (tmp_path / "a.txt").write_text(EDUCATION, encoding="utf-8")
    briefings("add", tmp_path / "a.txt", at=tmp_path)
    measures = briefings("measures", "--json", at=tmp_path).rows()
    by_role = {m["role"]: m for m in measures}
    assert set(by_role) == {"done", "problem", "plan"}
    assert "缺编" in by_role["problem"]["headline"]
    assert "学校建设" in by_role["plan"]["headline"]
    assert by_role["problem"]["path"][0] == "二、存在问题"
    assert [m for m in measures if m["role"] == "done" and m["facts"]]
