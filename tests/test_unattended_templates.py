"""Left to itself, the service makes no edition with a template that does not lint; the last one stays."""

import shutil
from pathlib import Path

import pytest

from briefings import pipeline, settings
from briefings.errors import ConfigurationError
from briefings.records.run import Event
from briefings.store import open_store
from briefings.unattended import Unattended

TEXT = """临澜市水务局2021年上半年工作总结
2021-07-18
一、主要工作情况
上半年，全市新建供水管网86公里，完成年度计划的64%，供水总量2.35亿立方米，同比增长4.1%。
"""
ORDER = """[[briefing]]
id = "works"
kind = "digest"
title = "水务工作摘编"
period = "2021-H1"
formats = ["html"]
"""
NOW = "2021-08-01T09:00:00+08:00"


def test_a_run_with_a_spoilt_template_fails(tmp_path: Path, root: Path) -> None:
    """The mistake is in a branch that this briefing never takes: it is found all the same, and named in the run."""
    (tmp_path / settings.FILE_NAME).write_text("[service]\ndebounce = 0\n" + ORDER, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    loaded = settings.load(tmp_path)
    store = open_store(loaded.store)
    try:
        pipeline.take_in([tmp_path / "a.txt"], loaded, store, now=NOW)
        pipeline.build(loaded.orders[0], loaded, store, now=NOW)
        latest = (tmp_path / "output/works/latest").resolve()

        own = tmp_path / "templates/briefing"
        own.mkdir(parents=True)
        shutil.copy(root / "templates/briefing/official.html.j2", own)
        template = own / "official.html.j2"
        template.write_text(template.read_text("utf-8").replace("{{ m.printed }}", "{{ m.prnted }}"), "utf-8")
        with pytest.raises(ConfigurationError, match=r"m\.prnted.*是否要写“printed”"):
            pipeline.build(loaded.orders[0], loaded, store, now=NOW)

        lines: list[Event] = []
        service = Unattended(loaded, store, lines.append, owner="test")
        (tmp_path / "b.txt").write_text(TEXT.replace("86公里", "88公里"), encoding="utf-8")
        pipeline.take_in([tmp_path / "b.txt"], loaded, store, now=NOW)
        service.ask()
        service.make()
        (run,) = [run for run in store.runs.all() if run.briefing == "works"]
        assert run.state == "failed"
        assert any("m.prnted" in line.sentence for line in lines)
        assert (tmp_path / "output/works/latest").resolve() == latest

        template.rename(template.with_name("official.html.j2.bak"))
        assert pipeline.build(loaded.orders[0], loaded, store, now=NOW).edition.id != latest.name
    finally:
        store.close()
