"""Tests that the annex says what people corrected, in words that the audit can prove."""

from dataclasses import replace
from pathlib import Path

from briefings import audit, pipeline
from briefings.compose.correction_notes import correction_notes, setting_notes
from briefings.compose.desk import Desk
from briefings.records.briefing import Briefing, Bullets, Cite, Heading, Line, SourceList
from briefings.records.document import BY_HAND, Attribute, Span
from briefings.store import open_store

SUMMARY = """云河市港口局2021年上半年工作总结
2021-07-20
一、主要工作
上半年,全市货物吞吐量完成1205.6万吨,同比增长6.2%。
新开航线12条,完成投资9.8亿元,检修泊位3个。
"""
BY = {"author": "u1", "now": "2021-08-01T09:00:00+00:00"}


def said(line: Line) -> str:
    """A line as text, citations as [n]."""
    return "".join(f"[{p.n}]" if isinstance(p, Cite) else p.text for p in line)


def test_the_annex_says_what_was_found_what_it_is_taken_for_who_and_why(tmp_path: Path) -> None:
    """Set, only renamed, rejected, added; a fact that is not printed is not told; and all of it is proved."""
    store = open_store(tmp_path / "briefings.sqlite")
    store.save(*pipeline.read(SUMMARY.encode(), "港口局.txt"), now="2021-07-25T09:00:00+00:00")
    ids = {fact.surface: fact.id for fact in store.facts()}
    (document,) = store.documents()
    at = SUMMARY.index("3个")
    store.correct(ids["1205.6万吨"], {"value": "1206.5"}, reason="原文数字颠倒", **BY)
    store.correct(ids["1205.6万吨"], {"scope": "港区"}, reason="只含2个港区。", **BY)
    store.correct(ids["6.2%"], {"indicator": "外贸货物吞吐量"}, reason="口径", **BY)
    store.correct(ids["9.8亿元"], {"value": "8.9"}, reason="不刊用", **BY)
    store.reject(ids["12条"], reason="12", **BY)
    store.reject(ids["3个"], reason="重录", **BY)
    added = store.add_fact(
        document.id, Span(at, at + 2), {"indicator": "检修泊位", "kind": "level", "value": "3", "unit": "个"},
        reason="漏录", **BY,
    )  # fmt: skip
    facts = {fact.id: fact for fact in store.facts()}
    corrections = store.corrections_in_force([document.id])
    source = store.source(document.sha256)
    desk = Desk([document], {source.sha256: source}, {}, [])
    for id_ in (ids["1205.6万吨"], ids["6.2%"], added.fact):
        desk.print(facts[id_])
    lines = correction_notes(corrections, desk)
    notes = [said(line) for line in lines if "重录" not in said(line)]
    assert [note.split("更正c")[0] for note in notes] == [
        "港口局“货物吞吐量”：原文“1205.6万吨”[1]，经人工更正，作1206.5万吨，一并更正范围。",
        "港口局“外贸货物吞吐量”：原文“6.2%”[1]，数值不变，经人工更正指标。",
        "港口局“新开航线”：原文“12条”[2]，经人工核定不是可比的数据，未予采用。",
        "港口局“检修泊位”：原文“3个”[2]，由人工补录，作3个。",
    ]
    assert notes[0].endswith(
        "更正c1，更正人u1，2021年8月1日，理由：原文数字颠倒。更正c2，更正人u1，2021年8月1日，理由：只含2个港区。"
    )
    briefing = Briefing(
        "notes", "digest", "更正", "", "zh", "modern", "2021-H1", "2021-07-20", "",
        (Heading(1, "更正", "top"), Bullets(lines), SourceList(desk.citations.entries())),
        (), tuple(desk.printed), (document.id,),
    )  # fmt: skip
    texts = {source.sha256: source.text}
    assert audit.prove(briefing, facts, {document.id: document}, texts, corrections) == ()
    assert audit.prove(briefing, facts, {document.id: document}, texts)
    store.close()


def test_what_was_set_of_a_document_is_told() -> None:
    """A period and an issuer that a person set, and nothing of what was read."""
    reading, _ = pipeline.read(SUMMARY.encode(), "港口局.txt")
    (read,) = reading.documents
    sources = {read.sha256: reading.source}
    set_ = replace(read, period=Attribute("2020-H1", BY_HAND), issuer=Attribute("云河市口岸局", BY_HAND))
    told = [said(line) for line in setting_notes(Desk([set_], sources, {}, []))]
    assert told == [
        "《云河市港口局2021年上半年工作总结》由人工设定发文单位为云河市口岸局、期间为2020年上半年。"
    ]
    assert setting_notes(Desk([read], sources, {}, [])) == ()
