"""Tests of the commands that show what was understood: coverage, why, facts --unmapped, and the workspace's lexicons."""

import json
from pathlib import Path

from commands import COMMERCE, EDUCATION, briefings

from briefings.cli.columns import cells

OWN = '[[indicator]]\nname = "外商投资"\naliases = ["实际使用外资"]\n'


def workspace(folder: Path) -> tuple[Path, str]:
    """A workspace with two documents, and the id of the second."""
    for name, text in (("a.txt", EDUCATION), ("b.txt", COMMERCE)):
        (folder / name).write_text(text, encoding="utf-8")
    briefings("add", folder / "a.txt", folder / "b.txt", at=folder)
    documents = briefings("documents", "--issuer", "临澜市商务局", "--json", at=folder).rows()
    return folder, documents[0]["id"]


def test_coverage_of_the_store_a_document_and_a_file_agree(tmp_path: Path) -> None:
    """The same numbers whether a document is held or read on the fly; the page is written beside."""
    at, document = workspace(tmp_path)
    table = briefings("coverage", at=at)
    assert table.code == 0
    lines = table.out.splitlines()
    assert [cells(line) for line in lines if cells(line) > 100] == []
    head, rows = lines[0].split(), [line.split() for line in lines[2:5]]
    assert head[:6] == ["document", "numbers", "facts", "unknown", "known", "masked"]
    assert rows[2][0] == "all"
    for row in rows:
        numbers, facts, unknown, masked = (int(row[n].replace("·", "0")) for n in (1, 2, 3, 5))
        assert numbers == facts + unknown + masked
        assert masked == sum(int(cell.replace("·", "0")) for cell in row[6:])
    assert [int(rows[0][n]) + int(rows[1][n]) for n in (1, 2, 5)] == [int(rows[2][n]) for n in (1, 2, 5)]
    assert any(line.split()[:2] == ["日期", "日期行"] for line in lines[6:])
    held = briefings("coverage", document, "--json", at=at).rows()
    read = briefings("coverage", at / "b.txt", "--json", "--html", at / "b.html", at=at).rows()
    assert [(m["start"], m["outcome"], m["fact"]) for m in held] == [
        (m["start"], m["outcome"], m["fact"]) for m in read
    ]
    text = (at / "b.txt").read_text(encoding="utf-8")
    assert all(text[m["start"] : m["end"]] == m["text"] for m in held)
    assert "社会消费品零售总额" in (at / "b.html").read_text(encoding="utf-8")
    assert briefings("coverage", "--html", at / "c.html", at=at).code == 2


def test_coverage_lists_what_was_not_understood(tmp_path: Path) -> None:
    """Each with its place and the words around it."""
    (tmp_path / "a.txt").write_text(COMMERCE + "(二)与周边3市签订协议。\n", encoding="utf-8")
    ran = briefings("coverage", tmp_path / "a.txt", "--list", at=tmp_path)
    assert "与周边⟦3⟧市签订协议" in ran.out
    assert "第11行" in ran.out


def test_why_tells_what_was_done(tmp_path: Path) -> None:
    """For people and as JSON, by document and by file; an offset outside is a usage error."""
    at, document = workspace(tmp_path)
    offset = COMMERCE.index("15.3%")
    ran = briefings("why", document, str(offset), at=at)
    assert ran.code == 0
    assert all(
        words in ran.out
        for words in (
            "“15.3%”是“社会消费品零售总额”的增减幅度（同比），由规则“增减幅度”[change]读出",
            "registers (", "正在说的指标 [head]", "rules tried (", "增减幅度 [growth.read_change] → 得出",
            "gave nothing: ", "百分数",
        )
    )  # fmt: skip
    told = json.loads(briefings("why", at / "b.txt", str(offset), "--json", at=at).out)
    assert told["mention"]["text"] == "15.3"
    assert told["steps"]
    outside = briefings("why", document, "99999", at=at)
    assert (outside.code, f"{document} is 0:{len(COMMERCE) - 1} of b.txt" in outside.err) == (2, True)
    near = briefings("coverage", document[:-1] + "8", at=at)
    assert (near.code, f"Did you mean {document}?" in near.err) == (2, True)
    assert briefings("why", "no-such-thing", "3", at=at).code == 2


def test_the_workspaces_lexicon_names_facts(tmp_path: Path) -> None:
    """extract, add and facts use it; names that no lexicon knows are listed by frequency."""
    at, _ = workspace(tmp_path)
    before = briefings("facts", "--indicator", "实际使用外资", "--json", at=at).rows()
    assert {f["canonical"] for f in before} == {"实际使用外资"}
    (at / "lexicons").mkdir()
    (at / "lexicons/indicators.toml").write_text(OWN, encoding="utf-8")
    after = briefings("facts", "--indicator", "实际使用外资", "--json", at=at).rows()
    assert {f["canonical"] for f in after} == {"外商投资"}
    read = briefings("extract", at / "b.txt", "--json", at=at).rows()
    assert "外商投资" in {f["canonical"] for f in read}
    unmapped = briefings("facts", "--unmapped", "--json", at=at).rows()
    counts = [row["count"] for row in unmapped]
    assert counts == sorted(counts, reverse=True)
    assert unmapped
    assert "外商投资" not in {row["indicator"] for row in unmapped}


def test_a_lexicon_that_cannot_be_used_is_told_before_anything_is_taken(tmp_path: Path) -> None:
    """Exit code 5, a sentence with a suggestion, and nothing in the store."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons/indicators.toml").write_text(
        '[[indicator]]\nname = "x"\nalais = ["y"]\n', encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text(COMMERCE, encoding="utf-8")
    ran = briefings("add", tmp_path / "a.txt", at=tmp_path)
    assert ran.code == 5
    assert "Did you mean 'aliases'?" in ran.err
    assert briefings("documents", "--json", at=tmp_path).rows() == []


def test_measures_tell_who_answers_and_by_when(tmp_path: Path) -> None:
    """Where the source says so."""
    text = EDUCATION + "二是补充教师。12月底前招聘教师640名。（责任单位：市教育局、市人社局）\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    briefings("add", tmp_path / "a.txt", at=tmp_path)
    plans = briefings("measures", "--role", "plan", "--json", at=tmp_path).rows()
    assert [(m["responsible"], m["deadline"]) for m in plans if m["responsible"]] == [
        ("市教育局、市人社局", "12月底前")
    ]
