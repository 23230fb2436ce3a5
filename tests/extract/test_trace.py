"""What ``why`` tells: the sentence, the tokens, the registers, the rules tried, and the reason where there is no fact."""

import sys

from briefings.extract import explain, find
from briefings.records.coverage import Explanation
from briefings.structure import read

SUMMARY = """临澜市商务局2021年上半年工作总结
2021-07-22
一、主要工作情况
(一)稳住外贸基本盘。上半年,全市进出口总额486.2亿元,同比增长22.7%,落实“18条”措施,办理时限5个工作日。

表1　各区市进出口
区市\t总额（亿元）\t增长（%）
汇澜区\t312.4\t5.1
望海区\t173.8\t-1.2
"""


def why(words: str, inside: int = 0) -> Explanation:
    """What was done at ``words`` of the summary."""
    reading = read(SUMMARY.encode(), "a.txt")
    document = reading.documents[0]
    findings = find(document, reading.source)
    return explain(document, reading.source, findings, SUMMARY.index(words) + inside)


def test_a_fact_is_told_with_the_rules_that_made_it() -> None:
    """Rules are told in the order they were tried; the registers before hold what the clause before said."""
    told = why("22.7%")
    assert told.mention is not None
    assert (told.mention.text, told.mention.outcome, len(told.facts)) == ("22.7", "fact", 1)
    assert (told.kind, told.role) == ("body", "done")
    assert told.path[0] == "一、主要工作情况"
    assert told.sentence.startswith("上半年,全市进出口总额486.2亿元")
    before, after = dict(told.before), dict(told.after)
    assert (before["head"], before["period"], before["scope"]) == ("进出口总额", "2021-H1", "全市")
    assert "22.7%" in after["facts"]
    rules = [step.rule for step in told.steps]
    assert rules[0] == "shares.read_percent"
    assert rules.index("shares.completion") < rules.index("growth.read_change")
    assert next(s.outcome for s in told.steps if s.rule == "shares.completion") == "不成立"
    assert all(step.says for step in told.steps[:2])
    assert ("22.7%", "百分数") in [(t.text, t.kind) for t in told.tokens]
    assert all("".join(SUMMARY[slice(*t.span)].split()) == "".join(t.text.split()) for t in told.tokens)


def test_a_mask_is_told_with_its_reason() -> None:
    """The name of a policy is shown as masked among the tokens, and no rule was tried."""
    told = why("18条")
    assert told.facts == () == told.steps
    assert "引号里的名称" in told.verdict
    assert "掩去：引号里的名称" in [t.kind for t in told.tokens]


def test_a_time_limit_a_table_and_a_place_without_number() -> None:
    """Each says in a sentence what became of it."""
    assert "时限" in why("5个工作日").verdict
    cell = why("173.8")
    assert "表格" in cell.verdict and cell.facts and not cell.steps
    assert why("稳住外贸").mention is None
    assert "没有数" in why("稳住外贸").verdict


def test_any_character_of_a_fact_leads_to_it() -> None:
    """The unit of a number belongs to it."""
    assert why("486.2亿元", inside=5).facts == why("486.2亿元").facts != ()


def test_the_hook_is_taken_off_again() -> None:
    """A profiler that was running goes on."""

    def mine(*_: object) -> None:
        """Nothing."""

    sys.setprofile(mine)
    try:
        why("22.7%")
        assert sys.getprofile() is mine
    finally:
        sys.setprofile(None)
