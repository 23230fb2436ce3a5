"""The pages: what they show, what their forms do, and what they say where there is nothing."""

import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from places import PASSWORD, Place, csrf

from briefings.web import site


def test_a_number_of_the_edition_leads_to_its_sentence(place: Place) -> None:
    """The preview links every number; the link ends at the number in the source, its sentence marked."""
    client = place.browser("viewer")
    shown = client.get(f"/briefings/half-year/editions/{place.edition}/preview").text
    links = re.findall(r'<a class="v[^>]*href="([^"]+)"', shown)
    assert links and 'data-source="' in shown
    assert not re.search(r'<span class="v', shown)
    fact = place.fact("321.5亿元")
    answer = client.get(f"/briefings/half-year/editions/{place.edition}/numbers/{fact}")
    assert answer.status_code == 303
    address, _, anchor = answer.headers["location"].partition("#")
    landed = client.get(address).text
    assert re.search(rf'class="fact[^"]* told aim"[^>]*id="{anchor}">321.5亿元</a>', landed)
    assert "社会消费品零售总额321.5亿元，同比增长6.4%。" in landed


def test_the_numbers_of_charts_are_a_click_from_their_sentences_too(place: Place) -> None:
    """A picture's own cannot be clicked: beneath it they stand again, each with what it is of."""
    from briefings.records.briefing import (
        Bar,
        BarChart,
        Bullet,
        Dumbbell,
        Heatmap,
        LineChart,
        Mark,
        Pairing,
        Progress,
        Track,
    )
    from briefings.web.briefings import linked
    from briefings.web.numbers import marks

    one, two = Mark(3.0, "3.0", "f1"), Mark(4.0, "4.0%", "k2")
    assert list(marks(BarChart((Bar("清湾市", 3.0, "3.0", "f1"),), "亿元"))) == [("清湾市", "3.0亿元", "f1")]
    assert list(marks(Dumbbell((Pairing("出口", one, two),), "%", "2021年", "2022年"))) == [
        ("出口 2021年", "3.0%", "f1"),
        ("出口 2022年", "4.0%", "k2"),
    ]
    heat = Heatmap(("商务局",), ("消费", "外贸"), ((2, 0),), (("k1", "k3"),), "条")
    assert list(marks(heat)) == [("商务局 消费", "2", "k1")]
    assert list(marks(Bullet((Progress("便民市场", two, 50.0),)))) == [("便民市场", "4.0%", "k2")]
    lines = LineChart((Track("出口", (one, None)),), ("2021", "2022"), "亿元")
    assert list(marks(lines)) == [("出口 2021", "3.0亿元", "f1")]
    found = next((place.root / "output" / "half-year" / place.edition).glob("*.html"))
    page = linked(str(found.parent), found.name, "", "/base", "").decode()
    drawn = re.findall(r'<figure id="[^"]+".*?</figure>', page, re.DOTALL)
    for figure in drawn:
        assert re.search(r'<details class="note"><summary>.*?href="/base/', figure, re.DOTALL)


def test_every_number_of_an_edition_has_something_behind_it(place: Place) -> None:
    """None of the links of the preview leads nowhere."""
    client = place.browser("viewer")
    shown = client.get(f"/briefings/half-year/editions/{place.edition}/preview").text
    for link in set(re.findall(r'<a class="v[^>]*href="([^"]+)"', shown)):
        assert client.get(link).status_code in (200, 303), link


def test_the_page_of_a_source_holds_its_text_to_the_letter(place: Place) -> None:
    """Marks cut the text and change nothing of it, wherever the sentence shown begins."""
    from lxml import html

    for source in place.store.sources():
        page = place.browser("viewer").get(f"/sources/{source.sha256}?at=3-40").text
        tree: Any = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
        shown = tree.get_element_by_id("text")
        assert shown.text_content() == source.text


def test_a_correction_is_kept_and_wakes_the_service(place: Place) -> None:
    """What is unchanged in the form is not part of the correction; a reason is needed; it can be taken back."""
    client = place.browser("editor")
    fact = place.store.fact(place.fact("321.5亿元"))
    assert fact
    form = {
        n: getattr(fact, n) or "" for n in ("indicator", "kind", "value", "unit", "period", "scope", "status")
    }
    form |= {"csrf": csrf(client), "value": "325.1", "wanted": "set"}
    assert client.post(f"/facts/{fact.id}/correct", data=form).status_code == 422
    answer = client.post(f"/facts/{fact.id}/correct", data=form | {"reason": "与台账核对"})
    assert answer.status_code == 303, answer.text
    (held,) = place.store.corrections()
    assert held.correction.changes == (("value", "325.1"),)
    assert (held.correction.author, held.correction.reason) == ("editor", "与台账核对")
    assert "requests" in place.woken
    assert "325.1" in client.get(f"/facts/{fact.id}").text
    undone = client.post(f"/corrections/{held.correction.id}", data={"csrf": form["csrf"], "wanted": "undo"})
    assert undone.status_code == 303
    assert place.store.corrections()[0].state == "undone"


