"""What is under way is seen: what a run waits for, what it is at, that it is over, and that there is a newer edition."""

import re
from datetime import datetime, timedelta

from places import Place, csrf


def test_a_run_says_what_it_waits_for_and_what_it_is_at(place: Place) -> None:
    """Waiting for more documents until a time; then each step; then the edition; the page stops looking."""
    runs, client = place.store.runs, place.browser("viewer")

    def later(_: datetime, last: datetime) -> datetime:
        return last + timedelta(hours=1)

    run = runs.ask("half-year", "new_input", "a document came", later)
    for path in (f"/runs/{run.id}", "/runs", "/", "/briefings/half-year", "/runs/now"):
        assert re.search(r"等新材料到齐，\d\d:\d\d:\d\d开始", client.get(path).text), path
    assert f'data-live="/runs/{run.id}"' in client.get(f"/runs/{run.id}").text
    runs.ask("half-year", "person", "now, please")
    claimed = runs.claim("me", timedelta(minutes=1))
    assert claimed
    for step, said in (("comparing", "正在对照、成文"), ("rendering pdf 1/4", "正在排PDF，第1/4种")):
        runs.at_step(run.id, "me", step)
        assert said in client.get(f"/runs/{run.id}").text and said in client.get("/runs/now").text
    assert "laying out PDF, 1/4" in client.get("/runs/now?lang=en").text
    from briefings.records.run import Ended

    runs.finish(run.id, "me", Ended("done", edition=place.edition))
    shown = client.get(f"/runs/{run.id}").text
    assert "data-live" not in shown and "http-equiv" not in shown
    now = client.get("/runs/now").text
    assert f'href="/briefings/half-year/editions/{place.edition}"' in now


def test_news_is_told_before_there_is_a_run(place: Place) -> None:
    """Taken in, and not yet clear which briefings it changes."""
    client = place.browser("editor")
    files = [("files", ("税.txt", "清湾市税务局2022年上半年工作总结\n上半年，税收收入45.6亿元。\n".encode()))]
    client.post("/upload", data={"csrf": csrf(client)}, files=files)
    for path in ("/", "/upload"):
        assert "收到的材料正在登记" in client.get(path).text, path


def test_an_open_edition_learns_of_a_newer_one(place: Place) -> None:
    """The part of the page that is looked for again says so, with the way there."""
    from briefings import pipeline, settings

    client = place.browser("viewer")
    path = f"/briefings/half-year/editions/{place.edition}"
    newer = re.search(r'data-live="([^"]+/newer)"', client.get(path).text)
    assert newer and "notice" not in client.get(newer[1]).text
    fact = place.fact("321.5亿元")
    place.store.correct(
        fact, {"value": "325.1"}, author="王敏", reason="台账", now="2022-08-02T09:00:00+00:00"
    )
    loaded = settings.load(place.root)
    built = pipeline.build(loaded.orders[0], loaded, place.store, now="2022-08-02T09:00:00+00:00")
    told = client.get(newer[1]).text
    assert "这不是最新一版" in told and f"/editions/{built.edition.id}" in told
    assert "这不是最新一版" in client.get(path).text
