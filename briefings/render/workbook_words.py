"""The words of the workbook itself (sheets, heads, codes, notes) in the language of its briefing."""

from collections.abc import Mapping
from datetime import date

from briefings.records.briefing import Language

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH: Mapping[str, str] = {
    # Sheets.
    "概览": "Overview", "数据表": "Data", "来源": "Sources", "图表数据": "Chart data", "计算": "Calculations", "说明": "Notes",
    # Heads.
    "编号": "Id", "单位": "Issuer", "指标": "Indicator (source)", "规范名": "Indicator (lexicon)", "类型": "Kind", "数值": "Value",
    "上限": "Upper end", "计量单位": "Unit (source)", "口径": "Basis", "期间": "Period", "范围": "Scope (source)", "状态": "Status",
    "约数": "Hedge (source)", "原文数字": "Number as written", "原句": "Sentence", "位置": "Place", "引文": "Citation",
    "刊用": "Printed", "段落性质": "Passage", "章节": "Section", "起": "Start", "止": "End", "文件编号": "Document id",
    "规则": "Rule", "标记": "Flags", "文件标题": "Document", "来源文件": "File", "运算": "Operation", "结果": "Result",
    "小数位数": "Decimals", "年数": "Years", "由哪些编号得来": "Computed from", "词": "Word", "意思": "Meaning", "名称": "Name",
    "数据编号": "Source id", "完成": "Done", "时序进度": "Schedule", "均值": "Mean", "关键数字": "Key figures", "引文数据": "Citation",
    # Codes.
    "水平": "level", "比率": "rate", "增速": "change", "增减": "increase", "差距": "gap", "位次": "rank", "完成率": "completion",
    "同比": "y/y", "环比": "q/q", "比年初": "on the start of the year", "两年平均": "two-year average", "其他": "other",
    "计划": "plan", "实绩": "outcome", "目标": "target", "成效": "achievement", "问题": "problem", "打算": "next step",
    "提问": "question", "套话": "formula", "是": "yes", "否": "no",
    "计数": "count", "求和": "sum", "相减：a－b": "difference: a − b", "相除：a÷b": "ratio: a ÷ b",
    "百分比：100×a÷b": "percent: 100 × a ÷ b", "中位数": "median", "增长率：（a－b）÷b×100": "growth: (a − b) ÷ b × 100",
    "平均数": "mean", "与平均数之差：a－平均数": "gap to the mean: a − mean", "位次：从大到小": "rank, largest first",
    "位次：从小到大": "rank, smallest first",
    "年均增长率：（a÷b）开年数次方，减1，×100": "yearly growth: the root of a ÷ b to the number of years, less 1, × 100",
    # Notes.
    "简报": "Briefing", "简报编号": "Briefing id", "数据截至": "Data to",
    "本期的关键数字和各表，与 PDF、Word 逐字一致；蓝色的和带方括号编号的单元格点开即到来源。":
        "The key figures and tables of this edition, word for word as in the PDF and Word files; blue cells and cells with a number in square brackets lead to the source.",
    "本期所用文件中读出的全部数据，一行一个；“刊用”为“是”的印在本期正文中。":
        "All data read from the documents of this edition, one a row; those marked as printed stand in its text.",
    "引文所指的原句，编号与 PDF、Word 中方括号里的编号相同。":
        "The sentences that the citations refer to, numbered as in the PDF and Word files.",
    "各图所画的数。": "The numbers that the charts draw.",
    "本刊算出的数：用什么运算，由哪些编号的数据得来；“结果”除计数外是公式，由“数据表”的数值算出，单位换算写在式中。":
        "Our own calculations: the operation and the ids of what went in. Results other than counts are formulas over the sheet of data, conversions of units included.",
    "照原文写法，不换算单位；“上限”只在原文给出区间时有值。增速、增减、差距带正负号。":
        "As the source writes it, units not converted; an upper end only where the source gives a range. Changes, increases and gaps carry their sign.",
    "照原文；空白表示原文没有写。": "As in the source; empty where the source gives none.",
    "原文使数字不精确的词，如“约”“超”“近”；空白表示原文没有用这样的词。":
        "The source's word that makes the number inexact (about, more than, nearly); empty where there is none.",
    "空白表示原文没有另写，以文件自己的期间为准。": "Empty where the source does not say: the period of the document itself applies.",
    "起、止": "Start, end",
    "在来源文件文字中的位置，从 0 数起，一字一位，止处不含。":
        "Place in the text of the source file, in characters counted from 0, the end not included.",
    "原文没有说到。": "The source does not say.",
}  # fmt: skip


def word(chinese: str, language: Language) -> str:
    """``chinese``, or its English; a word that the table does not have is said as it is."""
    return ENGLISH.get(chinese, chinese) if language == "en" else chinese


def numbered(label: str, number: int, language: Language) -> str:
    """表1, or Table 1."""
    return f"{'Table' if label == '表' else 'Figure'} {number}" if language == "en" else f"{label}{number}"


def named(label: str, number: int, language: Language) -> str:
    """The same as the name of a table in a workbook, which has no blanks."""
    return numbered(label, number, language).replace(" ", "_")


def cutoff(iso: str, language: Language) -> str:
    """The data's cut-off date as people write it, or ""."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    if language == "en":
        return f"Data to {day.day} {day:%B} {day.year}"
    return f"数据截至{day.year}年{day.month}月{day.day}日"


def month(number: int) -> str:
    """Jan …"""
    return _MONTHS[number - 1]
