"""Every page in a real Chromium, in both languages, on a desk and on a phone: axe-core finds nothing serious."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from looking import CHROMIUM, axe, needs_chromium, overflow, serious
from places import NOW, PASSWORD, Place, csrf

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs_chromium
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def lively(place: Place) -> Place:
    """The workspace with something of everything: versions, corrections, metadata, decisions, runs, letters."""
    client, store = place.browser("editor"), place.store
    word = {"csrf": csrf(client)}
    long = "清湾市人民政府办公室、发展和改革委员会、商务局、统计局关于上半年经济运行情况的联合报告（征求意见稿第三次修改）.txt"
    for name, text in (("商务局2022修订.txt", NOW.replace("321.5", "322.7")), (long, "情况\n上半年，税收收入45.6亿元。另有3.77。\n")):  # fmt: skip
        client.post("/upload", data=word, files=[("files", (name, text.encode()))])
    document = next(d.id for d in store.documents() if d.period and d.period.value == "2021-H1")
    client.post(f"/documents/{document}/metadata", data=word | {"place": "望潮县", "reason": "更名"})
    fact = next(f.id for f in store.facts() if f.surface == "302.2亿元")
    client.post(
        f"/facts/{fact}/correct", data=word | {"value": "303", "wanted": "set", "reason": "与台账核对"}
    )
    promise = re.search(r'action="(/briefings/plans/promises/[^"]+)"', client.get("/briefings/plans/promises").text)  # fmt: skip
    if promise:
        client.post(promise[1], data=word | {"wanted": "confirm", "reason": "同一项工作"})
    store.runs.ask("half-year", "new_input", "a document came", lambda _, last: last + timedelta(hours=1))
    return place


@pytest.fixture
def address(lively: Place) -> Iterator[str]:
    """The application, served by a thread."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(lively.app, port=port, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = datetime.now().timestamp() + 30
    while not server.started and datetime.now().timestamp() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def paths(place: Place) -> list[str]:
    """An address of every kind of page; an edition itself runs no script, so that nothing can look at it from inside."""
    store = place.store
    source = next(s.sha256 for s in store.sources() if s.name == "商务局2022.txt")
    replaced = next(iter(store.replaced()))
    fact = store.facts()[0].id
    edition = f"/briefings/half-year/editions/{place.edition}"
    client = place.browser("editor")
    promises = re.findall(
        r'href="(/briefings/plans/promises/[^"]+)"', client.get("/briefings/plans/promises").text
    )
    shared = client.post(f"{edition}/share", data={"csrf": csrf(client), "days": "7"}).text
    link = re.search(r"http://127\.0\.0\.1(/shared/[^\"]+)", shared)
    preview = client.get(f"{edition}/preview").text
    computed = re.search(r'data-source="(k[^"]+|[^"]*:[^"]*)"', preview)
    assert link
    return [
        "/", "/briefings/half-year", "/briefings/plans", edition, "/briefings/plans/promises",
        *promises[:1], "/sources", f"/sources/{source}", f"/sources/{source}?at=30-40#o30", f"/sources/{source}/add",
        f"/sources/{source}/add?words=%25", f"/sources/{source}/add?words=12个", f"/documents/{replaced}", "/facts",
        "/facts?q=零", "/facts?q=没有的", f"/facts/{fact}", "/corrections", "/upload", "/quarantine", "/runs", "/runs/r1",
        "/schedules", "/outbox", "/users", "/nothing/here", link[1], f"{link[1]}/numbers/{place.fact('88.2亿元')}",
        *([f"{edition}/numbers/{computed[1]}"] if computed else []),
    ]  # fmt: skip


def test_no_page_shuts_anybody_out(address: str, lively: Place) -> None:
    """Contrast, names, landmarks, order, sizes: on each page no serious finding, and nothing wider than the window."""
    script = axe()
    if script is None:
        pytest.skip("axe-core is not here: .ci/setup.sh test fetches it where npm and a network are")
    from playwright.sync_api import sync_playwright

    source = script.read_text(encoding="utf-8")
    faults: list[object] = []
    there = paths(lively)
    assert len(there) >= 28
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for locale in ("zh-CN", "en-GB"):
            window = browser.new_context(base_url=address, locale=locale).new_page()
            window.goto("/login")
            faults += looked_at(window, source, "/login")
            window.locator("input[name=name]").fill("admin")
            window.locator("input[name=password]").fill(PASSWORD)
            window.locator("form.card button").click()
            window.wait_for_url(address + "/")
            for path in there:
                window.goto(path)
                faults += looked_at(window, source, path)
        browser.close()
    assert not faults, "\n".join(map(str, faults))


def looked_at(window: "Page", script: str, path: str) -> list[object]:
    """What is wrong with the page in the window, on a desk and on a phone."""
    found: list[object] = []
    for size in (DESK, PHONE):
        window.set_viewport_size(size)  # type: ignore[arg-type]  # a width and a height
        found += [(path, size["width"], fault) for fault in serious(window, script)]
        if wider := overflow(window):
            found.append((path, size["width"], f"{wider} px wider than the window"))
    return found
