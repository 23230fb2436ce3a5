"""Tests of briefings.unattended: what changed is made, what did not is not, and nothing put into the inbox is lost."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefings import pipeline, settings
from briefings.errors import ConfigurationError, UsageError
from briefings.ingest import inbox
from briefings.records.run import Event, Run
from briefings.store import open_store
from briefings.store.store import Store
from briefings.unattended import Unattended, make_next, retry, run_now

NOW = "2021-08-01T09:00:00+08:00"
WORKS = """临澜市水务局2021年上半年工作总结
2021-07-18
一、主要工作情况
上半年，全市新建供水管网86公里，完成年度计划的64%，供水总量2.35亿立方米，同比增长4.1%。
二、存在问题
部分老旧管网漏损较多。
"""
PARKS = """临澜市园林局2021年上半年工作总结
2021-07-16
一、主要工作情况
上半年，全市新建口袋公园9个，新增绿地31.5公顷，同比增长12.6%。
二、存在问题
部分公园管护人手不足。
"""
BRIEFING = """[[briefing]]
id = "{id}"
kind = "digest"
title = "{title}"
period = "2021-H1"
issuers = ["{issuer}"]
formats = ["html"]
"""
ORDERS = BRIEFING.format(id="works", title="水务工作摘编", issuer="市水务局") + BRIEFING.format(
    id="parks", title="园林工作摘编", issuer="市园林局"
)


class Watched(Unattended):
    """The service with its tasks called by the test instead of the clock, and its lines kept."""

    def __init__(self, root: Path, store: Store) -> None:
        self.lines: list[Event] = []
        super().__init__(settings.load(root), store, self.lines.append, owner="test")
        self.ask()

    def put(self, name: str, text: str) -> Path:
        """A file in the inbox."""
        path = self.settings.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def take_settled(self) -> list[str]:
        """Two looks with a rest between them; gives the names of the events."""
        before = len(self.lines)
        self.take_in()
        # Not the looks are tested here: the files have been lying there for an hour.
        hour = int(timedelta(hours=1).total_seconds() * 1e9)
        for path, rest in self.files.rests.items():
            self.files.rests[path] = inbox.Rest(rest.mark, rest.since - hour)
        time.sleep(
            max(0.0, 2.0 - (time.time_ns() - max(r.mark.written for r in self.files.rests.values())) / 1e9)
        )
        self.take_in()
        return [event.name for event in self.lines[before:]]

    def made(self) -> list[tuple[str, str, str]]:
        """Ask, make all there is, and give what was made: briefing, kind, state."""
        self.ask()
        asked = {run.id for run in self.store.runs.all() if not run.over}
        self.make()
        over = [run for run in self.store.runs.all() if run.id in asked]
        return sorted((run.briefing, run.kind, run.state) for run in over)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of the workspace, which makes two briefings, each of one office."""
    (tmp_path / settings.FILE_NAME).write_text("[service]\ndebounce = 0\n" + ORDERS, encoding="utf-8")
    opened = open_store(settings.load(tmp_path).store)
    yield opened
    opened.close()


@pytest.fixture
def service(tmp_path: Path, store: Store) -> Watched:
    """The service in that workspace."""
    return Watched(tmp_path, store)


