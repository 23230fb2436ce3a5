"""Facts that were missed are added on the page: by their words, by a place, or by a click on an unread number."""

import re

from places import Place, csrf

MISSED = "清湾市商务局2022年上半年工作总结"


def source_of(place: Place, name: str = "商务局2022.txt") -> str:
    """The sha256 of a source by its name."""
    return next(s.sha256 for s in place.store.sources() if s.name == name)


def span_of(place: Place, words: str, name: str = "商务局2022.txt") -> str:
    """Where words stand in a source, as an address says it."""
    text = next(s.text for s in place.store.sources() if s.name == name)
    return f"{text.index(words)}-{text.index(words) + len(words)}"


def test_words_that_stand_once_lead_to_the_form(place: Place) -> None:
    """With what the number says itself filled in; blanks and the line do not matter."""
    client, source = place.browser("editor"), source_of(place)
    page = client.get(f"/sources/{source}/add", params={"words": "12 个"}).text
    assert f'name="at" value="{span_of(place, "12个")}"' in page
    assert re.search(r'name="value" value="12"', page) and re.search(r'name="unit" value="个"', page)
    assert "<mark>12个</mark>" in page


def test_words_that_stand_often_are_offered_by_their_places(place: Place) -> None:
    """Each with the words around it; the line says which one is meant."""
    client, source = place.browser("editor"), source_of(place)
    page = client.get(f"/sources/{source}/add", params={"words": "%"}).text
    assert "有4处，选一处" in page and page.count("<mark>%</mark>") == 4
    page = client.get(f"/sources/{source}/add", params={"words": "%", "line": "5"}).text
    assert "<mark>%</mark>完成" not in page and 'name="at"' in page
    assert "原文里没有这几个字" in client.get(f"/sources/{source}/add", params={"words": "港口"}).text


def test_a_missed_fact_is_added_once_and_taken_back(place: Place) -> None:
    """Bound to its words and sentence, with the reason; the second click finds it there."""
    client, source = place.browser("editor"), source_of(place)
    form = {
        "csrf": csrf(client), "at": span_of(place, "2022年7月12日"), "indicator": "成文天数", "kind": "level",
        "value": "１２", "unit": "日", "status": "actual", "period": "2022年7月", "reason": "要单列",
    }  # fmt: skip
    first = client.post(f"/sources/{source}/add", data=form)
    assert first.status_code == 303, first.text
    assert client.post(f"/sources/{source}/add", data=form).headers["location"] == first.headers["location"]
    (held,) = place.store.corrections()
    made = held.correction
    assert made.after and (made.action, made.after.value, made.after.period) == ("add", "12", "2022-M07")
    assert (made.author, made.reason, made.surface) == ("editor", "要单列", "2022年7月12日")
    assert "补上的指标" in client.get(f"/facts/{made.fact}").text
    assert (
        client.post(f"/corrections/{made.id}", data={"csrf": form["csrf"], "wanted": "undo"}).status_code
        == 303
    )
    assert place.store.fact(made.fact) is None


def test_a_form_that_cannot_be_keeps_what_was_typed(place: Place) -> None:
    """Each thing that is wrong is said in words; in English to who reads English."""
    client, source = place.browser("editor"), source_of(place)
    form = {
        "csrf": csrf(client), "at": span_of(place, "12个"), "indicator": "新开集市", "kind": "change", "value": "12",
        "unit": "个", "status": "actual", "reason": "另有口径",
    }  # fmt: skip
    for changed, said in (
        ({"basis": ""}, "增减幅度和增减量要选对比基准"),
        ({"kind": "level", "value": "十二"}, "“十二”不是数"),
        ({"kind": "rank", "value": "1.5"}, "位次要填"),
        ({"kind": "level", "value_high": "11"}, "上限要比值大"),
        ({"kind": "level", "reason": ""}, "请写明理由"),
        ({"kind": "level", "basis": "yoy"}, "只有增减幅度和增减量有对比基准"),
    ):
        answer = client.post(f"/sources/{source}/add", data=form | changed)
        assert answer.status_code == 422 and said in answer.text, changed
        assert 'value="新开集市"' in answer.text
    answer = client.post(f"/sources/{source}/add?lang=en", data=form | {"value": "twelve"})
    assert "“twelve” is not a number" in answer.text
    assert not place.store.corrections()


def test_a_number_that_was_not_understood_is_a_click_from_being_added(place: Place) -> None:
    """For editors; who only reads is shown the mark alone."""
    client = place.browser("editor")
    odd = "清湾市统计局2022年上半年情况\n上半年，税收收入45.6亿元。另有若干事项3.77。\n"
    files = [("files", ("统计.txt", odd.encode()))]
    client.post("/upload", data={"csrf": csrf(client)}, files=files)
    source = source_of(place, "统计.txt")
    link = re.search(r'<a class="unknown[^"]*" href="([^"]+)"', client.get(f"/sources/{source}").text)
    assert link and "3.77" in client.get(link[1]).text
    assert 'class="unknown' in place.browser("viewer").get(f"/sources/{source}").text
    assert "/add" not in place.browser("viewer").get(f"/sources/{source}").text
