"""Keys of requests, uploads and their lines: what is asked twice is done once, what comes in is told of."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import uvicorn
from httpx import Client
from places import Place
from starlette.testclient import TestClient

from briefings.cli.events import hear, teller
from briefings.records.run import Event
from briefings.settings import load
from briefings.web import create_app

TEXT = "清湾市统计局2022年上半年情况\n2022-07-20\n上半年，全市税收收入{}亿元，同比增长3.2%。\n"


def by_token(place: Place, name: str = "editor") -> TestClient:
    """A program of that user's."""
    secret, _ = place.store.users.add_token(name, "", timedelta(days=1))
    client = place.browser()
    client.headers["authorization"] = f"Bearer {secret}"
    return client


def test_the_same_request_with_its_key_is_done_once(place: Place) -> None:
    """The answer comes again word for word, though the program parts its files otherwise; nothing is done again."""
    client = by_token(place)
    files = {"files": ("一.txt", TEXT.format(45.6).encode())}
    headers = {"Idempotency-Key": "k-1"}
    first = client.post("/api/v1/documents", files=files, headers=headers)
    again = client.post("/api/v1/documents", files=files, headers=headers)
    assert first.status_code == again.status_code == 202
    assert first.json()["files"][0]["state"] == "taken" and again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert "idempotent-replayed" not in first.headers and again.headers["idempotent-replayed"] == "true"
    assert client.post("/api/v1/documents", files=files).json()["files"][0]["state"] == "known"


def test_another_request_with_the_key_is_refused(place: Place) -> None:
    """422 as a problem; another user may have the same word for something else; without a key nothing is kept."""
    client, admin = by_token(place), by_token(place, "admin")
    headers = {"Idempotency-Key": "k-2"}
    address = f"/api/v1/facts/{place.fact('321.5亿元')}/corrections"
    made = client.post(address, json={"reason": "台账", "set": {"value": "325.1"}}, headers=headers)
    assert made.status_code == 201
    other = client.post(address, json={"reason": "台账", "set": {"value": "325.2"}}, headers=headers)
    assert (other.status_code, other.headers["content-type"]) == (422, "application/problem+json")
    assert "Idempotency-Key" in other.json()["detail"] and other.json()["request_id"]
    run = admin.post("/api/v1/briefings/half-year/runs", headers=headers)
    assert run.status_code == 202
    assert len(place.store.corrections()) == 1
    assert client.post(address, json={}, headers={"Idempotency-Key": "x" * 201}).status_code == 400
    assert place.browser().post(address, json={}, headers=headers).status_code == 401


def test_two_at_once_are_done_once(place: Place) -> None:
    """While the first is under way the second is told so, with 409; afterwards it gets the answer."""
    answered = place.store.answered
    assert answered.begin("editor", "k-3", "a") == "new"
    assert answered.begin("editor", "k-3", "a") == "under way"
    assert answered.begin("editor", "k-3", "b") == "other"
    answered.end("editor", "k-3", None)
    assert answered.begin("editor", "k-3", "b") == "new"
    client = by_token(place)
    key = {"Idempotency-Key": "k-4"}
    results: list[int] = []

    def ask() -> None:
        files = {"files": ("二.txt", TEXT.format(51.7).encode())}
        results.append(client.post("/api/v1/documents", files=files, headers=key).status_code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert set(results) <= {202, 409} and 202 in results
    assert sum(d.name == "二.txt" for d in place.store.documents()) == 1


@contextmanager
def served(place: Place, lines: list[Event]) -> Iterator[str]:
    """The page on a real server."""
    app = create_app(load(place.root), place.store, lambda *_: None, lines.append)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_config=None, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_a_large_upload_holds_nobody_up_and_is_told_of(place: Place) -> None:
    """50 MB come in while others are answered; the line names the user, the file, its sha256 and what became of it."""
    secret, _ = place.store.users.add_token("editor", "", timedelta(days=1))
    headers = {"authorization": f"Bearer {secret}"}
    lines: list[Event] = []
    answers: list[int] = []
    with served(place, lines) as address, Client(base_url=address, timeout=60) as client:

        def send() -> None:
            files = {"files": ("大.pdf", b"no pdf " * (50 << 17))}
            answers.append(client.post("/api/v1/documents", files=files, headers=headers).status_code)

        upload = threading.Thread(target=send)
        upload.start()
        waits = []
        while upload.is_alive():
            waits.append(client.get("/healthz").elapsed.total_seconds())
        upload.join()
    assert answers == [202]
    assert len(waits) > 3 and max(waits) < 5
    (line,) = [event for event in lines if event.name == "uploaded"]
    about = dict(line.about)
    assert (about["user"], about["file"], about["outcome"]) == ("editor", "大.pdf", "quarantined")
    assert len(about["sha256"]) == 64 and line.wrong


@pytest.mark.parametrize("hangs_up", [True, False])
def test_an_upload_that_never_ends_is_no_error(
    place: Place, hangs_up: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Broken off, or with nothing more coming: others are answered meanwhile, and nothing is logged as a fault."""
    monkeypatch.setattr("briefings.web.headers.PATIENCE", 0.3)
    secret, _ = place.store.users.add_token("editor", "", timedelta(days=1))
    head = (
        f"POST /api/v1/documents HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {secret}\r\n"
        "content-type: multipart/form-data; boundary=x\r\ncontent-length: 100000\r\n\r\n--x\r\n"
    )
    with served(place, []) as address, Client(base_url=address) as client:
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
            slow.sendall(head.encode())
            assert client.get("/healthz").status_code == 200
            if not hangs_up:
                assert slow.recv(100).startswith(b"HTTP/1.1 408")
        assert client.get("/healthz").status_code == 200
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def burns() -> bool:
    """Fail in a way that nobody foresaw."""
    raise RuntimeError("the store burns")


def test_what_the_server_logs_is_a_line_of_json(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody foresaw, with its traceback; a warning of a library; the end of a thread."""
    held = logging.getLogger().handlers[:]
    hook = threading.excepthook
    try:
        hear(teller("json", "Asia/Shanghai"))
        lines: list[Event] = []
        with served(place, lines) as address:
            monkeypatch.setattr(place.store.users, "any", burns)
            with Client(base_url=address) as client:
                assert client.get("/").status_code == 500
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        logging.getLogger("fontTools").warning("a font is odd\nin two lines")
    finally:
        logging.captureWarnings(False)
        logging.getLogger().handlers[:] = held
        threading.excepthook = hook
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.strip()]
    loggers = {one["logger"]: one for one in told}
    assert {"uvicorn.error", "thread", "fontTools"} <= set(loggers)
    assert "RuntimeError: the store burns" in loggers["uvicorn.error"]["traceback"]
    assert "ZeroDivisionError" in loggers["thread"]["traceback"]
