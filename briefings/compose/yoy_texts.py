"""The words of two periods: what goes on, what is new, what is no longer found; problems then and now; what became of plans."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from briefings.compose.desk import Desk
from briefings.compose.passages import Passage
from briefings.records.briefing import Block, Column, Heading, Line, Paragraph, Quote, Table, Words
from briefings.records.comparison import TextMatch
from briefings.records.document import Span
from briefings.records.fact import Measure
from briefings.records.peers import Side
from briefings.records.yoy import TextChange, YearOnYear

_COURTESY = re.compile(r"(?:谢谢|感谢|好的|大家好|各位)[^，。！]{0,12}$")
_LIMIT = 60
_ONE_SIDED_LIMIT = 46
_MOST_KEPT = 8
_MOST_ONE_SIDED = 8
_MOST_PROMISES = 16
_NAMES = re.compile(r"[“《].{2,30}[”》]")
_CLAUSES = re.compile(r"[，,；;]")
_LEAST_SHARED = 4
_Told = tuple[Measure, tuple[Quote, ...]]
"""A measure and the words that are quoted of it: its heading, and behind a bare one a sentence that says what was done."""


def work(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What was done then and now."""
    head = desk.words("工作的延续与变化") if _both(comparison) else desk.words("工作")
    return _chapter(comparison, comparison.work, head, "work", desk)