def test_upload_takes_several_and_says_what_became_of_each(place: Place) -> None:
    """One is read, one is known, one is quarantined; their names stay Chinese, and no path of the browser counts."""
    client = place.browser("editor")
    files = [
        ("files", ("../../税务局.txt", "清湾市税务局2022年上半年工作总结\n上半年，税收收入45.6亿元，同比增长3.2%。\n".encode())),
        ("files", ("又一份.txt", (place.root / "incoming" / "商务局2022.txt").read_bytes())),
        ("files", ("空.docx", b"")),
    ]  # fmt: skip
    answer = client.post(
        "/upload", data={"csrf": csrf(client)}, files=files, headers={"accept": "application/json"}
    )
    told = answer.json()["files"]
    assert [(f["name"], f["state"]) for f in told] == [
        ("税务局.txt", "taken"), ("又一份.txt", "known"), ("空.docx", "quarantined"),
    ]  # fmt: skip
    assert told[0]["facts"] == 2 and told[2]["problem"]
    assert "空.docx" in client.get("/quarantine").text
    page = client.post("/upload", data={"csrf": csrf(client)}, files=files[:1])
    assert page.status_code == 200 and "这份文件已经有了。" in page.text


@pytest.mark.parametrize("words", ["消", "零售", "零售 总额", "321.5", "社会消费品零售总额"])
def test_search_finds_one_character_and_more(place: Place, words: str) -> None:
    """Facts and passages of the texts, by any part of a Chinese word."""
    page = place.browser("viewer").get("/facts", params={"q": words}).text
    assert "321.5亿元" in page and "<mark>" in page


def test_search_takes_wildcards_as_what_they_are(place: Place) -> None:
    """A per cent sign is a sign, not anything."""
    assert place.store.find_facts(["%%"]).total == 0
    assert place.store.find_passages(["_1_"]) == ()
    assert place.store.find_facts(["6.4%"]).total == 1


def test_the_export_is_for_spreadsheets_and_holds_no_formula(place: Place) -> None:
    """A byte order mark, Chinese as it is, and a name that begins like a formula guarded."""
    client = place.browser("editor")
    client.post("/upload", data={"csrf": csrf(client)}, files=[("files", ("=cmd.txt", "清湾市统计局2022年上半年情况\n上半年，税收收入45.6亿元。\n".encode()))])  # fmt: skip
    answer = client.get("/facts.csv")
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeffid,document") and "321.5" in text
    assert "'=cmd.txt" in text and ",=cmd" not in text
    assert "filename*=UTF-8''" + quote("指标.csv") in answer.headers["content-disposition"]


