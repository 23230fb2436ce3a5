"""The items of the done, problem and plan sections: span, words, headline, theme, the facts inside."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from briefings.extract.duty import duty, is_duty
from briefings.extract.lexicon import Lexicon
from briefings.records.document import Document, Paragraph, Role, Section
from briefings.records.fact import Fact, Measure

_ROLES: frozenset[Role] = frozenset(("done", "problem", "plan"))
_SHORTEST = 8
_LONGEST_HEADLINE = 40
_NUMBER = re.compile(
    r"[\s　]*(?:第?[一二三四五六七八九十]{1,3}(?:是|要|、|，|,)|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[—-]{2})[\s　]*"
)
_CLAUSE_END = re.compile(r"[。;；:：!！?？]")
_SOFT_END = re.compile(r"[,，]")
_SENTENCE = re.compile(r"[^。;；]+[。;；]?")
_FOLLOWING = re.compile(r"(?:以下|如下)[^,，]{0,8}(?:问题|困难|不足|工作|方面)[。:：]?$")
_BEFORE_PROBLEM = re.compile(
    r"^[^。;；]{0,40}?(?:问题|困难|不足|短板)(?:主要有|主要是|是|有)?[:：]|^.{0,16}?(?:比如|例如|主要(?:是|有|表现在|存在))[:：,，]?"
)


def measures(document: Document, facts: tuple[Fact, ...], lexicon: Lexicon) -> tuple[Measure, ...]:
    """One measure for each item of ``document``, in the order of the text; problems run together are parted at ;."""
    parents = {section.parent for section in document.sections}
    begun: set[int] = set()
    paths: dict[int, tuple[str, ...]] = {}
    found: list[Measure] = []
    at = 0
    for paragraph in document.paragraphs:
        if found and is_duty(paragraph.text):
            who, when = duty(paragraph.text, "plan")
            last = found[-1]
            found[-1] = replace(last, responsible=last.responsible or who, deadline=last.deadline or when)
            continue
        leads = (
            paragraph.kind == "body" and paragraph.section not in begun and paragraph.section not in parents
        )
        if paragraph.kind == "body":
            begun.add(paragraph.section)
        if paragraph.section not in paths:
            paths[paragraph.section] = document.heading_path(paragraph.section)
        path = paths[paragraph.section]
        for start, end in _items(paragraph, document, parents):
            span = paragraph.span(start, end)
            text = paragraph.text[start:end].strip()
            headline = _headline(paragraph, document, text, leads and start < 4)
            while at < len(facts) and facts[at].start < span.start:
                at += 1
            inside = []
            while at < len(facts) and facts[at].start < span.end:
                inside.append(facts[at].id)
                at += 1
            owed = duty(text, paragraph.role)
            identity = f"{document.sha256}:{span.start}:{span.end}:{paragraph.role}"
            found.append(
                Measure(
                    id=hashlib.sha256(identity.encode()).hexdigest()[:16],
                    document=document.id,
                    span=span,
                    text=text,
                    headline=headline,
                    role=paragraph.role,
                    path=path,
                    theme=lexicon.theme(text, headline),
                    facts=tuple(inside),
                    responsible=owed.responsible,
                    deadline=owed.deadline,
                )
            )
    return tuple(found)


def _items(paragraph: Paragraph, document: Document, parents: set[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that are items of their own."""
    text = paragraph.text
    run_in = "。" in text.rstrip()[:-1]
    whole = paragraph.kind == "heading" and run_in and paragraph.section not in parents
    if paragraph.repeated or not (paragraph.kind == "body" or whole) or paragraph.role not in _ROLES:
        return
    if whole:  # an item that ends in a bracket (责任单位：…) looks like a heading
        yield _trimmed(text, 0, len(text))
        return
    section = document.sections[paragraph.section] if paragraph.section >= 0 else None
    if section is None and paragraph.role == "done" and not any(c.isdigit() for c in text) and len(text) < 60:
        return
    opens = section is not None and _opens(paragraph, section)
    if (
        section is not None
        and paragraph.section in parents
        and opens
        and len(text) <= len(section.heading) + 12
    ):
        return
    if paragraph.role == "problem" and not opens:
        lead = _BEFORE_PROBLEM.search(text)
        offset = lead.end() if lead and lead.end() < len(text) - _SHORTEST else 0
        for sentence in _SENTENCE.finditer(text, offset):
            if _is_item(sentence[0].strip()):
                yield _trimmed(text, sentence.start(), sentence.end())
        return
    if _is_item(text.strip()):
        yield _trimmed(text, 0, len(text))


def _is_item(text: str) -> bool:
    """Whether ``text`` says something itself and does not only lead to items."""
    return len(text) > _SHORTEST and text[-1] not in ":：" and not _FOLLOWING.search(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _opens(paragraph: Paragraph, section: Section) -> bool:
    first = paragraph.pieces[0][1]
    return first <= section.heading_span.start < first + len(paragraph.text)


def _headline(paragraph: Paragraph, document: Document, text: str, leads: bool) -> str:
    if paragraph.section >= 0:
        section = document.sections[paragraph.section]
        if (leads or _opens(paragraph, section)) and 0 < len(section.heading) <= _LONGEST_HEADLINE:
            return section.heading.strip("。;；:： ")
    number = _NUMBER.match(text)
    body = text[number.end() :] if number else text
    end = _CLAUSE_END.search(body)
    clause = body[: end.start()] if end else body
    if len(clause) > _LONGEST_HEADLINE:
        soft = [m.start() for m in _SOFT_END.finditer(clause) if 4 <= m.start() <= _LONGEST_HEADLINE]
        clause = clause[: soft[-1]] if soft else clause[:_LONGEST_HEADLINE]
    return clause.strip()
