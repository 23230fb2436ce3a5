"""Reading costs as much as the text is long: twice the line, twice the steps, whatever the line repeats."""

from collections.abc import Callable

import pytest
from step_count import steps

from briefings import extract, structure

ADVERSARIAL = (
    "7", "1,234,", "，", "、", "“", "”3亿", "(3亿元", "(甲)3", "a", "a1", "   3", "|3", "今年", "今年3月收入5亿元",
    "一是", "一是抓3个", "分别", "分别增长3%、4%、", "其中", "其中工业5亿元", "粮食3万吨、", "3天", "3个", "的3天", "增长", "增长7", "同比较", "的", "1.1、", "(", "高于全国", "约近超", "7,",
    "完成投资12亿元同比增长6%", "居全省第3位", "收入3亿元支出2亿元", "3月底前，", "由市局和区局和县局负责，", "责任单位：",
    "甲\n3\n", "甲\t3\t4\n", "表1\n甲\n3\n", "收入3亿元。", "市区市区市区好今年，",
)  # fmt: skip
"""What makes a careless reader look back again and again."""


def read(repeated: str, length: int) -> Callable[[], object]:
    """Reading a document whose one line repeats ``repeated`` up to ``length`` characters."""
    line = (repeated * (length // len(repeated) + 1))[:length]
    data = f"云溪县2021年上半年工作总结\n上半年，全县收入3亿元{line}。\n".encode()

    def work() -> object:
        taken = structure.read(data, "summary.txt")
        return [extract.find(document, taken.source) for document in taken.documents]

    return work


@pytest.mark.parametrize("repeated", ADVERSARIAL)
def test_twice_the_line_takes_twice_the_steps(repeated: str) -> None:
    """Whatever a line repeats, nothing in it is looked back over again and again."""
    read(repeated, 100)()  # what is made once is made before the count
    once, twice = steps(read(repeated, 1000)), steps(read(repeated, 2000))
    assert twice <= 2.2 * once


def test_a_sentence_without_end_is_remembered_in_part_only() -> None:
    """Ten times the facts of one sentence take ten times the steps, though each may look back to all before it."""
    sentence = "企业3个个体户5户同比增加4个"
    read(sentence, 100)()
    assert steps(read(sentence, 20_000)) <= 11 * steps(read(sentence, 2000))