def test_downloads_have_chinese_names_parts_and_tags(place: Place) -> None:
    """ETag and 304, Range and 206, HEAD without a body, the bundle whole."""
    client = place.browser("viewer")
    address = f"/briefings/half-year/editions/{place.edition}/download.pdf"
    whole = client.get(address)
    assert whole.content.startswith(b"%PDF") and whole.headers["content-type"] == "application/pdf"
    assert f"filename*=UTF-8''{quote('清湾市2022年上半年工作摘编')}" in whole.headers["content-disposition"]
    tag = whole.headers["etag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    part = client.get(address, headers={"range": "bytes=0-3", "if-range": tag})
    assert (part.status_code, part.content) == (206, b"%PDF")
    assert client.get(address, headers={"range": "bytes=99999999-"}).status_code == 416
    head = client.head(address)
    assert head.content == b"" and head.headers["content-length"] == str(len(whole.content))
    assert client.get("/briefings/half-year/latest.pdf").content == whole.content
    packed = zipfile.ZipFile(io.BytesIO(client.get(address.replace(".pdf", ".zip")).content))
    assert packed.testzip() is None and any(n.endswith("facts.jsonl") for n in packed.namelist())


def test_originals_are_handed_over_never_shown(place: Place) -> None:
    """Byte for byte, as an attachment of no type that a browser opens."""
    source = next(s for s in place.store.sources() if s.name == "商务局2022.txt")
    answer = place.browser("viewer").get(f"/sources/{source.sha256}/original")
    assert answer.content == (place.root / "incoming" / "商务局2022.txt").read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_what_a_document_says_is_text_on_every_page(place: Place) -> None:
    """Mark-up in a name or a title stays what it is."""
    client = place.browser("editor")
    evil = "<script>alert(1)</script>"
    body = f"清湾市{evil}局2022年上半年工作总结\n上半年，税收收入45.6亿元，同比增长3.2%。\n".encode()
    client.post("/upload", data={"csrf": csrf(client)}, files=[("files", ('a"><b>.txt', body))])
    source = next(s for s in place.store.sources() if "<b>" in s.name)
    for path in ("/sources", f"/sources/{source.sha256}", f"/facts?q={quote(evil)}", "/facts?q=税收"):
        page = client.get(path).text
        assert evil not in page and '"><b>' not in page, path


def test_a_promise_is_confirmed_on_the_page(place: Place) -> None:
    """The match that was found becomes a person's word, and can be taken back."""
    client = place.browser("editor")
    page = client.get("/briefings/plans/promises").text
    promise = re.search(r'action="(/briefings/plans/promises/[^"]+)"', page)
    assert promise
    form = {"csrf": csrf(client), "wanted": "confirm", "reason": "同一项工作"}
    assert client.post(promise[1], data=form).status_code == 303
    assert [d.verdict for d in place.store.decisions()] == ["confirm"]
    assert "人工确认：editor" in client.get("/briefings/plans/promises").text
    assert client.post(promise[1], data={"csrf": form["csrf"], "wanted": "undo"}).status_code == 303


def test_schedules_pause_resume_and_run(place: Place) -> None:
    """Five times are shown; a paused one says so."""
    client = place.browser("editor")
    word = {"csrf": csrf(client)}
    page = client.get("/schedules").text
    assert "每周一至周五 09:00" in page and len(re.findall(r"<li>\d{4}-\d\d-\d\d 09:00</li>", page)) == 5
    assert client.post("/schedules/half-year/pause", data=word).status_code == 303
    assert "已暂停" in client.get("/schedules").text and place.store.runs.schedules()[0].paused
    client.post("/schedules/half-year/resume", data=word)
    assert not place.store.runs.schedules()[0].paused
    run = client.post("/schedules/half-year/run", data=word).headers["location"]
    assert 'http-equiv="refresh"' in client.get(run).text


def test_a_share_link_opens_one_edition_until_its_day(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without logging in; not when changed, not after its day, not once its maker is gone."""
    from datetime import UTC, datetime

    from briefings.web import shares

    client, stranger = place.browser("editor"), place.browser()
    address = f"/briefings/half-year/editions/{place.edition}/share"
    page = client.post(address, data={"csrf": csrf(client), "days": "7"}).text
    link = re.search(r"http://127\.0\.0\.1(/shared/[^\"]+)", page)
    assert link
    assert "清湾市2022年上半年工作摘编" in stranger.get(link[1]).text
    assert stranger.get(link[1] + "/download.pdf").content.startswith(b"%PDF")
    assert stranger.get(link[1] + "/download.zip").status_code == 404
    shown = stranger.get(link[1] + "/preview").text
    numbers = set(re.findall(r'<a class="v[^>]*href="([^"]+)"', shown))
    assert numbers and not re.search(r'<span class="v', shown)
    for number in numbers:
        behind = stranger.get(number).text
        assert "数字的来历" in behind and "/sources/" not in behind, number
    fact = stranger.get(f"{link[1]}/numbers/{place.fact('321.5亿元')}").text
    assert "社会消费品零售总额<mark>321.5亿元</mark>" in fact and "商务局2022.txt" in fact
    assert stranger.get(link[1][:-2] + "xx").status_code == 404

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # the time zone is given here
            return datetime(2099, 1, 1, tzinfo=UTC)

    with monkeypatch.context() as patched:
        patched.setattr(shares, "datetime", Later)
        assert stranger.get(link[1]).status_code == 410
    place.store.users.remove("editor")
    assert stranger.get(link[1]).status_code == 410


def test_pages_speak_english_too(place: Place) -> None:
    """By the address, and from then on."""
    client = place.browser("viewer")
    assert "Quarantine" in client.get("/?lang=en").text
    assert 'lang="en"' in client.get("/runs").text


def test_every_sentence_has_its_english_with_the_same_slots() -> None:
    """Whatever a template or a module says is in phrases.toml."""
    root = Path(site.__file__).parents[2]
    said = set()
    for path in (root / "templates" / "web").glob("*.j2"):
        said |= set(re.findall(r'say\("([^"]+)"', path.read_text(encoding="utf-8")))
    held = tomllib.loads((Path(site.__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    from briefings.web.answers import SENTENCES
    from briefings.web.app import ADVICE, TITLES

    for path in Path(site.__file__).parent.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'Wrong\("([^"]+)"', source))
        said |= set(re.findall(r'HTTPException\(\d+, "([^"]+)"', source))
    assert len(said) > 300
    more = (*SENTENCES.values(), *TITLES.values(), *ADVICE.values())
    assert sorted((said | set(more)) - set(held)) == []
    for zh, en in held.items():
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), zh


def test_the_metrics_and_the_states_of_the_parts(place: Place) -> None:
    """Health needs nobody, figures need a viewer."""
    assert place.browser().get("/healthz").text == "ok\n"
    ready = place.browser().get("/readyz")
    assert ready.status_code == 200 and ready.json()["parts"]["store"] == "ok"
    assert str(place.root) not in ready.text
    assert "briefings_documents 2" in place.browser("viewer").get("/metrics").text


def test_passwords_are_long_and_one_admin_stays(place: Place) -> None:
    """The page refuses a short password, and to remove the last admin."""
    client = place.browser("admin")
    word = csrf(client)
    add = {"csrf": word, "wanted": "add", "name": "新人", "role": "viewer", "password": "short"}
    assert client.post("/users", data=add).status_code == 422
    assert client.post("/users", data=add | {"password": PASSWORD}).status_code == 303
    assert place.store.users.find("新人")
    assert client.post("/users", data={"csrf": word, "wanted": "remove", "name": "admin"}).status_code == 422
