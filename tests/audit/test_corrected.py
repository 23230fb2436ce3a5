"""Tests that a corrected fact is proved by the record of its correction, and by nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audited import DOCUMENTS, FACTS, SOURCES, TEXTS, audited

from briefings.audit import prove, read_ledger, write_ledger
from briefings.records.briefing import Block, Briefing, Cite, Line, Paragraph, Table, Value, Words
from briefings.records.correction import FLAG, RULE, Correction
from briefings.records.document import Span
from briefings.records.fact import Fact

FOUND = FACTS["harbour"]
SET = replace(FOUND, value="2.1", rule=RULE, flags=(FLAG,))
RECORD = Correction(
    id="c1",
    action="set",
    fact=FOUND.id,
    sha256="b" * 64,
    span=Span(FOUND.start, FOUND.end),
    surface=FOUND.surface,
    sentence="渔港改造完成投资1.2亿元,完成年度计划的61%。",
    offset=8,
    changes=(("value", "2.1"),),
    before=FOUND,
    after=SET,
    author="李明",
    reason="第2季度台账为2.1",
    at="2021-08-01T09:00:00+08:00",
    title="云河市渔业局2021年上半年工作总结",
)
AGAIN = replace(SET, indicator="渔港投资")
SECOND = replace(RECORD, id="c2", changes=(("indicator", "渔港投资"),), before=SET, after=AGAIN)


def briefing_with(printed: str, words: str = "渔港投资") -> Briefing:
    """The sound briefing, in its table and in one more line printing that of the harbour's investment."""
    briefing = audited()
    line = Paragraph((Words(words), Value(printed, FOUND.id), *(Cite(n) for n in range(1, 8))))
    blocks: list[Block] = [
        replace(b, rows=tuple(tuple(_printing(cell, printed) for cell in row) for row in b.rows))
        if isinstance(b, Table)
        else b
        for b in briefing.blocks
    ]
    return replace(briefing, blocks=(*blocks[:-1], line, blocks[-1]))


def _printing(cell: Line, printed: str) -> Line:
    return tuple(
        replace(piece, text=printed) if isinstance(piece, Value) and piece.source == FOUND.id else piece
        for piece in cell
    )


def reasons(fact: Fact, *records: Correction, briefing: Briefing | None = None) -> list[str]:
    """What is held when the harbour's investment is ``fact`` and ``records`` are kept."""
    printed = briefing or briefing_with(f"{fact.value}亿元")
    found = prove(printed, {**FACTS, FOUND.id: fact}, DOCUMENTS, TEXTS, records)
    return [f.reason for f in found]


def test_a_recorded_correction_proves_its_fact() -> None:
    """Also a second one on top of the first; the sentence in the source still says the old number."""
    assert reasons(SET, RECORD) == []
    assert reasons(AGAIN, RECORD, SECOND) == []


def test_a_value_that_is_not_in_its_words_is_held_without_a_record() -> None:
    """Whether the fact claims to be corrected or not."""
    assert reasons(replace(FOUND, value="2.1")) == ["原文是“1.2亿元”，读不出 2.1"]
    assert reasons(SET) == ["数据标为人工更正，却没有更正记录"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"after": replace(SET, value="2.3")}, "与更正 c1 的记录不符：value"),
        ({"sha256": "a" * 64}, "另一份文件"),
        ({"span": Span(FOUND.start - 1, FOUND.end)}, "另一处原文"),
        ({"surface": "1.3亿元"}, "另一处原文"),
        ({"changes": (("value", "2.3"),)}, "前后记录不符"),
        ({"before": replace(FOUND, scope="全省")}, "没有写明的内容：scope"),
        ({"reason": " "}, "没有写明何人因何更正"),
        ({"author": ""}, "没有写明何人因何更正"),
        ({"after": None}, "已由更正 c1 剔除"),
        ({"fact": "box"}, "没有更正记录"),
    ],
)
def test_a_record_of_something_else_proves_nothing(change: dict[str, Any], said: str) -> None:
    """Other bytes, another place, other words, another value, a change it does not name, nobody who says so."""
    held = reasons(SET, replace(RECORD, **change))
    assert any(said in reason for reason in held), held


def test_a_correction_that_was_not_used_is_held() -> None:
    """A briefing never prints what was found where a person has decided otherwise."""
    assert reasons(FOUND, RECORD) == ["更正 c1 没有用到这条数据上"]
    assert reasons(SET, RECORD, briefing=audited()) == ["原文是 1.2亿元，经人工更正，数值应为 2.1"]


def test_a_second_correction_begins_where_the_first_one_ended() -> None:
    """A gap between two records is held."""
    gap = replace(
        SECOND, before=replace(SET, value="2.2"), changes=(("indicator", "渔港投资"), ("value", "2.1"))
    )
    assert reasons(AGAIN, RECORD, gap) == ["更正 c2 与它之前的更正接不上"]


def test_a_term_of_a_formula_is_proved_as_well() -> None:
    """A number computed from a wrong fact is no better than the fact."""
    wrong = replace(FACTS["plan"], value="52.4")
    briefing = replace(audited(), facts=tuple(id_ for id_ in FACTS if id_ != "plan"))
    found = prove(briefing, {**FACTS, "plan": wrong}, DOCUMENTS, TEXTS)
    assert any(f.context == "plan" and "读不出 52.4" in f.reason for f in found)


def test_the_reason_may_be_printed() -> None:
    """The figures in it are the person's words; others in the same line still need a source."""
    told = briefing_with("2.1亿元", f"更正c1，更正人李明，2021年8月1日，理由：{RECORD.reason}。")
    assert reasons(SET, RECORD, briefing=told) == []
    invented = briefing_with("2.1亿元", f"更正c1，理由：{RECORD.reason}，原为7.7。")
    assert reasons(SET, RECORD, briefing=invented) == ["自己的话里有数，却没有来源"]


def test_the_ledger_keeps_the_records(tmp_path: Path) -> None:
    """An edition can be proved again without the store; one of before there were corrections can still be read."""
    facts = {**FACTS, FOUND.id: AGAIN}
    briefing = briefing_with("2.1亿元")
    files = write_ledger(briefing, facts.values(), DOCUMENTS.values(), SOURCES.values(), (RECORD, SECOND))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    ledger = read_ledger(tmp_path)
    assert ledger.corrections == (RECORD, SECOND)
    assert prove(ledger.briefing, ledger.facts, ledger.documents, ledger.texts, ledger.corrections) == ()
    assert prove(ledger.briefing, ledger.facts, ledger.documents, ledger.texts) != ()
    kept = (tmp_path / "sources.json").read_text(encoding="utf-8")
    (tmp_path / "sources.json").write_text(kept[: kept.index(',\n "corrections"')] + "\n}", encoding="utf-8")
    assert read_ledger(tmp_path).corrections == ()
