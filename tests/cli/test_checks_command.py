"""The command checks, as a person runs it."""

import json
from pathlib import Path

from commands import briefings

TEXT = """澜东市商务局2022年上半年工作总结
2022-07-20
上半年，全市新签约项目95个，其中内资项目81个、外资项目11个。
收集企业诉求840件，办结812件，办结率96.7%。
"""


def test_checks_of_a_workspace(tmp_path: Path) -> None:
    """Agreement and disagreement with sentence, place and computation; both filters; JSON for programs; exit code 0."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert briefings("add", tmp_path / "a.txt", at=tmp_path).code == 0
    ran = briefings("checks", at=tmp_path)
    assert ran.code == 0
    assert "不符 分项与合计：81个＋11个＝92个，原文95个" in ran.out
    assert "相符 比率：812件÷840件＝96.67%，原文96.7%" in ran.out
    assert "澜东市商务局2022年上半年工作总结，第3行" in ran.out
    assert ran.err == "相符1处，不符1处。\n"

    (row,) = [
        json.loads(line)
        for line in briefings("checks", "--disagreeing", "--json", at=tmp_path).out.splitlines()
    ]
    assert (row["verdict"], row["stated"], row["computed"]) == ("disagrees", "95个", "92个")
    assert row["statements"][0]["text"].startswith("上半年，全市新签约项目95个")

    assert briefings("checks", "--document", row["documents"][0], at=tmp_path).out == ran.out
    assert briefings("checks", "--document", "nothing", at=tmp_path).code == 2

    # A new version that adds up stands for the one that does not.
    (tmp_path / "b.txt").write_text(TEXT.replace("11个", "14个"), encoding="utf-8")
    briefings("add", tmp_path / "b.txt", at=tmp_path)
    assert briefings("checks", at=tmp_path).err == "相符2处，不符0处。\n"
    wrong = briefings("checks", "--document", row["documents"][0], at=tmp_path)
    assert (wrong.code, "is replaced by" in wrong.err) == (2, True)
    assert "11" in {
        f["value"]
        for f in briefings("facts", "--document", row["documents"][0], "--json", at=tmp_path).rows()
    }
