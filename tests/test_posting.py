"""Tests of briefings.posting: real editions go to a real mail server, told to each reader by what is new to them."""

import base64
import html
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from briefings import deliver, pipeline, posting, settings
from briefings.errors import ConfigurationError, UsageError
from briefings.records.mail import Letter, Mailing, Recipient
from briefings.records.run import Event
from briefings.settings import Settings
from briefings.store import open_store
from briefings.store.store import Store

sys.path.insert(0, str(Path(__file__).parent / "deliver"))
from mail_server import Post, listening

NOW = "2021-08-20T09:00:00+08:00"
HARBOUR = """云河市港口局2021年上半年工作总结
2021-07-20
上半年,全市港口货物吞吐量完成1205.6万吨,同比增长6.2%。集装箱吞吐量38.4万标箱,同比增长11.5%。
一、主要工作情况
一是扩大航线。上半年,全市新开航线4条,完成年度计划的80%。
二、存在问题
一是锚地偏少。船舶候泊时间较长。
三、下步打算
一是建设锚地。下半年再建锚地2处。
"""
CUSTOMS = """云河市口岸办2021年上半年工作总结
2021-07-22
上半年,全市口岸进出口货运量812.3万吨,同比增长9.1%。
一、主要工作情况
一是压缩通关时间。全市进口整体通关时间31.5小时,比去年缩短2.5小时。
"""
TOML = """[service]
address = "{address}"

[mail]
host = "127.0.0.1"
port = {port}
security = "none"
from = "云河市研究室 <office@example.org>"
max_megabytes = {most}

[[briefing]]
id = "harbour"
kind = "digest"
title = "云河市2021年上半年口岸工作简报"
period = "2021-H1"
office = "云河市研究室"
formats = ["docx", "html"]
recipients = [{recipients}]
"""
CHEN, LIN, ZHOU = ("陈主任 <chen@example.org>", "lin@example.org", "zhou@example.org")


