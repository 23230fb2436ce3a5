"""Another sentence is chosen as the answer of a promise: found in the later document, said why, taken back."""

import re

from places import Place, csrf


def promise_of(place: Place) -> str:
    """The page of the first promise."""
    page = place.browser("viewer").get("/briefings/plans/promises").text
    found = re.search(r'href="(/briefings/plans/promises/[^"]+)"', page)
    assert found
    return found[1]


def test_another_sentence_is_chosen_with_a_state_and_a_reason(place: Place) -> None:
    """The likeliest come first; words narrow them down; the briefing takes the one chosen."""
    client, path = place.browser("editor"), promise_of(place)
    offered = re.findall(r'name="answer" value="([^"]+)"', client.get(path).text)
    assert offered
    narrowed = client.get(path, params={"q": "外贸"}).text
    (answer,) = re.findall(r'name="answer" value="([^"]+)"', narrowed)
    form = {"csrf": csrf(client), "wanted": "change", "answer": answer, "state": "behind", "q": "外贸"}
    refused = client.post(path, data=form | {"reason": ""})
    assert refused.status_code == 422 and "请写明理由" in refused.text
    assert f'value="{answer}" required checked' in refused.text
    for _ in range(2):
        assert client.post(path, data=form | {"reason": "口径相同"}).status_code == 303
    (decision,) = place.store.decisions()
    assert (decision.verdict, decision.state, decision.reason) == ("change", "behind", "口径相同")
    assert "外贸进出口总额88.2亿元" in decision.text
    page = client.get(path).text
    assert "改由另一句回应" in page and "口径相同" in page and "滞后" in page
    assert "口径相同" in client.get("/corrections").text
    promise = path.rpartition("/")[2]
    for _ in range(2):
        assert client.post(f"/decisions/{promise}/undo", data={"csrf": form["csrf"]}).status_code == 303
    assert [d.verdict for d in place.store.decisions()] == ["change", "undo"]


def test_a_document_does_not_answer_its_own_promises(place: Place) -> None:
    """Nor does a place that is in no document."""
    client, path = place.browser("editor"), promise_of(place)
    own = next(d for d in place.store.documents() if d.period and d.period.value == "2021-H1")
    for answer in (f"{own.id}:{own.span.start}-{own.span.end}", "none:1-2", "", "x"):
        form = {"csrf": csrf(client), "wanted": "change", "answer": answer, "reason": "x"}
        assert client.post(path, data=form).status_code == 422, answer
    assert not place.store.decisions()
