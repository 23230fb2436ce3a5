"""The page of a document: metadata set right with a reason, versions chosen, and all of it taken back."""

import pytest
from places import NOW, Place, csrf

REVISED = NOW.replace("321.5亿元", "322.7亿元")


def posted(there: Place, path: str, **form: str) -> int:
    """What a form of an editor is answered with."""
    client = there.browser("editor")
    return int(client.post(path, data={"csrf": csrf(client), **form}).status_code)


def of_2022(place: Place) -> str:
    """The id of the document of 2022 that stands."""
    return next(d.id for d in place.store.documents() if d.period and d.period.value == "2022-H1")


def revised(place: Place) -> tuple[str, str]:
    """The old and the new version of a document, the new one uploaded."""
    client, old = place.browser("editor"), of_2022(place)
    files = [("files", ("商务局2022修订.txt", REVISED.encode()))]
    assert client.post("/upload", data={"csrf": csrf(client)}, files=files).status_code == 200
    return old, of_2022(place)


def test_metadata_are_set_with_a_reason_and_taken_back(place: Place) -> None:
    """As they are spoken; who, when and why stand beside; the document is read again in that light."""
    id_ = of_2022(place)
    path = f"/documents/{id_}"
    page = place.browser("editor").get(path).text
    assert "清湾市商务局" in page and "2022-H1" in page and "“清湾市商务局" in page
    assert 'href="/briefings/half-year"' in page
    assert posted(place, f"{path}/metadata", period="2022年", issuer="清湾市商务局", reason="全年口径") == 303
    document = place.store.document(id_)
    assert document.period and (document.period.value, document.period.by_hand) == ("2022", True)
    assert [(o.field, o.author, o.reason) for o in place.store.overrides()] == [
        ("period", "editor", "全年口径")
    ]
    shown = place.browser("editor").get(path).text
    assert "读到的是 2022-H1" in shown and "全年口径" in shown
    assert "没有简报用到它" in shown
    assert "requests" in place.woken
    assert posted(place, "/corrections/m1", wanted="undo") == 303
    held = place.store.document(id_).period
    assert held and held.value == "2022-H1" and not held.by_hand
    assert "已撤销" in place.browser("viewer").get("/corrections").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"period": "去年", "reason": "x"}, "“去年”不是时期"),
        ({"published": "2022-02-30", "reason": "x"}, "“2022-02-30”不是日期"),
        ({"period": "2021-H2", "reason": " "}, "请写明理由"),
        ({"issuer": "清湾市商务局", "reason": "x"}, "没有改动任何一项"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    place: Place, form: dict[str, str], said: str
) -> None:
    """In the visitor's language, beside the form as it was filled."""
    client = place.browser("editor")
    answer = client.post(f"/documents/{of_2022(place)}/metadata", data={"csrf": csrf(client), **form})
    assert answer.status_code == 422 and said in answer.text
    for typed in form.values():
        assert f'value="{typed}"' in answer.text
    assert not place.store.overrides()


def test_a_second_click_sets_metadata_once(place: Place) -> None:
    """The same form sent twice is one change."""
    path = f"/documents/{of_2022(place)}/metadata"
    for _ in range(2):
        assert posted(place, path, place="望潮县", reason="更名") == 303
    assert len(place.store.overrides()) == 1


def test_a_version_is_chosen_and_the_choice_taken_back(place: Place) -> None:
    """The page of either version offers the other; the reason is kept; a second click changes nothing."""
    old, new = revised(place)
    assert place.store.replaced() == {old: new}
    assert "这一份已有新版" in place.browser("viewer").get(f"/documents/{old}").text
    form = {"wanted": "use", "reason": "修订稿未定稿", "page": new}
    assert posted(place, f"/documents/{old}/version", **form) == 303
    assert posted(place, f"/documents/{old}/version", **form) == 303
    assert place.store.replaced() == {new: old} and len(place.store.chosen()) == 1
    shown = place.browser("editor").get(f"/documents/{new}").text
    assert "修订稿未定稿" in shown and "简报用这一版" in shown
    assert posted(place, f"/documents/{old}/version", wanted="undo", page="corrections") == 303
    assert posted(place, f"/documents/{old}/version", wanted="undo", page="corrections") == 303
    assert place.store.replaced() == {old: new}
    assert posted(place, f"/documents/{new}/version", wanted="apart", page=new) == 422
    assert posted(place, f"/documents/{new}/version", wanted="apart", reason="两份都有效", page=new) == 303
    assert place.store.replaced() == {}
    assert "两份都有效" in place.browser("viewer").get("/corrections").text
