"""Logging in, tokens, the machine's own user, and how often a wrong password is heard."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from places import PASSWORD, Place, csrf
from starlette.testclient import TestClient

from briefings.web.auth import Attempts, is_loopback
from briefings.web.interrupted import local_path


def test_the_cookie_is_out_of_reach_and_ends_with_logging_out(place: Place) -> None:
    """HttpOnly, SameSite; after logging out the same cookie opens nothing."""
    client = place.browser()
    answer = client.post("/login", data={"name": "viewer", "password": PASSWORD, "next": "/runs"})
    assert answer.headers["location"] == "/runs"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    secret = client.cookies["briefings_session"]
    client.post("/logout", data={"csrf": csrf(client, "/runs")})
    again = place.browser()
    again.cookies["briefings_session"] = secret
    assert again.get("/runs").status_code == 303


def test_wrong_passwords_are_heard_five_times(place: Place) -> None:
    """Then even the right one waits; another name is not hindered."""
    client = place.browser()
    for _ in range(5):
        assert client.post("/login", data={"name": "viewer", "password": "wrong"}).status_code == 401
    late = client.post("/login", data={"name": "viewer", "password": PASSWORD})
    assert late.status_code == 429 and int(late.headers["retry-after"]) > 800
    assert client.post("/login", data={"name": "editor", "password": PASSWORD}).status_code == 303


def test_an_unknown_name_is_answered_like_a_wrong_password(place: Place) -> None:
    """Nobody learns which names there are."""
    one = place.browser().post("/login", data={"name": "viewer", "password": "wrong"}).text
    other = place.browser().post("/login", data={"name": "viewet", "password": "wrong"}).text
    assert one.replace("viewer", "x") == other.replace("viewet", "x")


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", ""])
def test_logging_in_leads_nowhere_else(there: str) -> None:
    """Only paths of ours are followed."""
    assert local_path(there) == "/"


def test_a_token_acts_for_its_user_and_no_more(place: Place) -> None:
    """With the role of its user; taken back or over it opens nothing; the store holds its hash only."""
    users = place.store.users
    secret, token = users.add_token("viewer", "a program", timedelta(days=1))
    header = {"authorization": f"Bearer {secret}"}
    client = place.browser()
    assert client.get("/api/v1/briefings", headers=header).status_code == 200
    assert client.post("/api/v1/briefings/half-year/runs", headers=header).status_code == 403
    assert client.get("/api/v1/briefings", headers={"authorization": "Bearer wrong"}).status_code == 401
    database = (place.root / ".briefings" / "store.sqlite3").read_bytes()
    assert secret.encode() not in database and PASSWORD.encode() not in database
    users.remove_token(token.id)
    assert client.get("/api/v1/briefings", headers=header).status_code == 401
    over, _ = users.add_token("viewer", "", timedelta(seconds=-1))
    assert client.get("/api/v1/briefings", headers={"authorization": f"Bearer {over}"}).status_code == 401


def test_a_new_password_ends_sessions_and_tokens(place: Place) -> None:
    """Whoever had the old one is out."""
    client = place.browser("viewer")
    secret, _ = place.store.users.add_token("viewer", "", timedelta(days=1))
    place.store.users.change("viewer", password="another hash")
    assert client.get("/").status_code == 303
    assert place.store.users.of_token(secret) is None


def test_without_users_only_this_machine_is_let_in(open_place: Place) -> None:
    """Under its own names, from its own address, not through a web server in between; forms still carry their word."""
    here = open_place.browser()
    assert here.get("/").status_code == 200
    rebound = TestClient(open_place.app, base_url="http://evil.example", follow_redirects=False)
    assert rebound.get("/").headers["location"].startswith("/login")
    assert rebound.get("/api/v1/briefings").status_code == 401
    assert here.post("/briefings/half-year/run").status_code == 403
    assert here.post("/briefings/half-year/run", data={"csrf": csrf(here)}).status_code == 303
    assert open_place.browser().post("/api/v1/briefings/half-year/runs").status_code == 202
    far = TestClient(open_place.app, base_url="http://localhost", client=("192.0.2.7", 50000))
    assert far.get("/api/v1/briefings").status_code == 401
    assert far.get("/healthz").status_code == 200
    for passed_on in ("x-forwarded-for", "via", "forwarded"):
        through = open_place.browser().get("/api/v1/briefings", headers={passed_on: "127.0.0.1"})
        assert through.status_code == 401, passed_on
    foreign = {"origin": "http://evil.example"}
    assert open_place.browser().post("/api/v1/briefings/half-year/runs", headers=foreign).status_code == 403


def test_the_first_user_closes_the_door(open_place: Place) -> None:
    """Sessions begun before belong to nobody."""
    here = open_place.browser()
    form = {"csrf": csrf(here), "wanted": "add", "name": "a", "role": "admin", "password": PASSWORD}
    assert here.post("/users", data=form | {"role": "viewer"}).status_code == 422
    assert here.post("/users", data=form).status_code == 303
    assert here.get("/").headers["location"].startswith("/login")


def test_attempts_are_counted_for_an_address_too() -> None:
    """Names tried one after the other are heard fifty times from one address."""
    attempts = Attempts()
    for number in range(50):
        assert attempts.begin(f"name {number}", "192.0.2.1") == 0
    assert attempts.begin("another", "192.0.2.1") > 0
    assert attempts.begin("another", "192.0.2.2") == 0


def test_who_logs_in_often_is_not_stopped() -> None:
    """A right password counts neither for the name nor for the address, many times over."""
    attempts = Attempts()
    for _ in range(200):
        assert attempts.begin("viewer", "192.0.2.1") == 0
        attempts.right("viewer", "192.0.2.1")


def test_wrong_passwords_at_the_same_time_are_heard_five_times_too(place: Place) -> None:
    """Thirty tries that do not wait for each other are not thirty guesses."""
    client = place.browser()

    def guess(number: int) -> int:
        return int(client.post("/login", data={"name": "admin", "password": f"guess {number}"}).status_code)

    with ThreadPoolExecutor(30) as pool:
        answers = Counter(pool.map(guess, range(30)))
    assert answers == {401: 5, 429: 25}


@pytest.mark.parametrize(("host", "is_it"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True),
                                              ("0.0.0.0", False), ("localhost.evil.example", False), ("", False)])  # fmt: skip
def test_loopback_is_this_machine_only(host: str, is_it: bool) -> None:
    """An address that only this machine reaches."""
    assert is_loopback(host) == is_it
