"""The whole way in a real browser: log in, upload, run, edition, downloads, number, sentence, correction, next edition."""

import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from looking import CHROMIUM, axe, needs_chromium, overflow, serious
from places import PASSWORD

from briefings import settings
from briefings.records.user import ROLES
from briefings.store import open_store
from briefings.web.auth import password_hash

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONFIG = """
[service]
debounce = 0

[[briefing]]
id = "half-year"
kind = "digest"
title = "清湾市2022年上半年工作摘编"
period = "2022-H1"
"""
TEXT = (
    "清湾市商务局2022年上半年工作总结",
    "一、上半年工作情况",
    "上半年，社会消费品零售总额321.5亿元，同比增长6.4%。外贸进出口总额88.2亿元，同比下降1.3%。",
    "新开便民市场12个，完成年度任务的80%。",
    "二、存在问题",
    "部分老旧市场改造进度偏慢。",
    "清湾市商务局",
    "2022年7月12日",
)

pytestmark = needs_chromium


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """``briefings serve`` on a new workspace, in a process of its own."""
    import socket

    (tmp_path / "briefings.toml").write_text(CONFIG, encoding="utf-8")
    store = open_store(settings.load(tmp_path).store)
    for role in ROLES:
        store.users.add(role, role, password_hash(PASSWORD))
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "briefings", "-C", str(tmp_path), "serve", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            assert process.wait(60) == 0, (tmp_path / "log").read_text(encoding="utf-8")


@pytest.fixture
def page(address: str) -> Iterator["Page"]:
    """A window of Chromium that speaks Chinese; what the console complains of fails the test."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        window = browser.new_context(
            base_url=address, locale="zh-CN", viewport={"width": 1280, "height": 900}
        ).new_page()
        complaints: list[str] = []
        window.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        window.on("pageerror", lambda e: complaints.append(str(e)))
        yield window
        browser.close()
    assert not complaints


def test_from_a_file_to_the_corrected_edition(page: "Page", tmp_path: Path) -> None:
    """Everything by clicking, as a person would."""
    import docx
    from pypdf import PdfReader

    written = docx.Document()
    for line in TEXT:
        written.add_paragraph(line)
    written.save(str(tmp_path / "商务局总结.docx"))

    page.goto("/")
    page.get_by_label("用户名").fill("editor")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="上传文件").first.click()
    _accessible(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "商务局总结.docx")
    page.get_by_text(re.compile("已收录：1篇，\\d+个指标数值。")).wait_for()
    page.get_by_role("link", name="看简报的生成").click()

    first = _newest_edition(page, "")
    page.goto(f"/briefings/half-year/editions/{first}")
    _accessible(page)
    with page.expect_download() as held:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    assert held.value.suggested_filename.startswith("清湾市2022年上半年工作摘编")
    assert "321.5" in "".join(p.extract_text() for p in PdfReader(held.value.path()).pages)
    with page.expect_download() as held:
        page.get_by_role("link", name=re.compile("Word")).first.click()
    opened = docx.Document(io.BytesIO(Path(held.value.path()).read_bytes()))
    assert "321.5" in "".join(opened.element.itertext())

    page.frame_locator("iframe.preview").locator("a.v", has_text="321.5").first.click()
    page.wait_for_url(re.compile("/sources/"))
    aimed = page.locator("a.fact.aim")
    assert aimed.inner_text() == "321.5亿元"
    assert "社会消费品零售总额" in page.locator(".shown blockquote").inner_text()
    box = aimed.bounding_box()
    assert box and 0 <= box["y"] <= 900
    _accessible(page)

    page.get_by_role("link", name="怎样读的，更正").click()
    page.get_by_label("值", exact=True).fill("325.1")
    page.get_by_label(re.compile("理由")).fill("与台账核对")
    _accessible(page)
    page.get_by_role("button", name="记下更正").click()
    page.get_by_text("更正已记录，下一版会用上。").wait_for()
    second = _newest_edition(page, first)
    page.goto(f"/briefings/half-year/editions/{second}")
    page.frame_locator("iframe.preview").locator("a.v", has_text="325.1").first.wait_for()
    assert "与台账核对" in page.locator("main").inner_text()

    for path in (
        "/",
        "/sources",
        "/facts?q=零",
        "/corrections",
        "/quarantine",
        "/runs",
        "/schedules",
        "/outbox",
    ):
        page.goto(path)
        _accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert overflow(page) == 0, path
        page.set_viewport_size({"width": 1280, "height": 900})


def _newest_edition(page: "Page", not_this: str) -> str:
    """Waits for an edition other than ``not_this``, and gives its id."""
    for _ in range(120):
        held = page.request.get("/api/v1/briefings/half-year").json()["latest"]
        if held and held["id"] != not_this:
            return str(held["id"])
        time.sleep(0.5)
    raise AssertionError("no new edition came")


def _accessible(page: "Page") -> None:
    """No serious finding of axe-core, where it is there."""
    script = axe()
    if script:
        found = serious(page, script.read_text(encoding="utf-8"))
        assert not found, (page.url, found)
