"""Laws of the grammar: what a line break, a wide character or a blank line may change, and that what is printed is read."""

from dataclasses import replace
from decimal import Decimal

from extract_cases import facts_of, findings_of
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.extract import find
from briefings.records.fact import Fact
from briefings.structure import read

NAMES = ("生产总值", "固定资产投资", "社会消费品零售总额", "一般公共预算收入", "进出口总额", "城镇新增就业")
WIDE = {chr(0x30 + d): chr(0xFF10 + d) for d in range(10)} | {
    "%": "％",
    ".": "．",
    ",": "，",
    ":": "：",
    ";": "；",
}
FIGURES = st.decimals(min_value=1, max_value=9999, places=2, allow_nan=False, allow_infinity=False).map(str)
CLAUSES = st.builds(
    "{}{}{}{}亿元,{}{}%".format,
    st.sampled_from(("", "全市", "1-5月,", "城投集团", "截至6月底,")),
    st.sampled_from(NAMES),
    st.sampled_from(("", "达到", "实现")),
    FIGURES,
    st.sampled_from(("同比增长", "下降", "较年初增长", "两年平均增长")),
    FIGURES,
)
SENTENCES = st.lists(CLAUSES, min_size=1, max_size=3).map(lambda clauses: ";".join(clauses) + "。")
FEW = settings(max_examples=40, deadline=None)


def told(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts without what depends on where they stand."""
    here = {
        "id": "",
        "document": "",
        "start": 0,
        "end": 0,
        "surface": "",
        "indicator_spans": (),
        "sentence": (0, 0),
    }
    return [replace(fact, **here) for fact in facts]  # type: ignore[arg-type]


@FEW
@given(SENTENCES, st.integers(12, 60))
def test_wrapping_changes_no_fact(sentence: str, wrap: int) -> None:
    """Physical lines are broken anywhere, inside numbers too; shorter ones may be the cells of a table."""
    assert told(findings_of(sentence, wrap=wrap).facts) == told(facts_of(sentence))


@FEW
@given(SENTENCES, st.sets(st.sampled_from(sorted(WIDE)), max_size=8))
def test_wide_characters_change_no_fact(sentence: str, widened: set[str]) -> None:
    """Any choice of digits and marks may be written wide."""
    wide = "".join(WIDE[c] if c in widened else c for c in sentence)
    narrow = {v: k for k, v in WIDE.items()}
    facts = [
        replace(f, hedge=f.hedge, indicator="".join(narrow.get(c, c) for c in f.indicator))
        for f in told(facts_of(wide))
    ]
    assert facts == told(facts_of(sentence))


@FEW
@given(st.lists(SENTENCES, min_size=1, max_size=3), st.lists(st.integers(0, 3), min_size=3, max_size=3))
def test_blank_lines_change_no_fact(sentences: list[str], blanks: list[int]) -> None:
    """A document with blank lines between its paragraphs says what it said without them."""
    head = "临江市2024年上半年经济运行情况\n"
    close = _facts(head + "\n".join(sentences))
    apart = _facts(head + "\n".join("\n" * n + s for n, s in zip(blanks, sentences, strict=False)))
    assert [(f.kind, f.value, f.unit, f.indicator, f.period, f.scope) for f in apart] == [
        (f.kind, f.value, f.unit, f.indicator, f.period, f.scope) for f in close
    ]


def _facts(text: str) -> list[Fact]:
    reading = read(text.encode(), "a.txt")
    return [fact for document in reading.documents for fact in find(document, reading.source).facts]


@FEW
@given(
    st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(("亿元", "万人", "家", "万平方米", "吨", "亿美元", "个", "公里", "万千瓦", "人次")),
    st.sampled_from(("", "约", "近", "超过", "逾")),
    st.booleans(),
)
def test_a_printed_quantity_is_read_back(value: Decimal, unit: str, hedge: str, grouped: bool) -> None:
    """Value, unit and hedge come back as they were printed, with or without thousands separators."""
    printed = f"{value:,}" if grouped else str(value)
    (fact,) = facts_of(f"建筑规模达{hedge}{printed}{unit}。")
    assert (Decimal(fact.value), fact.unit, fact.hedge or "") == (value, unit, hedge)
    assert fact.surface == f"{hedge}{printed}{unit}"


@FEW
@given(st.lists(SENTENCES, min_size=2, max_size=4))
def test_paragraphs_are_read_apart(sentences: list[str]) -> None:
    """The facts of a document are those of its paragraphs, one after another."""
    together = told(facts_of(*sentences))
    assert together == [fact for sentence in sentences for fact in told(facts_of(sentence))]