def problems(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """The problems named then and now."""
    head = desk.words("问题的前后") if _both(comparison) else desk.words("问题")
    return _chapter(comparison, comparison.problems, head, "problems", desk)


def promised(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What became of the prior side's plans, in both sides' words."""
    if not comparison.promises:
        return []
    states = {
        "done": desk.words("已完成"),
        "on_track": desk.words("推进中"),
        "behind": desk.words("滞后"),
        "not_mentioned": desk.words("未见表述"),
    }
    order = tuple(states)
    told = sorted(comparison.promises, key=lambda p: (p.answer is None, order.index(p.state)))
    rows = tuple(
        (_whole(p.plan, desk), _whole(p.answer, desk), (Words(states[p.state]),))
        for p in told[:_MOST_PROMISES]
    )
    columns = (
        Column(desk.words("{period}的打算", period=desk.period(comparison.prior.label)), weight=3),
        Column(desk.words("{period}的表述", period=desk.period(comparison.current.label)), weight=3),
        Column(desk.words("状态"), "center", 1),
    )
    ids = [p.id for p in comparison.promises]
    note = desk.say(
        "共{n}项，本刊按措辞和数字比对；“未见表述”只说明本期文字中没有找到，不等于没有完成。",
        n=desk.count(ids),
    )
    return [
        Heading(2, desk.words("上期打算的着落"), "promised", desk.chapter_number()),
        Table("t-promised", desk.table_number(), desk.words("上期打算与本期表述"), columns, rows, note),
    ]


def _chapter(comparison: YearOnYear, found: TextChange, head: str, key: str, desk: Desk) -> list[Block]:
    changes = found.changes
    if not (changes.kept or changes.new or changes.gone):
        return []
    blocks: list[Block] = [Heading(2, head, key, desk.chapter_number())]
    before, after = desk.period(comparison.prior.label), desk.period(comparison.current.label)
    if not _both(comparison):
        side = changes.new or changes.gone
        rows = tuple((_cited(q, desk),) for q in _openings(side[:_MOST_ONE_SIDED], _LIMIT, desk))
        caption = desk.words("{period}的原文", period=after if changes.new else before)
        return [*blocks, Table(f"t-{key}", desk.table_number(), caption, (Column(caption),), rows)]
    silent = [s for s in (comparison.prior, comparison.current) if not _says(s, key)]
    if silent:
        blocks.append(Paragraph(desk.say("{period}没有写到。", period=desk.period(silent[0].label))))
    else:
        blocks.append(Paragraph(_count(found, desk)))
    if changes.kept:
        pairs = tuple(
            (_matched(t.prior, t, desk), _matched(t.current, t, desk)) for t in changes.kept[:_MOST_KEPT]
        )
        said = "{period}的问题" if key == "problems" else "{period}的提法"
        columns = tuple(Column(desk.words(said, period=p)) for p in (before, after))
        blocks.append(Table(f"t-{key}-kept", desk.table_number(), desk.words("延续"), columns, pairs))
    gone, new = changes.gone, changes.new
    if key == "problems":  # nobody wants to miss one: those without a counterpart are listed too
        own = {d.id for d in comparison.prior.documents}
        gone = (*gone, *(m for m in found.reworded if m.document in own))
        new = (*new, *(m for m in found.reworded if m.document not in own))
    if gone or new:
        blocks.append(_one_sided(gone, new, found, (before, after), key, desk))
    return blocks


def _count(found: TextChange, desk: Desk) -> Line:
    changes = found.changes
    line = desk.say(
        "延续{kept}条，新提{new}条，未再见到{gone}条",
        kept=desk.count([t.prior.id for t in changes.kept]), new=desk.count([m.id for m in changes.new]),
        gone=desk.count([m.id for m in changes.gone]),
    )  # fmt: skip
    if found.reworded:
        line = desk.say(
            "{line}；另有{n}条没有对应的条目，但另一期的文字里仍提到同一事项",
            line=line,
            n=desk.count([m.id for m in found.reworded]),
        )
    return desk.say("{line}（本刊计算）。", line=line)


def _one_sided(
    gone: Sequence[Measure],
    new: Sequence[Measure],
    found: TextChange,
    periods: tuple[str, str],
    key: str,
    desk: Desk,
) -> Table:
    left, right = (_openings(_most_said(m), _ONE_SIDED_LIMIT, desk) for m in (gone, new))
    rows = tuple((_cell(a, found, desk), _cell(b, found, desk)) for a, b in zip_longest(left, right))
    head = "{period}另有的问题" if key == "problems" else "{period}单独提到"
    columns = tuple(Column(desk.words(head, period=p)) for p in periods)
    caption = desk.words("没有对应条目的问题") if key == "problems" else desk.words("只见于一期的工作")
    note: Line = ()
    if max(len(gone), len(new)) > _MOST_ONE_SIDED:
        note = desk.say(
            "先取有名目、有数字的，按原文顺序列出；前者共{gone}条，后者共{new}条。",
            gone=desk.count([m.id for m in gone]), new=desk.count([m.id for m in new]),
        )  # fmt: skip
    return Table(f"t-{key}-moved", desk.table_number(), caption, columns, rows, note)


def _most_said(measures: Sequence[Measure]) -> list[Measure]:
    """Those there is room for: the ones with a name or a number in them first, in the order of the text."""
    best = sorted(measures, key=lambda m: -(2 * bool(_NAMES.search(m.text)) + bool(m.facts)))
    return [m for m in measures if m in best[:_MOST_ONE_SIDED]]


def _openings(measures: Sequence[Measure], limit: int, desk: Desk) -> list[_Told]:
    """The words that name each measure, each quotation once: under a shared heading the later ones by their own sentence."""
    found: dict[tuple[str, Span], _Told] = {}
    for measure in measures:
        passages = desk.citations.passages(measure.document)
        quote = passages.opening(measure, limit)
        if _COURTESY.match(quote.text):  # an answer at a press conference begins with thanks
            following = passages.sentence(min(quote.span.end + 1, measure.span.end - 1))
            quote = passages.whole(following, limit)
        if (measure.document, quote.span) in found:
            quote = passages.whole(passages.sentence(measure.span.start), limit)
        quote = _unstopped(quote)
        found.setdefault(
            (measure.document, quote.span), (measure, (quote, *_body(measure, quote, limit, desk)))
        )
    return list(found.values())


def _unstopped(quote: Quote) -> Quote:
    """A quotation without the full stop at its end."""
    text = quote.text.rstrip("。")
    return replace(
        quote, text=text, span=Span(quote.span.start, quote.span.end - len(quote.text) + len(text))
    )


def _body(measure: Measure, heading: Quote, limit: int, desk: Desk) -> tuple[Quote, ...]:
    """Behind a heading without name and number the sentence that has one; the first of those there are."""
    if measure.role == "problem" or _tells(heading.text):
        return ()
    told = [s for s in _sentences(measure, desk) if s.span.start >= heading.span.end and _tells(s.text)]
    told.sort(key=lambda s: not _NAMES.search(s.text))
    return tuple(_quote(s, measure, limit, desk) for s in told[:1])


def _quote(said: Passage, measure: Measure, limit: int, desk: Desk) -> Quote:
    """The words without the full stop: what stands behind them goes on."""
    end = said.start + len(said.text.rstrip("。！!；;"))
    return desk.citations.passages(measure.document).whole(Passage(said.paragraph, said.start, end), limit)


def _tells(text: str) -> bool:
    return bool(_NAMES.search(text)) or any(c.isdigit() for c in text)


def _sentences(measure: Measure, desk: Desk) -> list[Passage]:
    """The sentences of a measure."""
    passages = desk.citations.passages(measure.document)
    found: dict[Span, Passage] = {}
    at = measure.span.start
    while at < measure.span.end:
        sentence = passages.sentence(at)
        found.setdefault(sentence.span, sentence)
        at = max(sentence.span.end, at + 1)
    return list(found.values())


def _matched(measure: Measure, match: TextMatch, desk: Desk) -> Line:
    """The words that name a measure; where they leave out what makes it alike the other, the clause that says it too."""
    [(_, (quote, *_))] = _openings([measure], _LIMIT, desk)
    quotes = [quote]
    shared = _bare(match.shared)[:_LEAST_SHARED]
    if shared and shared not in _bare(quote.text):
        for sentence in _sentences(measure, desk):
            if sentence.span.start >= quote.span.end and shared in _bare(sentence.text):
                quotes.append(_from_clause(sentence, shared, measure, desk))
                break
    return _cited((measure, tuple(quotes)), desk)


def _from_clause(sentence: Passage, shared: str, measure: Measure, desk: Desk) -> Quote:
    """A sentence from the clause on that says ``shared``, unless that would open within quotation marks."""
    text = sentence.paragraph.text
    ends = [m.end() for m in _CLAUSES.finditer(text, sentence.start, sentence.end)]
    starts = [
        sentence.start,
        *(e for e in ends if text[sentence.start : e].count("“") == text[sentence.start : e].count("”")),
    ]
    start = max((s for s in starts if shared in _bare(text[s : sentence.end])), default=sentence.start)
    return _quote(Passage(sentence.paragraph, start, sentence.end), measure, _LIMIT, desk)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).lower()


def _cell(told: _Told | None, found: TextChange, desk: Desk) -> Line:
    if told is None:
        return (Words("—"),)
    if told[0] in found.reworded:
        return desk.say("{quote}（另一期的文字里仍提到）", quote=_cited(told, desk))
    return _cited(told, desk)


def _cited(told: _Told, desk: Desk) -> Line:
    measure, (head, *body) = told
    reference = desk.citations.cite(measure.document, head.span.start)
    if not body:
        return (head, reference)
    own = desk.citations.cite(measure.document, body[0].span.start)
    references = (reference, own) if own != reference else (own,)
    return desk.say("{head}：{words}{cites}", head=head, words=body[0], cites=references)


def _both(comparison: YearOnYear) -> bool:
    """Whether there are documents of both periods."""
    return bool(comparison.prior.reviews and comparison.current.reviews)


def _says(side: Side, key: str) -> bool:
    """Whether a side says anything of a chapter's kind."""
    return any(r.problems if key == "problems" else r.done for r in side.reviews)


def _whole(measure: Measure | None, desk: Desk) -> Line:
    """The words of a promise or of what answers it, as far as there is room."""
    if measure is None:
        return (Words("—"),)
    passages = desk.citations.passages(measure.document)
    paragraph, start = passages.at(measure.span.start)
    last, end = passages.at(measure.span.end - 1)
    stop = end + 1 if last is paragraph else len(paragraph.text)
    quote = passages.whole(Passage(paragraph, start, stop), _LIMIT)
    return (quote, desk.citations.cite(measure.document, quote.span.start))
