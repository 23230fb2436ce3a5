"""Tests of briefings.compare.problems: kinds of problems, the clauses that name them, what is shared."""

from dataclasses import replace

import pytest
from facts import document

from briefings.compare.problems import clauses, lexicon, shared_problems
from briefings.records.comparison import Review
from briefings.records.document import Paragraph, Span
from briefings.records.fact import Measure


def review(key: str, *said: str) -> Review:
    """A review of a document whose paragraphs are its problems."""
    paragraphs, measures, start = [], [], 0
    for n, text in enumerate(said):
        paragraphs.append(Paragraph(text, ((0, start),), role="problem"))
        span = Span(start, start + len(text))
        measures.append(Measure(f"{key}{n}", key, span, text, text, "problem", ()))
        start += len(text) + 1
    told = replace(document(key), paragraphs=tuple(paragraphs))
    return Review(told, (), (), (), tuple(measures), ())


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        ("骨干企业规模偏小", ("规模实力",)),
        ("城乡发展不平衡", ("结构布局",)),
        ("专业人才缺口较大", ("人才队伍",)),
        ("融资难尚未缓解", ("资金要素",)),
        ("部分项目落地偏慢", ("项目支撑",)),
        ("人才引进步伐加快", ()),
        ("工作还不够细", ()),
        ("受户籍制度改革影响，入园排队时间较长", ()),
    ],
)
def test_a_kind_is_named_by_a_cue_beside_a_word_of_lack(clause: str, kinds: tuple[str, ...]) -> None:
    """The matter alone is no problem, and a lack of nothing in particular is of no kind."""
    assert lexicon().kinds_of(clause) == kinds


def test_a_problem_is_shared_when_two_documents_name_its_kind() -> None:
    """One document that names a kind twice shares it with nobody; the widest shared goes first."""
    found = shared_problems(
        [
            review("a", "一是渔船检验人手之外，高层次人才短缺，港口规模偏小。", "二是园区规模也不大。"),
            review("b", "受用地趋紧影响，部分项目落地偏慢；复合型人才紧缺。"),
            review("c", "教师队伍结构性缺编。企业规模偏小。"),
        ]
    )
    assert [(s.theme, [m.text for m in s.measures]) for s in found][:2] == [
        ("人才队伍", ["高层次人才短缺", "复合型人才紧缺", "教师队伍结构性缺编"]),
        ("规模实力", ["港口规模偏小", "企业规模偏小"]),
    ]


def test_a_clause_has_its_own_place_behind_what_leads_in_to_it() -> None:
    """Numbering, labels and 但还存在 are no part of the problem; a mere circumstance takes the next clause with it."""
    told = review("a", "存在的问题：一是还存在产业结构不优，受疫情影响，客流恢复缓慢。")
    [measure] = told.problems
    found = list(clauses(told.document, measure))
    assert [c.text for c in found] == ["产业结构不优", "受疫情影响，客流恢复缓慢", "客流恢复缓慢"]
    for clause in found:
        assert measure.text[clause.span.start : clause.span.end] == clause.text


def test_a_line_break_inside_a_problem_stays_inside_its_span() -> None:
    """Spans are places in the source, where the line is broken."""
    text = "一是财力不足，要素保障能力偏弱。"
    paragraph = Paragraph(text, ((0, 100), (9, 110)))
    told = replace(document("a"), paragraphs=(paragraph,))
    measure = Measure("m", "a", Span(100, 117), text, text, "problem", ())
    assert [c.span for c in clauses(told, measure)] == [Span(102, 106), Span(107, 116)]
