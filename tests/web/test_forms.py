"""Forms in bad weather: a second click, a log-in that ends while typing, a page of yesterday, and what is said then."""

import errno
import re
import sqlite3
from datetime import timedelta

import pytest
from places import PASSWORD, Place, csrf
from starlette.testclient import TestClient

from briefings.store import engine

OURS = {"origin": "http://127.0.0.1", "referer": "http://127.0.0.1/facts/x?lang=zh"}


def correction(place: Place, client: TestClient) -> tuple[str, dict[str, str]]:
    """The form that corrects a fact: where it goes and what is in it."""
    fact = place.fact("321.5亿元")
    return f"/facts/{fact}/correct", {
        "csrf": csrf(client),
        "value": "325.1",
        "wanted": "set",
        "reason": "与台账<核对>",
    }


def test_what_was_typed_outlives_the_log_in(place: Place) -> None:
    """The form is kept while its person logs in again, shown, and sent on with the new session's word."""
    client = place.browser("editor")
    path, form = correction(place, client)
    place.store.users.end_session(client.cookies["briefings_session"])
    late = client.post(path, data=form, headers=OURS)
    assert late.status_code == 401 and "刚才填写的都留着" in late.text
    kept = re.search(r'name="kept" value="([^"]+)"', late.text)
    assert kept
    from html import unescape

    login = {"name": "editor", "password": "wrong", "next": "/", "kept": unescape(kept[1])}
    wrong = client.post("/login", data=login)
    assert wrong.status_code == 401 and kept[1] in wrong.text
    again = client.post("/login", data=login | {"password": PASSWORD})
    assert again.status_code == 200 and "与台账&lt;核对&gt;" in again.text
    assert re.search(rf'<form[^>]*action="{path}"', again.text)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', again.text))
    sent = client.post(path, data={n: unescape(v) for n, v in hidden.items()})
    assert sent.status_code == 303, sent.text
    (held,) = place.store.corrections()
    assert (held.correction.reason, held.correction.changes) == ("与台账<核对>", (("value", "325.1"),))


def test_a_page_of_an_earlier_session_can_still_send_its_form(place: Place) -> None:
    """The word of the old session does nothing by itself; its person looks at the form and sends it again."""
    client = place.browser("editor")
    path, form = correction(place, client)
    answer = client.post(path, data=form | {"csrf": "of yesterday"}, headers=OURS)
    assert answer.status_code == 403 and "刚才填写的还在" in answer.text
    assert form["csrf"] in answer.text and not place.store.corrections()


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"}])  # fmt: skip
def test_nothing_is_kept_for_another_site(place: Place, headers: dict[str, str]) -> None:
    """A form that may come from elsewhere is not shown to be sent."""
    client = place.browser("editor")
    path, form = correction(place, client)
    answer = client.post(path, data=form | {"csrf": "guessed"}, headers=headers)
    assert answer.status_code == 403 and "与台账" not in answer.text
    stranger = place.browser().post(path, data=form, headers=headers)
    assert stranger.status_code == 303 and stranger.headers["location"].startswith("/login")


def test_passwords_are_never_kept(place: Place) -> None:
    """A form that holds one is filled in anew."""
    form = {"name": "新人", "role": "viewer", "password": "a secret thing"}
    answer = place.browser().post("/users", data=form, headers=OURS)
    assert answer.status_code == 303 and "secret" not in answer.headers["location"]


def test_a_log_in_leads_back_to_the_page_of_the_form(place: Place) -> None:
    """Where nothing could be kept, such as files."""
    files = [("files", ("a.txt", b"x"))]
    headers = OURS | {"referer": "http://127.0.0.1/upload"}
    answer = place.browser().post("/upload", files=files, headers=headers)
    assert answer.headers["location"] == "/login?next=%2Fupload"


def test_a_second_click_is_harmless(place: Place) -> None:
    """Corrections, rejections, undoing, runs, confirmed promises: each is there once, and nobody sees an error."""
    client = place.browser("editor")
    path, form = correction(place, client)
    assert [client.post(path, data=form).status_code for _ in range(2)] == [303, 303]
    (held,) = place.store.corrections()
    undo = {"csrf": form["csrf"], "wanted": "undo"}
    assert [client.post(f"/corrections/{held.correction.id}", data=undo).status_code for _ in range(2)] == [
        303,
        303,
    ]
    reject = form | {"wanted": "reject", "reason": "不是数据"}
    assert [client.post(path, data=reject).status_code for _ in range(2)] == [303, 303]
    assert [c.state for c in place.store.corrections()] == ["undone", "applied"]
    runs = {client.post("/briefings/half-year/run", data=undo).headers["location"] for _ in range(2)}
    assert len(runs) == 1
    page = client.get("/briefings/plans/promises").text
    promise = re.search(r'action="(/briefings/plans/promises/[^"]+)"', page)
    assert promise
    confirm = {"csrf": form["csrf"], "wanted": "confirm", "reason": "同一项工作"}
    assert [client.post(promise[1], data=confirm).status_code for _ in range(2)] == [303, 303]
    assert len(place.store.decisions()) == 1


def test_a_fact_that_is_filled_in_wrongly_keeps_what_was_typed(place: Place) -> None:
    """Wide digits and thousands are read as meant; the rest is said in the visitor's language."""
    client = place.browser("editor")
    path, form = correction(place, client)
    refused = client.post(path, data=form | {"value": "三百二十五", "scope": "全市口径"})
    assert refused.status_code == 422 and "“三百二十五”不是数" in refused.text
    assert 'value="全市口径"' in refused.text and "与台账&lt;核对&gt;" in refused.text
    english = client.post(path + "?lang=en", data=form | {"value": "many"})
    assert "“many” is not a number" in english.text
    assert client.post(path, data=form | {"value": "１,３２５．１"}).status_code == 303
    assert place.store.corrections()[0].correction.changes == (("value", "1325.1"),)