@dataclass
class House:
    """A workspace whose settings can be changed as a person changes briefings.toml."""

    root: Path
    store: Store
    port: int = 1
    recipients: tuple[str, ...] = (CHEN, LIN)
    most: float = 10
    address: str = ""
    seconds: float = 30

    @property
    def toml(self) -> str:
        """What stands in briefings.toml."""
        listed = ", ".join(f'"{one}"' for one in self.recipients)
        return TOML.format(port=self.port, recipients=listed, most=self.most, address=self.address)

    @property
    def loaded(self) -> Settings:
        """The settings as they stand."""
        read = settings.parse(self.toml, self.root)
        return replace(read, rendering=replace(read.rendering, cpu=self.seconds))

    def build(self) -> str:
        """Make the briefing; gives the edition's id."""
        loaded = self.loaded
        return pipeline.build(loaded.order("harbour"), loaded, self.store, now=NOW).edition.id

    @property
    def latest(self) -> str:
        """The id of the latest edition."""
        found = deliver.latest(self.root / "output", "harbour")
        assert found
        return found.id

    def send(self, post: Post) -> dict[str, EmailMessage]:
        """One round; what the server took in it, by reader."""
        before = len(post.taken)
        with listening(post) as self.port:
            posting.send_due(self.loaded, self.store)
        return {to: message_from_bytes(data, policy=default) for to, data in post.taken[before:]}

    def correct(self, value: str) -> None:
        """Set a number right, so that there is something new to say."""
        fact = next(f for f in self.store.facts() if f.indicator.endswith("货物吞吐量") and f.kind == "level")
        self.store.correct(fact.id, {"value": value}, author="周", reason="与台账核对", now=NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two summaries and the first edition."""
    root = tmp_path_factory.mktemp("made")
    for name, text in (("a.txt", HARBOUR), ("b.txt", CUSTOMS)):
        (root / name).write_text(text, encoding="utf-8")
    store = open_store(root / ".briefings/store.sqlite3")
    house = House(root, store)
    pipeline.take_in([root / "a.txt", root / "b.txt"], house.loaded, store, now=NOW)
    house.build()
    store.close()
    return root


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Iterator[House]:
    """A copy of it."""
    root = tmp_path / "house"
    shutil.copytree(made, root, symlinks=True)
    store = open_store(root / ".briefings/store.sqlite3")
    yield House(root, store)
    store.close()


def body(letter: EmailMessage) -> str:
    """The text that a reader reads."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_first_edition_goes_to_every_recipient_with_its_files(house: House) -> None:
    """The Word file under a name that says what it is, byte for byte; nothing is said to have changed."""
    post = Post()
    got = house.send(post)
    assert sorted(got) == ["chen@example.org", "lin@example.org"]
    letter = got["chen@example.org"]
    assert letter["Subject"] == "云河市2021年上半年口岸工作简报（数据截至2021年7月22日）"
    text = body(letter)
    assert text.startswith("陈主任：\n\n《云河市2021年上半年口岸工作简报》现送上")
    assert "变化" not in text
    assert not body(got["lin@example.org"]).startswith("：")
    [edition] = {one.edition for one in house.store.outbox.letters()}
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == f"云河市2021年上半年口岸工作简报（{edition}）.docx"
    assert isinstance(attached, EmailMessage)
    assert attached.get_content() == (house.root / "output/harbour" / edition / "harbour.docx").read_bytes()
    assert house.send(post) == {}


def test_nothing_new_makes_no_letter(house: House) -> None:
    """The same input again: no edition, no letter."""
    house.send(Post())
    house.build()
    assert house.send(Post()) == {}
    assert house.store.outbox.counts() == {"sent": 2}


def test_each_reader_is_told_what_changed_since_the_edition_they_have(house: House) -> None:
    """One has the first edition, one missed the second, one is new."""
    post = Post(rcpt=lambda reader, n: "550 full" if reader == "lin@example.org" and n == 2 else None)
    house.send(post)
    house.correct("1250.6")
    second = house.build()
    assert list(house.send(post)) == ["chen@example.org"]
    house.correct("1260.6")
    house.recipients = (CHEN, LIN, ZHOU)
    house.build()
    got = house.send(post)
    told = {reader: body(letter) for reader, letter in got.items()}
    assert "1260.6万吨" in told["chen@example.org"]
    assert "本版变化" in told["chen@example.org"]
    assert f"此前一版（{second}）" not in told["chen@example.org"]
    assert "1250.6万吨" in told["lin@example.org"].partition(f"此前一版（{second}）的变化：")[2]
    assert "现送上" in told["zhou@example.org"]
    assert "变化" not in told["zhou@example.org"]
    page = got["chen@example.org"].get_body(("html",))
    assert page is not None
    assert "1260.6万吨" in page.get_content()


def test_a_publisher_that_dies_before_it_records_forgets_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edition is there, its letters are not; the next build of the same writes them, once."""
    house.send(Post())
    house.correct("1250.6")
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "record_edition", _killed)
        with pytest.raises(KeyboardInterrupt):
            house.build()
    assert house.store.outbox.counts() == {"sent": 2}
    house.build()
    house.build()
    assert sorted(house.send(Post())) == ["chen@example.org", "lin@example.org"]
    assert house.store.outbox.counts() == {"sent": 4}


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_letter_over_the_cap_goes_without_its_files_and_says_so(house: House) -> None:
    """It names the edition and the files instead."""
    house.most = 0.02
    letter = house.send(Post())["lin@example.org"]
    assert list(letter.iter_attachments()) == []
    [edition] = {one.edition for one in house.store.outbox.letters()}
    assert f"没有随信附上，请按版本号 {edition} 取用" in body(letter)
    assert "口岸工作简报" in body(letter).partition("取用")[2]


@pytest.mark.parametrize("english", [False, True])
def test_a_letter_over_the_cap_carries_a_link_of_its_reader(house: House, english: bool) -> None:
    """It opens the edition's files on the page without logging in, until its day, while the reader is one."""
    from starlette.testclient import TestClient

    from briefings.web import create_app

    house.most, house.address = 0.02, "https://briefings.example.org"
    held = house.loaded
    if english:
        with house.store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE outbox SET language = 'en'")
    got = house.send(Post())
    text = body(got["lin@example.org"])
    assert ("until" in text and "you find them here" in text) if english else "以前可从下面的链接" in text
    link = re.search(r"https://briefings\.example\.org(/shared/\S+)", text)
    page = got["lin@example.org"].get_body(("html",))
    assert link and page and link[0] in html.unescape(page.get_content())
    assert link[0] not in body(got["chen@example.org"])
    assert "lin@example.org" not in base64.urlsafe_b64decode(link[1][8:].partition(".")[0] + "==").decode()
    house.store.users.add("admin", "admin", "no hash")

    (house.root / settings.FILE_NAME).write_text(house.toml, encoding="utf-8")
    stranger = TestClient(create_app(held, house.store, lambda *_: None), base_url=house.address)
    answer = stranger.get(link[1])
    assert answer.status_code == 200 and "口岸工作简报" in answer.text
    [edition] = {one.edition for one in house.store.outbox.letters()}
    made = (house.root / "output/harbour" / edition / "harbour.docx").read_bytes()
    assert stranger.get(link[1] + "/download.docx").content == made
    house.recipients = (CHEN,)
    (house.root / settings.FILE_NAME).write_text(house.toml + "\n", encoding="utf-8")
    assert stranger.get(link[1]).status_code == 410


def test_an_edition_that_was_changed_on_the_disk_goes_to_nobody(house: House) -> None:
    """A number that nobody proved is not mailed; the reason is kept."""
    path = next((house.root / "output/harbour").glob("2*/harbour.docx"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\0")
    assert house.send(Post()) == {}
    assert {(one.state, "is damaged" in one.said) for one in house.store.outbox.letters()} == {
        ("failed", True)
    }


def test_who_is_no_recipient_any_more_gets_nothing(house: House) -> None:
    """Taken out of briefings.toml while the letter waited."""
    house.recipients = (CHEN,)
    assert list(house.send(Post())) == ["chen@example.org"]
    [failed] = house.store.outbox.letters(states=("failed",))
    assert "no recipient" in failed.said


def test_an_older_edition_says_that_there_is_a_newer_one(house: House) -> None:
    """Both letters go, the older first; whoever reads it is warned."""
    first = house.latest
    house.correct("1250.6")
    second = house.build()
    post = Post()
    house.send(post)
    texts = [body(one) for one in post.letters() if one["To"].addresses[0].addr_spec == "chen@example.org"]
    assert [(first in text.split("）")[0], f"更新的一版（{second}）" in text) for text in texts] == [
        (True, True),
        (False, False),
    ]


def test_the_missing_are_sent_to_and_nobody_else(house: House) -> None:
    """Failed and never written to: yes. Sent and in doubt: no."""
    house.recipients = (CHEN, LIN, "xu@example.org")
    house.store.outbox.add(house.latest, _mailing(house))
    post = Post(
        rcpt=lambda reader, n: "550 no" if reader == "lin@example.org" and n == 1 else None,
        end=lambda reader, n: "drop" if reader == "xu@example.org" else None,
    )
    for _ in range(3):
        house.send(post)
    assert house.store.outbox.counts() == {"sent": 1, "failed": 1, "in_doubt": 1}
    house.recipients = (CHEN, LIN, "xu@example.org", ZHOU)
    queued = posting.resend_missing(house.loaded, house.store, "harbour", author="周")
    assert sorted(one.recipient.address for one in queued) == ["lin@example.org", "zhou@example.org"]
    assert sorted(house.send(post)) == ["lin@example.org", "zhou@example.org"]
    assert post.readers() == dict.fromkeys(
        ("chen@example.org", "lin@example.org", "xu@example.org", "zhou@example.org"), 1
    )
    assert posting.resend_missing(house.loaded, house.store, "harbour", author="周") == ()


def _mailing(house: House) -> Mailing:
    mailing = house.loaded.mailing("harbour")
    assert mailing
    return mailing


def test_a_dry_run_writes_what_would_go_and_changes_nothing(house: House, tmp_path: Path) -> None:
    """The files are the letters, byte for byte."""
    paths = posting.write_due(house.loaded, house.store, tmp_path / "eml")
    assert {path.suffix for path in paths} == {".eml"}
    assert house.store.outbox.counts() == {"pending": 2}
    post = Post()
    house.send(post)
    assert sorted(path.read_bytes() for path in paths) == sorted(data for _, data in post.taken)


def test_a_trial_is_marked_and_kept_nowhere(house: House) -> None:
    """It goes to anybody and is no edition's letter."""
    post = Post()
    with listening(post) as house.port:
        outcome = posting.send_trial(
            house.loaded, house.store, Recipient("", "any@example.org"), "harbour", now=NOW
        )
    assert outcome.state == "sent"
    [letter] = post.letters()
    assert letter["Subject"].startswith("［试发］")
    assert "试发信" in body(letter)
    assert house.store.outbox.counts() == {"pending": 2}


def test_templates_of_the_workspace_go_first_and_run_in_the_sandbox(house: House) -> None:
    """A changed subject is used; one that reaches for the program's inside stops the round and costs nobody a letter."""
    folder = house.root / "templates/mail"
    folder.mkdir(parents=True)
    (folder / "subject.txt.j2").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"subject\.txt\.j2"):
        house.send(Post())
    assert {(one.state, one.tries) for one in house.store.outbox.letters()} == {("pending", 0)}
    (folder / "subject.txt.j2").write_text(
        "{{ letter.title }}\n第{{ letter.edition[:10] }}期", encoding="utf-8"
    )
    assert {letter["Subject"] for letter in house.send(Post()).values()} == {
        "云河市2021年上半年口岸工作简报 第2021-07-22期"
    }


def test_words_of_a_source_are_no_markup_in_a_letter(house: House) -> None:
    """A name like a tag stays words in the page."""
    house.recipients = (*house.recipients, "<b>陈 <x@example.org>")
    with pytest.raises(ConfigurationError):
        _ = house.loaded
    letter = house.store.outbox.letters()[0]
    sly = replace(letter, recipient=Recipient("R&D, 陈 <i>", letter.recipient.address))
    house.recipients = (CHEN, LIN)
    read = message_from_bytes(posting.message_of(sly, 10**7, house.loaded, house.store), policy=default)
    page = read.get_body(("html",))
    assert page is not None
    assert "R&amp;D, 陈 &lt;i&gt;：" in page.get_content()
    assert "R&D, 陈 <i>：" in body(read)


def test_the_service_tells_of_each_letter_and_when_to_look_again(house: House) -> None:
    """No server: it is left alone for a while. A server: nothing remains to do."""
    told: list[Event] = []
    later = posting.rounds(house.loaded, house.store, told.append, lambda: False)
    assert later is not None
    assert [event.name for event in told] == ["not_mailed"]
    for letter in house.store.outbox.letters():
        house.store.outbox.resend(letter.id, author="周", reason="now")
    with listening(Post()) as house.port:
        assert posting.rounds(house.loaded, house.store, told.append, lambda: False) is None
    assert [event.name for event in told] == ["not_mailed", "mailed", "mailed"]
    stopped: list[Letter] = []
    house.correct("1250.6")
    house.build()
    with listening(Post()) as house.port:
        posting.send_due(
            house.loaded, house.store, stopping=lambda: True, on_letter=lambda one, _: stopped.append(one)
        )
    assert stopped == []


def test_what_cannot_be_is_said(house: House) -> None:
    """No server, no such briefing, no recipients, no edition."""
    bare = settings.parse("", house.root)
    with pytest.raises(ConfigurationError, match="no mail server"):
        posting.send_due(bare, house.store)
    with pytest.raises(ConfigurationError, match="Did you mean 'harbour'"):
        posting.resend_missing(house.loaded, house.store, "habour", author="周")
    house.recipients = ()
    with pytest.raises(UsageError, match="has no recipients"):
        posting.resend_missing(house.loaded, house.store, "harbour", author="周")


def test_other_words_of_letters_make_no_new_edition(house: House) -> None:
    """The mail's templates are none of what a briefing is made with."""
    before = house.build()
    folder = house.root / "templates/mail"
    folder.mkdir(parents=True)
    (folder / "subject.txt.j2").write_text("{{ letter.title }}", encoding="utf-8")
    assert house.build() == before
