"""Hard-wrapped lines become paragraphs, and what stands alone stays alone."""

import pytest

from briefings.structure.joining import join, wrapping
from briefings.structure.lines import split

START = "全市上下坚持稳中求进，规模以上工业增加值同比增长7.2%，固定资产投资增长5.1%，新登记市场主体"


def joined(text: str) -> list[str]:
    """The paragraphs of ``text``."""
    return [p.text for p in join(split(text), {}, [])]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((START + "41", "处，实现利润3亿元。"), [START + "41处，实现利润3亿元。"]),
        ((START + "总额", "35.56亿元。"), [START + "总额35.56亿元。"]),
        ((START + "。4.", "完善服务机制。"), [START + "。4.完善服务机制。"]),
        ((START, "\n业来访。", ""), [START + "业来访。"]),
        (
            ("一、上半年主要工作情况", "今年以来，各项工作有序推进。"),
            ["一、上半年主要工作情况", "今年以来，各项工作有序推进。"],
        ),
        (
            ("（一）坚持建改并举，推动扩优提质", "一是扩大增量。"),
            ["（一）坚持建改并举，推动扩优提质", "一是扩大增量。"],
        ),
        (("望海区教育局局长王小明同志", "请介绍情况。"), ["望海区教育局局长王小明同志", "请介绍情况。"]),
        ((START + "持续增长。", "新的一段。"), [START + "持续增长。", "新的一段。"]),
        ((START + "（含个体", "工商户）3万户。"), [START + "（含个体工商户）3万户。"]),
        ((START + "一定", "一是稳投资。"), [START + "一定", "一是稳投资。"]),
        (
            ("临澜市教育局2021年上半年工作总结", "2021-08-20", "正文。"),
            ["临澜市教育局2021年上半年工作总结", "2021-08-20", "正文。"],
        ),
        (("主要做法：", "记者：请介绍情况。"), ["主要做法：", "记者：请介绍情况。"]),
    ],
)
def test_two_lines(lines: tuple[str, ...], expected: list[str]) -> None:
    """A line that breaks off goes on in the next, a heading or a name does not."""
    assert joined("\n".join(lines)) == expected


def test_a_fixed_width_is_seen_and_followed() -> None:
    """Where all lines are as long, a shorter one ends its paragraph, whatever it ends with."""
    body = "各区市各部门认真落实稳增长各项政策措施聚焦重点领域精准发力" * 4
    text = "\n".join(
        [body[i : i + 30] for i in range(0, len(body) - 13, 30)]
        + ["附图说明"]
        + [body[i : i + 30] for i in range(0, 120, 30)]
    )
    assert wrapping(split(text)).columns == 60
    assert len(joined(text)) == 3


def test_an_indent_begins_a_paragraph_where_paragraphs_are_indented() -> None:
    """A full line that ends with a stop goes on when the next is not indented."""
    sentence = "全市规模以上工业增加值增长百分之七固定资产投资稳步回升。新增就业任务全部完成了年度目标。"
    paragraph = "　　" + sentence[:28] + "\n" + (sentence[28:] + sentence * 2)[:30]
    text = "\n".join([paragraph + "\n" + sentence[:12] + "。"] * 4)
    assert len(joined(text)) == 4


def test_pieces_lead_back_to_the_source() -> None:
    """Each character of a joined passage is the one at its place in the source, blanks and CR left out."""
    text = "\ufeff　　" + START + "41\r\n　　处，实现利润3亿元。\r\n"
    (passage,) = join(split(text), {}, [])
    assert [text[passage.source(i)] for i in range(len(passage.text))] == list(passage.text)
    part = passage.cut(len(START) - 2, len(START) + 4)
    assert part is not None
    assert [text[part.source(i)] for i in range(len(part.text))] == list(part.text) == list("主体41处，")


def test_a_line_torn_inside_a_word_goes_on_whatever_its_width() -> None:
    """Among lines of one width a shorter one that ends in 亿|元, 增|长 or a number and its unit is continued."""
    full = "各部门各单位认真落实过紧日子要求从严控制一般性支出压减非急需非刚性开支切实保障重点领域需要做到有保有压"
    lines = [full] * 12 + [
        "契税收入完成8.4亿元，县级非税收入完成21.7亿",
        "元，完成调整预算的98.2%，同比增收0.6",
        "亿元，其中专项收入略有回落，车辆购置税增",
        "长9.1%。",
    ]
    last = joined("\n".join(lines))[-1]
    assert last.endswith(
        "收入完成21.7亿元，完成调整预算的98.2%，同比增收0.6亿元，其中专项收入略有回落，车辆购置税增长9.1%。"
    )


def test_a_full_line_that_ends_at_a_semicolon_goes_on() -> None:
    """In text wrapped at one width a semicolon at the margin ends no paragraph; an item after it begins one."""
    row = "规模以上工业增加值增长七个百分点固定资产投资保持平稳增长态势，"
    full = (row * 2)[:40]
    lines = [full] * 8 + [full[:-1] + "；", "外贸进出口增长，" + full[:32], "居全省前列。"]
    assert len(joined("\n".join(lines))) == 1
    items = [full] * 8 + [full[:-1] + "；", "（二）外贸进出口增长，" + full[:29], "居全省前列。"]
    assert len(joined("\n".join(items))) == 2
