"""Where a text turns to problems and plans, and back to what was done."""

import pytest

from briefings.records.document import Document
from briefings.structure import read
from briefings.structure.roles import turns_to


def one(text: str) -> Document:
    """The only document of ``text``."""
    (document,) = read(text.encode(), "总结.txt").documents
    return document


def said(document: Document, words: str) -> tuple[str, tuple[str, ...]]:
    """The role and the heading path of the paragraph that holds ``words``."""
    (found,) = (p for p in document.paragraphs if words in p.text)
    return found.role, document.heading_path(found.section)


HEAD = "青汀市水务局2022年上半年工作总结\n2022-07-15\n今年以来，市水务局各项工作有序推进。\n"


def test_a_gap_inside_an_achievement_is_no_problem() -> None:
    """A figure short of what was expected does not turn an item, and nothing behind it."""
    text = HEAD + (
        "一是加快工程建设。开工水库除险加固工程18座。去年到位资金4.6亿元，与6亿元的计划尚有差距；"
        "今年到位5.2亿元。完工11座。\n二是加强节水。创建节水单位42家。\n"
    )
    document = one(text)
    assert {p.role for p in document.paragraphs if p.kind == "body"} == {"done"}


def test_a_problem_in_a_run_of_achievements_passes() -> None:
    """What is told strongly is a problem as long as it speaks of it; then the work goes on."""
    text = HEAD + (
        "全市建成供水管网320公里，覆盖人口58万人。但我们也清醒看到，老城区管网还存在不少问题。爆管率偏高，漏损难以控制。"
        "为此，我们组织排查隐患1260处，完成整改1180处。\n全市污水处理率达到98%。\n"
    )
    document = one(text)
    assert said(document, "供水管网")[0] == "done"
    assert said(document, "清醒看到")[0] == "problem"
    assert "爆管率" in next(p.text for p in document.paragraphs if p.role == "problem")
    assert said(document, "组织排查")[0] == "done"
    assert said(document, "污水处理率")[0] == "done"


def test_a_closing_paragraph_belongs_to_no_item() -> None:
    """Problems and plans behind the last item stand under the chapter or the document, never under that item."""
    text = HEAD + (
        "一是加快工程建设。开工工程18座。\n二是加强节水。创建节水单位42家。\n"
        "尽管全市供水总体平稳，但也要清醒看到，部分乡镇供水能力不足的问题依然存在。\n"
        "下步，我们将围绕全年目标，做好两个方面工作：\n一是抓工程。年底前完工9座。\n"
    )
    document = one(text)
    assert said(document, "尽管") == ("problem", ())
    assert said(document, "下步，我们") == ("plan", ())
    assert said(document, "年底前") == ("plan", ("一是抓工程",))


def test_a_list_inside_a_paragraph_ends_with_it() -> None:
    """What follows a paragraph with its own 一是 二是 speaks for all again, and so does 下一步，我们 behind the last."""
    text = HEAD + (
        "一、工程建设\n主要做法：一是抓调度，召开会议12次。二是抓资金，到位3亿元。下一步，我们将推动剩余4座全部开工。\n"
        "上半年，全市水利投资增长8.4%。\n"
    )
    document = one(text)
    assert said(document, "抓资金") == ("done", ("一、工程建设", "二是抓资金，到位3亿元"))
    assert said(document, "剩余4座") == ("plan", ("一、工程建设",))
    assert said(document, "水利投资") == ("done", ("一、工程建设",))


def test_problem_and_plan_in_one_sentence() -> None:
    """The sentence is parted where the plan begins."""
    text = HEAD + "局长表示，当前全市仍面临水源单一、管网老化等问题，下半年将建成调水工程2处。\n"
    document = one(text)
    assert said(document, "管网老化")[0] == "problem"
    assert said(document, "调水工程")[0] == "plan"


@pytest.mark.parametrize(
    ("sentence", "role", "strong"),
    [
        ("但工作中还存在一些问题和不足。", "problem", True),
        ("在看到成绩的同时，我们也面临不少困难。", "problem", True),
        ("完成年度任务的46%，与序时进度还存在一定差距。", "problem", False),
        ("下一步，将建设泵站6座。", "plan", True),
    ],
)
def test_turns(sentence: str, role: str, strong: bool) -> None:
    """A contrast is strong, a gap by itself is not."""
    turning = turns_to(sentence)
    assert turning is not None
    assert (turning.role, turning.strong) == (role, strong)


@pytest.mark.parametrize(
    "sentence",
    [
        "尽管仍面临诸多困难，全市供水量增长5%。",
        "解决群众反映的问题320件。",
        "主动应对压力和挑战，投资增长9%。",
    ],
)
def test_no_turns(sentence: str) -> None:
    """Problems that were met or solved are achievements."""
    assert turns_to(sentence) is None
