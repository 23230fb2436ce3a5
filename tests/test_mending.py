"""Tests of pipeline.mend: a publisher killed after each of its steps leaves exactly one set of letters for each edition."""

import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefings import deliver, pipeline, settings
from briefings.records.run import Event
from briefings.store import open_store
from briefings.store.store import Store
from briefings.unattended import Unattended

NOW = "2021-08-20T09:00:00+08:00"
FIRST = (
    "云河市港口局2021年上半年工作总结\n2021-07-20\n上半年，全市港口货物吞吐量完成1205.6万吨，同比增长6.2%。\n"
)
SECOND = (
    "云河市口岸办2021年上半年工作总结\n2021-07-22\n上半年，全市口岸进出口货运量812.3万吨，同比增长9.1%。\n"
)
THIRD = "云河市海事局2021年上半年工作总结\n2021-07-25\n上半年，全市进出港船舶3.2万艘次，同比增长4.5%。\n"
TOML = """[service]
debounce = 0
[[briefing]]
id = "harbour"
kind = "digest"
title = "云河市口岸工作摘编"
period = "2021-H1"
formats = ["html"]
recipients = ["chen@example.org", "lin@example.org"]
"""
editions = sys.modules["briefings.deliver.editions"]  # the package names its function so
STEPS = (
    (Store, "outbox_begins"),
    (editions, "_build"),
    (Path, "rename"),
    (editions, "_point"),
    (Path, "replace"),
    (editions, "publish"),
    (Store, "record_edition"),
)


def killed_after(done: Callable[..., Any]) -> Callable[..., Any]:
    """``done``, after which nothing is done any more."""

    def last(*given: Any, **named: Any) -> None:
        done(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return last


def publisher(root: Path, step: int) -> None:
    """Build the briefing in this process, and be killed after the step."""
    owner, name = STEPS[step]
    loaded = settings.load(root)
    store = open_store(loaded.store)
    if name == "outbox_begins":
        store.outbox.begin = killed_after(store.outbox.begin)  # type: ignore[method-assign]
    elif name == "publish":
        deliver.publish = killed_after(deliver.publish)
    else:
        setattr(owner, name, killed_after(getattr(owner, name)))
    pipeline.build(loaded.order("harbour"), loaded, store, now=NOW)


def take_in(root: Path, name: str, text: str) -> None:
    """A document comes in."""
    path = root / name
    path.write_text(text, encoding="utf-8")
    loaded = settings.load(root)
    store = open_store(loaded.store)
    pipeline.take_in([path], loaded, store, now=NOW)
    store.close()


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[name for _, name in STEPS])
@pytest.mark.parametrize("comes", [False, True], ids=["nothing-comes", "a-document-comes"])
def test_a_publisher_killed_after_a_step_is_made_good_for(tmp_path: Path, step: int, comes: bool) -> None:
    """Each edition that is there has one letter for each reader, whatever comes before the next start."""
    (tmp_path / settings.FILE_NAME).write_text(TOML, encoding="utf-8")
    take_in(tmp_path, "港口.txt", FIRST)
    loaded = settings.load(tmp_path)
    store = open_store(loaded.store)
    pipeline.build(loaded.order("harbour"), loaded, store, now=NOW)
    store.close()
    take_in(tmp_path, "口岸.txt", SECOND)

    child = multiprocessing.get_context("fork").Process(target=publisher, args=(tmp_path, step))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL

    if comes:
        take_in(tmp_path, "海事.txt", THIRD)
    store = open_store(loaded.store)
    lines: list[Event] = []
    service = Unattended(loaded, store, lines.append, owner="test")
    service.ask()
    service.make()

    line = deliver.lineage(loaded.output, "harbour")
    letters = Counter((one.edition, one.recipient.mailbox) for one in store.outbox.letters())
    wanted = {(e.id, reader): 1 for e in line for reader in ("chen@example.org", "lin@example.org")}
    assert letters == wanted
    appeared = STEPS[step][1] not in ("outbox_begins", "_build")
    assert len(line) == 2 + (comes and appeared)
    assert {e.id for e in store.editions("harbour")} == {e.id for e in line}
    assert store.outbox.owing() == () or not appeared
    recorded = STEPS[step][1] == "record_edition"
    assert ("mended" in [event.name for event in lines]) == (appeared and not recorded)
    store.close()


def test_a_run_shows_what_it_is_at(tmp_path: Path) -> None:
    """In its row while it is under way, in its log and in the lines told; nothing stays when it is over."""
    (tmp_path / settings.FILE_NAME).write_text(TOML.replace('["html"]', '["html", "xlsx"]'), encoding="utf-8")
    take_in(tmp_path, "港口.txt", FIRST)
    loaded = settings.load(tmp_path)
    store = open_store(loaded.store)
    seen: list[str] = []

    def tell(event: Event) -> None:
        if event.name == "step":
            seen.append(store.runs.all()[0].step)

    service = Unattended(loaded, store, tell, owner="test")
    service.ask()
    service.make()
    steps = ["gathering", "comparing", "rendering html 1/2", "rendering xlsx 2/2", "proving", "publishing"]
    assert seen == steps
    (run,) = store.runs.all()
    assert (run.state, run.step) == ("done", "")
    assert [line.text for line in store.runs.log(run.id) if line.text in steps] == steps
    store.close()
