"""Who answers for a measure and by when, in the source's words."""

import pytest

from briefings.extract import find
from briefings.extract.duty import duty
from briefings.structure import read


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        ("加快老旧小区改造。（责任单位：市住房城乡建设局、各区市）", "市住房城乡建设局、各区市"),
        ("推进数据共享（市大数据局牵头，各有关部门配合）。", "市大数据局"),
        ("推进数据共享（市大数据局、市审批局按职责分工负责）。", "市大数据局、市审批局"),
        ("由市海洋局会同市生态环境局牵头，开展岸线整治。", "市海洋局会同市生态环境局"),
        ("牵头单位：市商务局；配合单位：海关", "市商务局"),
        ("市教育局牵头，新建学校8所。", "市教育局"),
        ("牵头领域由点到面，加快推进由大到强。", None),
        ("全市由此新增学位3万个。", None),
    ],
)
def test_the_responsible_unit(text: str, responsible: str | None) -> None:
    """Labelled, in brackets, or as 由…牵头; nothing where it is not said."""
    assert duty(text, "plan").responsible == responsible


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("确保年底前全部开工。", "年底前"),
        ("9月底前完成招标，12月开工。", "9月底前"),
        ("力争2025年前建成投用。", "2025年前"),
        ("到2022年6月底，建成充电桩8000个。", "2022年6月底"),
        ("三季度末前出台实施细则。", "三季度末前"),
        ("年内新开工学校12所。", "年内"),
        ("完成时限：2021年12月", "2021年12月"),
        ("10月1日前通车。", "10月1日前"),
        ("全年新增就业5万人，6月前三位的区市受到表扬。", None),
        ("继续做好各项工作。", None),
    ],
)
def test_the_deadline(text: str, deadline: str | None) -> None:
    """The words that say by when, as they stand."""
    assert duty(text, "plan").deadline == deadline


def test_what_was_done_has_a_deadline_only_where_it_is_still_to_come() -> None:
    """年底前 in a report of the past is no deadline unless something is still aimed at."""
    assert duty("去年年底前建成学校12所。", "done").deadline is None
    assert duty("已开工12所，确保年底前投用。", "done").deadline == "年底前"


def test_a_line_of_its_own_belongs_to_the_item_before() -> None:
    """责任单位 in a paragraph of its own is no measure but belongs to the one above."""
    text = """临澜市2021年重点工作计划
一、重点任务
1.加快老旧小区改造。全年改造老旧小区35个，惠及居民1.7万户。
责任单位：市住房城乡建设局　完成时限：2021年11月
2.扩大学位供给。新建、改扩建学校9所，新增学位6300个。
责任单位：市教育局
"""
    reading = read(text.encode(), "a.txt")
    measures = find(reading.documents[0], reading.source).measures
    assert [(m.responsible, m.deadline) for m in measures] == [
        ("市住房城乡建设局", "2021年11月"),
        ("市教育局", None),
    ]
    assert not any("责任单位" in m.text for m in measures)
