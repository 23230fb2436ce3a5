"""The API: its description holds, problems are told in one form, and changes are runs to watch."""

from datetime import timedelta

import pytest
from places import Place, csrf


def test_a_run_is_accepted_and_can_be_watched(place: Place) -> None:
    """202, its address, and asking again answers with the same run."""
    client = place.browser("editor")
    headers = {"x-csrf-token": csrf(client)}
    first = client.post("/api/v1/briefings/half-year/runs", headers=headers)
    assert first.status_code == 202
    watched = client.get(first.headers["location"]).json()
    assert watched["state"] == "queued" and watched["log"]
    assert client.post("/api/v1/briefings/half-year/runs", headers=headers).json()["id"] == watched["id"]


def test_problems_are_told_as_programs_read_them(place: Place) -> None:
    """RFC 9457, with the id of the request."""
    client = place.browser("viewer")
    answer = client.get("/api/v1/facts/none", headers={"x-request-id": "abc-1"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == 404 and told["request_id"] == "abc-1" == answer.headers["x-request-id"]
    refused = place.browser().get("/api/v1/facts")
    assert refused.status_code == 401 and "Bearer" in refused.headers["www-authenticate"]
    assert client.get("/api/v1/facts?limit=0").json()["errors"]


def test_whoever_gathers_figures_is_told_to_bring_a_token(place: Place) -> None:
    """401 and how, not the way to a form; with a viewer's token the figures are there."""
    nobody = place.browser().get("/metrics")
    assert nobody.status_code == 401 and nobody.headers["www-authenticate"].startswith("Bearer")
    token, _ = place.store.users.add_token("viewer", "", timedelta(days=1))
    told = place.browser().get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert told.status_code == 200 and "briefings_resident_bytes" in told.text


def test_lists_come_in_parts_and_are_not_sent_twice(place: Place) -> None:
    """limit and offset, a total, and 304 for who has it."""
    client = place.browser("viewer")
    whole = client.get("/api/v1/facts").json()
    parts = [
        client.get(f"/api/v1/facts?limit=1&offset={n}").json()["facts"][0]["id"]
        for n in range(whole["total"])
    ]
    assert parts == [f["id"] for f in whole["facts"]]
    tag = client.get("/api/v1/facts").headers["etag"]
    assert client.get("/api/v1/facts", headers={"if-none-match": tag}).status_code == 304


def test_a_program_corrects_a_fact(place: Place) -> None:
    """An unknown field is refused; what is right is kept with who said it."""
    secret, _ = place.store.users.add_token("editor", "", timedelta(days=1))
    client = place.browser()
    client.headers["authorization"] = f"Bearer {secret}"
    address = f"/api/v1/facts/{place.fact('321.5亿元')}/corrections"
    assert client.post(address, json={"reason": "x", "set": {"wert": "1"}}).status_code == 422
    assert client.post(address, json={"reason": "x", "sett": {}}).status_code == 422
    made = client.post(address, json={"reason": "台账", "set": {"value": "325.1"}})
    assert made.status_code == 201
    assert place.store.corrections()[0].correction.author == "editor"


def test_a_program_sends_files(place: Place) -> None:
    """Several at once; what became of each."""
    secret, _ = place.store.users.add_token("editor", "", timedelta(days=1))
    files = [
        ("files", ("一.txt", "清湾市统计局2022年上半年情况\n上半年，税收收入45.6亿元。\n".encode())),
        ("files", ("二.pdf", b"x")),
    ]
    client = place.browser()
    answer = client.post("/api/v1/documents", files=files, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 202
    assert [f["state"] for f in answer.json()["files"]] == ["taken", "quarantined"]


def test_the_description_holds_for_whatever_is_asked(place: Place) -> None:
    """Schemathesis asks each operation with what its description allows: no crash, no status or type it does not name."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi import checks

    held = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]

    secret, _ = place.store.users.add_token("editor", "", timedelta(days=1))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", place.app)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 20
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=4, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def asked(case: object) -> None:
            answer = case.call(headers={"authorization": f"Bearer {secret}"})  # type: ignore[attr-defined]
            case.validate_response(answer, checks=held)  # type: ignore[attr-defined]

        asked()


@pytest.mark.parametrize(("asked", "status", "size"), [
    ("bytes=0-9", 206, 10), ("bytes=-5", 206, 5), ("bytes=3-3", 206, 1), ("bytes=0-99999999999", 206, None),
    ("bytes=99999999999-", 416, 0), ("bytes=-0", 416, 0),
    ("bytes=5-2", 200, None), ("bytes=a-b", 200, None), ("bytes=", 200, None), ("bytes=-", 200, None),
    ("items=0-1", 200, None), ("nothing", 200, None), ("bytes=0-1;5-9", 200, None), ("bytes=" + "9" * 5000 + "-", 200, None),
])  # fmt: skip
def test_parts_of_a_file(place: Place, asked: str, status: int, size: int | None) -> None:
    """Parts that are there are given, one that is not is refused, and what means nothing is passed over."""
    client = place.browser("viewer")
    whole = client.get("/api/v1/briefings/half-year/latest.pdf").content
    answer = client.get("/api/v1/briefings/half-year/latest.pdf", headers={"range": asked})
    assert answer.status_code == status
    assert len(answer.content) == (len(whole) if size is None else size)