def add(service: Watched, tmp_path: Path, name: str, text: str) -> str:
    """Add a document as another process does with ``briefings add``; gives its id."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (outcome,) = pipeline.take_in([path], service.settings, service.store, now=NOW)
    (document,) = outcome.documents
    return document.id


def test_only_the_briefings_of_a_new_document_are_made(service: Watched, tmp_path: Path) -> None:
    """Without documents nothing is asked for; each document asks for its own briefing, once."""
    assert service.made() == []
    add(service, tmp_path, "水务.txt", WORKS)
    assert service.made() == [("works", "new_input", "done")]
    add(service, tmp_path, "园林.txt", PARKS)
    assert service.made() == [("parks", "new_input", "done")]
    assert service.made() == []
    assert service.store.runs.log("r2")[0].text == "asked for: new in 园林.txt"


def test_the_same_facts_make_no_edition(service: Watched, tmp_path: Path) -> None:
    """The document is read again and says the same: the run ends as unchanged, with the edition that was there."""
    add(service, tmp_path, "水务.txt", WORKS)
    service.made()
    (first,) = service.store.runs.all()
    reading, findings = pipeline.read(WORKS.encode(), "水务.txt")
    service.store.save(reading, findings, now=NOW)
    assert service.made() == [("works", "new_input", "unchanged")]
    assert service.store.runs.all()[0].edition == first.edition
    assert len(service.store.editions("works")) == 1


def test_a_correction_makes_its_briefing_anew(service: Watched, tmp_path: Path) -> None:
    """Of a fact, and taken back again."""
    document = add(service, tmp_path, "水务.txt", WORKS)
    add(service, tmp_path, "园林.txt", PARKS)
    service.made()
    fact = service.store.facts(documents=[document])[0]
    service.store.correct(fact.id, {"value": "88"}, author="a", reason="checked", now=NOW)
    assert service.made() == [("works", "new_input", "done")]
    service.store.undo(fact.id, author="a", reason="checked again", now=NOW)
    assert service.made() == [("works", "new_input", "done")]


def test_a_document_that_goes_over_to_another_briefing_changes_both(service: Watched, tmp_path: Path) -> None:
    """A person says who issued it: the briefing it left is told why it cannot be made, and keeps its edition."""
    document = add(service, tmp_path, "水务.txt", WORKS)
    add(service, tmp_path, "园林.txt", PARKS)
    service.made()
    pipeline.correct_document(
        document, {"issuer": "临澜市园林局"}, service.settings, service.store, author="a", reason="b", now=NOW
    )
    assert service.made() == [("parks", "new_input", "done"), ("works", "new_input", "failed")]
    (failed,) = [run for run in service.store.runs.all() if run.state == "failed"]
    assert "holds no document for briefing 'works'" in failed.reason
    assert len(service.store.editions("works")) == 1


def test_news_outlives_the_process_that_saw_it(service: Watched, tmp_path: Path, store: Store) -> None:
    """The next start asks for what the last one had no time to ask for."""
    add(service, tmp_path, "水务.txt", WORKS)
    assert Watched(tmp_path, store).made() == [("works", "new_input", "done")]
    assert Watched(tmp_path, store).made() == []


def test_the_inbox_is_taken_in_and_emptied(service: Watched) -> None:
    """What was read goes to one folder, what could not be read to another; the same bytes again are known."""
    service.put("水务.txt", WORKS)
    service.put("空.txt", "")
    service.put("部门/又是水务.txt", WORKS)
    assert sorted(service.take_settled()) == ["known", "quarantined", "taken"]
    folder = service.settings.inbox
    left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert left == ["quarantine/空.txt", "taken/水务.txt", "taken/部门/又是水务.txt"]
    assert [held.name for held in service.store.quarantined()] == ["空.txt"]
    assert service.made() == [("works", "new_input", "done")]


def test_a_file_is_moved_only_after_its_facts_are_written(
    service: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store fails: the file stays, one line says so, and later it is taken."""
    path = service.put("水务.txt", WORKS)
    with monkeypatch.context() as broken:
        broken.setattr(service.store, "save", lambda *_, **__: 1 / 0)
        assert service.take_settled() == ["not_taken"]
        assert service.take_settled() == []
    assert path.exists()
    service.files.later.clear()
    assert service.take_settled() == ["taken"]
    assert not path.exists()


def test_a_link_is_told_of_once(service: Watched, tmp_path: Path) -> None:
    """And left where it is."""
    outside = tmp_path / "outside.txt"
    outside.write_text(WORKS, encoding="utf-8")
    service.settings.inbox.mkdir(exist_ok=True)
    (service.settings.inbox / "链接.txt").symlink_to(outside)
    service.take_in()
    service.take_in()
    assert [(event.name, event.wrong) for event in service.lines] == [("left", True)]
    assert service.store.documents() == ()


def test_a_changed_briefings_toml_counts_and_a_broken_one_does_not(service: Watched, tmp_path: Path) -> None:
    """A new briefing is made without a restart; a mistake is told once and what was read before stays in force."""
    add(service, tmp_path, "水务.txt", WORKS)
    service.made()
    path = tmp_path / settings.FILE_NAME
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "[[briefing]]\nidd = 1\n", encoding="utf-8")
    assert service.made() == []
    assert service.made() == []
    told = [event.sentence for event in service.lines if event.name == "settings"]
    assert len(told) == 1
    assert "unknown key 'idd'" in told[0]
    new = BRIEFING.format(id="water", title="供水摘编", issuer="市水务局")
    path.write_text(good + new, encoding="utf-8")
    assert service.made() == [("water", "new_input", "done")]


def test_a_person_s_run_is_made_here_and_now(service: Watched, tmp_path: Path) -> None:
    """Whatever waits for the same briefing is answered with it."""
    add(service, tmp_path, "水务.txt", WORKS)
    service.ask()
    run = run_now("works", "person", "asked", service.settings, service.store, service.tell)
    assert (run.id, run.kind, run.state) == ("r1", "person", "done")
    with pytest.raises(ConfigurationError, match="Did you mean 'works'"):
        run_now("work", "person", "asked", service.settings, service.store, service.tell)


def test_a_run_that_failed_is_tried_again_as_another_run(service: Watched, tmp_path: Path) -> None:
    """It failed for want of documents; then there is one."""
    failed = run_now("works", "person", "asked", service.settings, service.store, service.tell)
    assert failed.state == "failed"
    add(service, tmp_path, "水务.txt", WORKS)
    again = retry(failed.id, service.settings, service.store, service.tell)
    assert (again.id, again.kind, again.state) == ("r2", "retry", "done")
    waiting = service.store.runs.ask("works", "person", "asked")
    with pytest.raises(UsageError, match="only a run that is over"):
        retry(waiting.id, service.settings, service.store, service.tell)


def test_a_run_of_a_briefing_that_is_gone_fails_with_its_reason(service: Watched) -> None:
    """It was taken out of briefings.toml while it waited."""
    service.store.runs.ask("gone", "schedule", "due")
    run = make_next(service.settings, service.store, service.tell, owner="test")
    assert isinstance(run, Run)
    assert (run.state, run.reason[:30]) == ("failed", "There is no briefing 'gone' in")