def test_users_filled_in_wrongly_keep_the_name(place: Place) -> None:
    """And never the password."""
    client = place.browser("admin")
    form = {"csrf": csrf(client), "wanted": "add", "name": "新人", "role": "editor", "password": "short"}
    answer = client.post("/users", data=form)
    assert answer.status_code == 422 and "密码至少8个字符" in answer.text
    assert 'value="新人"' in answer.text and "short" not in answer.text
    taken = client.post("/users", data=form | {"name": "viewer", "password": PASSWORD})
    assert taken.status_code == 422 and "已有名为viewer的用户" in taken.text


@pytest.mark.parametrize(("language", "title", "way"), [("zh", "找不到", "回到简报"), ("en", "Not found", "Back to the briefings")])  # fmt: skip
def test_errors_say_what_to_do_in_both_languages(place: Place, language: str, title: str, way: str) -> None:
    """404, 403, 422: a title, advice and a link; nothing of the program's inside."""
    client = place.browser("viewer")
    missing = client.get(f"/briefings/none?lang={language}")
    assert missing.status_code == 404 and title in missing.text and way in missing.text
    forbidden = client.get("/users")
    assert forbidden.status_code == 403
    assert ("请向管理员要" if language == "zh" else "Ask an administrator") in forbidden.text
    editor = place.browser("editor")
    editor.get(f"/?lang={language}")
    nothing = editor.post("/upload", data={"csrf": csrf(editor)})
    assert nothing.status_code == 422
    assert ("没有选择文件。" if language == "zh" else "No file was chosen.") in nothing.text
    assert "Traceback" not in missing.text + forbidden.text + nothing.text


def test_too_much_at_once_says_how_much_goes(place: Place) -> None:
    """413, before the body is read."""
    client = place.browser("editor")
    headers = {
        "content-length": str(10**12),
        "content-type": "multipart/form-data; boundary=x",
        "x-csrf-token": csrf(client),
    }
    answer = client.post("/upload", content=b"--x--", headers=headers)
    assert answer.status_code == 413 and "一次最多上传" in answer.text


def test_a_fault_of_the_program_names_the_request_and_no_insides(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 in the visitor's language, with a way on."""
    client = TestClient(place.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    client.post("/login", data={"name": "viewer", "password": PASSWORD})

    def broken(**_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr(place.store, "documents", broken)
    answer = client.get("/sources", headers={"x-request-id": "abc-7"})
    assert answer.status_code == 500 and "abc-7" in answer.text and "程序出错" in answer.text
    assert "secret path" not in answer.text and "RuntimeError" not in answer.text
    assert 'href="/"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"] == "abc-7" and answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EROFS, 507), (errno.EIO, 500)])
def test_a_full_disk_is_told_to_whoever_uploads(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    """A sentence of its own, on the page and for programs; without the path."""
    client = TestClient(place.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    client.post("/login", data={"name": "editor", "password": PASSWORD})
    word = csrf(client)

    def full(*_: object) -> None:
        raise OSError(number, "No space left on device", "/somewhere/originals")

    monkeypatch.setattr("briefings.web.intake.keep", full)
    page = client.post("/upload", data={"csrf": word}, files={"files": ("a.txt", b"x")})
    told = client.post("/api/v1/documents", headers={"x-csrf-token": word}, files={"files": ("a.txt", b"x")})
    assert (page.status_code, told.status_code) == (status, status)
    assert ("磁盘写不进去" in page.text) == (status == 507)
    assert told.headers["content-type"] == "application/problem+json"
    assert "/somewhere" not in page.text + told.text


def test_a_locked_store_is_no_fault_of_the_program(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with Retry-After, in the asker's language, for pages, forms and programs; afterwards all is as before."""
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    place.store.engine.dispose()
    client, token = place.browser("viewer"), place.store.users.add_token("editor", "", timedelta(days=1))[0]
    other = sqlite3.connect(place.root / ".briefings" / "store.sqlite3")
    other.execute("BEGIN EXCLUSIVE")
    page = client.get("/sources?lang=en", headers={"x-request-id": "abc-8"})
    assert page.status_code == 503 and int(page.headers["retry-after"]) > 0
    assert "The store cannot be used just now" in page.text and "abc-8" in page.text
    assert "locked" not in page.text and 'href="/login"' not in page.text.partition("<main")[2]
    login = client.post("/login?lang=zh", data={"name": "viewer", "password": PASSWORD})
    assert login.status_code == 503 and "资料库暂时用不了" in login.text
    for key in ({}, {"idempotency-key": "k1"}):
        program = TestClient(place.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
        headers = {"authorization": f"Bearer {token}", **key}
        told = program.post("/api/v1/briefings/half-year/runs", headers=headers)
        assert told.status_code == 503 and told.headers["content-type"] == "application/problem+json", key
        assert told.headers["retry-after"] and told.headers["x-content-type-options"] == "nosniff"
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503 and ready.json()["parts"]["store"] != "ok"
    other.rollback()
    other.close()
    assert client.get("/sources").status_code == 200


def test_an_expired_token_or_session_is_not_an_error_page(place: Place) -> None:
    """A page asked for is shown after logging in."""
    client = place.browser("viewer")
    secret, _ = place.store.users.begin_session("viewer", timedelta(seconds=-1))
    client.cookies.clear()
    client.cookies["briefings_session"] = secret
    assert client.get("/facts?q=零售").headers["location"].startswith("/login?next=%2Ffacts%3Fq%3D")
