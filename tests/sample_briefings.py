"""The briefings of the samples as they are composed, each once in a process, and their PDFs, each once in a test run."""

import fcntl
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from briefings import gathering, pipeline, render, settings
from briefings.records.briefing import Briefing, Theme
from briefings.records.fact import Fact
from briefings.store import open_store

PACKED = (Path(__file__).parents[1],)
SAMPLES = Path(str(resources.files("briefings"))) / "data" / "samples"
ORDERS = settings.parse((SAMPLES / "briefings.toml").read_text(encoding="utf-8"), SAMPLES).orders
KINDS = sorted({order.kind for order in ORDERS})
MAKES: tuple[tuple[str, Theme], ...] = tuple(
    (order.id, "official" if (KINDS.index(order.kind) + (order.language == "en")) % 2 else "modern")
    for order in ORDERS
)
"""Every kind in both languages, one of them in the one theme, one in the other: each costs a second or two to lay out."""


@cache
def _all() -> Mapping[str, tuple[Briefing, tuple[Fact, ...]]]:
    with tempfile.TemporaryDirectory(prefix="briefings-samples-") as folder:
        home = Path(folder)
        loaded = settings.parse((SAMPLES / "briefings.toml").read_text(encoding="utf-8"), home)
        store = open_store(home / "store.sqlite3")
        try:
            files = sorted(p for p in SAMPLES.iterdir() if p.suffix != ".toml" and p.name != "README.md")
            pipeline.take_in(files, loaded, store, now="2023-12-01T00:00:00+08:00")
            found = {}
            for order in loaded.orders:
                material = gathering.gathered(order, loaded, store)
                found[order.id] = gathering.composed(material), material.facts
            return found
        finally:
            store.close()


def briefing(order: str, theme: Theme) -> Briefing:
    """The sample briefing of an order in a theme."""
    return replace(_all()[order][0], theme=theme)


def facts(order: str) -> tuple[Fact, ...]:
    """All facts that an order is made from."""
    return _all()[order][1]


@cache
def pdf(order: str, theme: Theme) -> bytes:
    """Its PDF, kept for the other processes of the run."""
    kept = Path(os.environ["SAMPLES_OF_THIS_RUN"]) / f"{order}.{theme}.pdf"
    kept.parent.mkdir(exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            kept.write_bytes(render.pdf(briefing(order, theme), PACKED, facts(order)))
    return kept.read_bytes()
