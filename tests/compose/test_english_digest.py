"""Tests of the English digest on the sample documents: it is proved, and English but for what the sources say."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from composing import compose_briefing

from briefings import audit, extract, pipeline, settings
from briefings.records.briefing import Briefing, Citation, Heading, Quote, Tiles, Value, Words
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.store import open_store
from briefings.store.store import Store

_HAN = re.compile(r"[\u4e00-\u9fff]")
_FULL = re.compile(r"[\u3000-\u3007\u300c-\u303f\uff00-\uffef]")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that holds the departments' compilation."""
    home = tmp_path_factory.mktemp("english")
    held = open_store(home / "store.sqlite3")
    file = Path(str(resources.files("briefings"))) / "data" / "samples" / "departments-2021h1.txt"
    pipeline.take_in([file], settings.parse("", home), held, now="2021-12-01T00:00:00+08:00")
    return held


@pytest.fixture(scope="module")
def documents(store: Store) -> tuple[Document, ...]:
    """Its documents."""
    return tuple(store.documents(period="2021-H1"))


@pytest.fixture(scope="module")
def facts(store: Store, documents: tuple[Document, ...]) -> tuple[Fact, ...]:
    """Their facts."""
    return tuple(store.facts(documents=[d.id for d in documents]))


@pytest.fixture(scope="module")
def english(store: Store, documents: tuple[Document, ...], facts: tuple[Fact, ...]) -> Briefing:
    """The digest in English."""
    order = Order("digest", "digest", "Linlan's departments", ("2021-H1",), language="en")
    measures = store.measures([d.id for d in documents])
    return compose_briefing(order, documents, facts, measures, ("科技局总结",), store, extract.default())


def _texts(record: Any) -> Iterator[str]:
    """Every word of ours in ``record``: no quotation, no number of a source, no citation."""
    if isinstance(record, Quote | Value | Citation):
        return
    if isinstance(record, Words):
        yield record.text
    elif isinstance(record, tuple):
        for item in record:
            yield from _texts(item)
    elif is_dataclass(record):
        for field in fields(record):
            value = getattr(record, field.name)
            if isinstance(value, str) and field.name in (
                "text",
                "caption",
                "header",
                "label",
                "head",
                "subtitle",
                "unit",
            ):
                yield value
            else:
                yield from _texts(value)


def test_every_number_is_proved(
    english: Briefing, store: Store, documents: tuple[Document, ...], facts: tuple[Fact, ...]
) -> None:
    """The converted numbers stand beside the sentences they come from."""
    texts = {d.sha256: store.source(d.sha256).text for d in documents}
    assert audit.prove(english, {f.id: f for f in facts}, {d.id: d for d in documents}, texts) == ()


def test_our_own_words_are_english(
    english: Briefing, facts: tuple[Fact, ...], documents: tuple[Document, ...]
) -> None:
    """Chinese is left only in titles, in names that no lexicon has, and in the units that are explained."""
    known = {d.title.value for d in documents} | {d.name for d in documents}
    known |= {part for f in facts for part in (f.scope, f.basis, f.indicator, f.canonical) if part}
    known |= {d.place.value for d in documents if d.place} | {"科技局总结", "万", "亿"}
    longest = sorted(known, key=len, reverse=True)
    for text in _texts(english.blocks):
        rest = re.sub(r"《[^》]*》", "", text)
        for name in longest:
            rest = rest.replace(name, "")
        assert not _HAN.search(rest), text
        assert not _FULL.search(rest), text


def test_headings_and_key_figures_are_numbered_and_named_in_english(english: Briefing) -> None:
    """Chapters are 1., 2.; annexes have letters; departments are called as offices are called in English."""
    headings = [b for b in english.blocks if isinstance(b, Heading)]
    assert {"1. ", "2. ", "Annex A. "} <= {h.number for h in headings}
    assert "Development and Reform Commission" in {h.text for h in headings}
    tiles = next(b for b in english.blocks if isinstance(b, Tiles))
    assert not any(_HAN.search(t.label + t.value.text + t.unit) for t in tiles.items)


def test_quotations_stay_chinese(english: Briefing) -> None:
    """What departments call a problem is not translated."""
    quotes = [q for b in english.blocks for q in _quotes(b)]
    assert len(quotes) > 20 and all(_HAN.search(q.text) for q in quotes)


def _quotes(record: Any) -> Iterator[Quote]:
    if isinstance(record, Quote):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from _quotes(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from _quotes(getattr(record, field.name))
