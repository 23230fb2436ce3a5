"""Laws of the grammar: what a line break, a wide character or a blank line may change, and that what is printed is read."""

from dataclasses import replace
from decimal import Decimal

from extract_cases import facts_of, findings_of
from hypothesis import assume, given, settings
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
@given(st.lists(SENTENCES, min_size=2, max_size=4), st.integers(20, 70))
def test_a_hard_wrapped_file_says_what_it_says_unwrapped(sentences: list[str], width: int) -> None:
    """Paragraphs broken at a width, as files from old programs are, through to the facts; only offsets change.

    A line that ends where a clause ends may be a paragraph of its own, and is left out here.
    """
    head = "临江市2024年上半年经济运行情况\n2024-07-20\n一、主要工作\n"
    paragraphs = ["今年以来,全市经济运行总体平稳、稳中有进。" + s for s in sentences]
    wrapped = ["\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in paragraphs]
    assume(not any(line.endswith(("。", ";")) for text in wrapped for line in text.split("\n")[:-1]))
    broken, whole = _facts(head + "\n".join(wrapped)), _facts(head + "\n".join(paragraphs))
    assert whole
    assert told(tuple(broken)) == told(tuple(whole))
    assert ["".join(f.surface.split()) for f in broken] == [f.surface for f in whole]


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
    assert told(tuple(apart)) == told(tuple(close))
    assert [f.surface for f in apart] == [f.surface for f in close]


@FEW
@given(SENTENCES, st.integers(8, 60), st.sets(st.sampled_from(sorted(WIDE)), max_size=8))
def test_spans_prove_themselves(sentence: str, wrap: int, widened: set[str]) -> None:
    """However a sentence is broken and widened: surface, sentence, name and value are the text at their places."""
    wide = "".join(WIDE[c] if c in widened else c for c in sentence)
    text = "\n".join(wide[i : i + wrap] for i in range(0, len(wide), wrap))
    narrow = str.maketrans({v: k for k, v in WIDE.items()})
    facts = findings_of(wide, wrap=wrap).facts
    assert facts
    for fact in facts:
        assert text[fact.start : fact.end] == fact.surface
        assert fact.sentence.start <= fact.start < fact.end <= fact.sentence.end
        assert fact.value.lstrip("-") in "".join(fact.surface.split()).translate(narrow)
        named = "".join(text[slice(*span)] for span in fact.indicator_spans)
        assert "".join(named.split()) in fact.indicator
        assert named


def _facts(text: str) -> list[Fact]:
    reading = read(text.encode(), "a.txt")
    found = [fact for document in reading.documents for fact in find(document, reading.source).facts]
    assert [text[f.start : f.end] for f in found] == [f.surface for f in found]
    return found


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


FILLERS = ("各项政策措施落地见效,群众满意度不断提升。" * 12, "全系统上下狠抓落实,重点任务有序推进。" * 14)
"""Words enough to make a document of a few sentences; what two documents share is no more than sentences."""
SAID = st.lists(SENTENCES, min_size=1, max_size=2).map("\n".join)
PLANS = st.builds("力争全年{}达到{}亿元。".format, st.sampled_from(NAMES), FIGURES)


@FEW
@given(
    st.tuples(SAID, PLANS),
    st.tuples(SAID, PLANS),
    st.sampled_from(("", "目录\n{}\n{}\n", "目录\n{}……3\n{}……8\n")),
    st.booleans(),
)
def test_a_compilation_says_what_its_documents_say(
    one: tuple[str, str], other: tuple[str, str], contents: str, same: bool
) -> None:
    """With a contents list or without, and though both say a sentence: the facts of the first, then the second's."""
    titles = ("临江市教育局2024年上半年工作总结", "临江市商务局2024年上半年工作总结")
    texts = [
        f"{title}\n2024-07-20\n一、主要工作\n{said}\n{filler}\n二、下步打算\n{plan}\n"
        for title, filler, (said, plan) in zip(titles, FILLERS, (one, one if same else other), strict=True)
    ]
    joined = read((contents.format(*titles) + "".join(texts)).encode(), "a.txt")
    apart = [read(text.encode(), "a.txt") for text in texts]
    assert len(joined.documents) == 2
    for document, alone in zip(joined.documents, apart, strict=True):
        (single,) = alone.documents
        found, expected = find(document, joined.source).facts, find(single, alone.source).facts
        assert expected
        assert told(found) == told(expected)
        shift = document.paragraphs[-1].pieces[-1][1] - single.paragraphs[-1].pieces[-1][1]
        assert [f.start for f in found] == [f.start + shift for f in expected]
