"""Every route that there is: who may use it, and what goes with its answer."""

import re

import pytest
from places import Place, csrf
from starlette.routing import Route
from starlette.testclient import TestClient

OPEN = {"/login", "/static/{name}", "/healthz", "/readyz", "/api/v1/openapi.json"}
SIGNED = {
    "/shared/{word}", "/shared/{word}/preview", "/shared/{word}/numbers/{number}", "/shared/{word}/download.{suffix}",
}  # fmt: skip
ADMIN = {"/users"}
EDITOR_PAGES = {"/upload", "/sources/{source}/add"}
FOR_ALL_WHO_READ = {"/logout"}


def routes(place: Place) -> list[tuple[str, str]]:
    """Every method and path of the application, from its own table."""
    found: list[tuple[str, str]] = []

    def walk(items: object, prefix: str = "") -> None:
        for route in items:  # type: ignore[attr-defined]  # lists of routes of several kinds
            if isinstance(route, Route):
                found.extend((m, prefix + route.path) for m in route.methods or () if m != "HEAD")
            elif hasattr(route, "effective_route_contexts"):
                for each in route.effective_route_contexts():
                    found.extend((m, each.path) for m in each.methods or () if m != "HEAD")
            elif hasattr(route, "routes"):
                walk(route.routes, prefix + getattr(route, "path", ""))

    walk(place.app.routes)
    return sorted(set(found))


def role_of(method: str, path: str) -> str:
    """Who a route is for: what reads is for viewers, what changes for editors, but for those named above."""
    if path in OPEN:
        return "nobody"
    if path in SIGNED:
        return "signed"
    if path in ADMIN:
        return "admin"
    if path in FOR_ALL_WHO_READ:
        return "viewer"
    return "editor" if method != "GET" or path in EDITOR_PAGES else "viewer"


def filled(path: str, place: Place) -> str:
    """``path`` with things that are there."""
    values = {
        "briefing": "half-year",
        "edition": place.edition,
        "suffix": "pdf",
        "source": place.store.sources()[0].sha256,
        "document": place.store.documents()[0].id,
        "fact": place.fact("321.5亿元"),
        "number": place.fact("321.5亿元"),
        "run": "r1",
        "id_": "half-year",
        "wanted": "pause",
        "name": "page.css",
        "letter": "x",
        "correction": "c1",
        "promise": "x",
        "word": "x.y",
    }
    return re.sub(r"\{(\w+)\}", lambda m: values[m[1]], path)


def refused(client: TestClient, method: str, path: str, csrf_: str = "") -> bool:
    """Whether an answer says that this one may not, or has to log in first."""
    headers = {"x-csrf-token": csrf_} if csrf_ else {}
    answer = client.request(method, path, headers=headers)
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    return to_login or answer.status_code in (401, 403)


def test_every_route_lets_in_exactly_whom_it_is_for(place: Place) -> None:
    """Nobody, viewer, editor and admin ask for everything that there is."""
    place.store.runs.ask("half-year", "person", "to have one")
    people = {name: place.browser(name) for name in ("viewer", "editor", "admin")}
    words = {name: csrf(client, "/corrections") for name, client in people.items()}
    order = ("viewer", "editor", "admin")
    table = routes(place)
    assert len(table) > 65
    for method, path in table:
        role, there = role_of(method, path), filled(path, place)
        if path == "/login":
            continue
        if path == "/logout":
            assert refused(place.browser(), method, there)
            continue
        if role == "signed":
            assert place.browser().request(method, there).status_code == 404, path
            continue
        assert refused(place.browser(), method, there) == (role != "nobody"), (method, path)
        for name, client in people.items():
            allowed = role == "nobody" or order.index(name) >= order.index(role)
            assert refused(client, method, there, words[name]) == (not allowed), (name, method, path)


def test_every_answer_binds_the_browsers_hands(place: Place) -> None:
    """Pages, files, errors, JSON: the headers are on all of them, and no page may run a script of its own."""
    client = place.browser("admin")
    for method, path in routes(place):
        if method != "GET":
            continue
        answer = client.get(filled(path, place))
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["referrer-policy"] == "same-origin", path
        assert answer.headers["x-request-id"], path
        assert "cache-control" in answer.headers, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "script-src 'self'" in policy or "script-src" not in policy, path
        assert "unsafe-inline" not in policy or path.endswith("/preview"), path
        if answer.headers.get("content-type", "").startswith("text/html") and not path.endswith("/preview"):
            assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|<style|\sstyle=", answer.text), path


def test_what_changes_needs_the_word_of_our_form(place: Place) -> None:
    """A cookie alone does nothing, nor does a form of another site."""
    client = place.browser("editor")
    word = csrf(client)
    assert client.post("/briefings/half-year/run").status_code == 403
    assert client.post("/briefings/half-year/run", data={"csrf": "guessed"}).status_code == 403
    foreign = {"origin": "https://evil.example"}
    assert client.post("/briefings/half-year/run", data={"csrf": word}, headers=foreign).status_code == 403
    cross = {"sec-fetch-site": "cross-site"}
    assert client.post("/briefings/half-year/run", data={"csrf": word}, headers=cross).status_code == 403
    assert not place.store.runs.all()
    assert client.post("/briefings/half-year/run", data={"csrf": word}).status_code == 303
    assert place.store.runs.all()[0].kind == "person"
    assert "runs" in place.woken


@pytest.mark.parametrize("path", ["/sources/..%2f..%2fetc%2fpasswd", "/sources/%2e%2e/original", "/static/..%2fapp.py",
                                  "/briefings/half-year/editions/..%2f..%2f..%2fetc/download.pdf", "/briefings/..%2f..%2f/latest.pdf",
                                  "/static/page.css%00"])  # fmt: skip
def test_no_path_comes_from_an_address(place: Place, path: str) -> None:
    """Whatever stands in an address is looked up among what is there."""
    answer = place.browser("admin").get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
