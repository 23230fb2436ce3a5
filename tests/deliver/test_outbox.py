"""Tests of the outbox against a real mail server: nobody gets two, nobody is forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from mail_server import Answer, Early, Post, listening, nothing
from sqlalchemy import text

from briefings.deliver.mail import Unsendable, message
from briefings.deliver.outbox import (
    LEASE,
    MOST_TRIES,
    Rows,
    Tried,
    again_in,
    gone,
    owner,
    send_due,
)
from briefings.errors import UsageError
from briefings.records.edition import Edition
from briefings.records.mail import Letter, Mailing, MailServer, Outcome, Recipient, Secret, Wording
from briefings.store import open_store
from briefings.store.store import Store

OFFICE = Recipient("云河市研究室", "office@example.org")
NAMES = ("chen", "lin", "zhou", "xu")
READERS = tuple(Recipient("", f"{name}@example.org") for name in NAMES)
ADDRESSES = [reader.address for reader in READERS]
NOW = "2021-08-20T09:00:00+08:00"
AT_ONCE = timedelta()


def edition(id_: str = "2021-08-20-aaaaaaaa", fingerprint: str = "a" * 64) -> Edition:
    """An edition of the briefing ``harbour``."""
    return Edition("harbour", id_, f"/output/harbour/{id_}", fingerprint, (), True)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store with one edition and its four letters."""
    opened = open_store(store_url)
    opened.record_edition(edition(), now=NOW, mailing=Mailing("harbour", READERS))
    yield opened
    opened.close()


def make(letter: Letter, most: int) -> bytes:
    """A letter of a few lines, one of which is a dot."""
    return message(letter, OFFICE, Wording("港口简报", "第一行\n.\n..末行\n", "<p>.</p>"))


def to(port: int, **more: object) -> MailServer:
    """The server of a test, without TLS."""
    return MailServer("127.0.0.1", port, "none", OFFICE, seconds=5, **more)  # type: ignore[arg-type]


def send(
    store: Store, port: int, *, patience: float = 5, make: Callable[[Letter, int], bytes] = make
) -> tuple[Tried, ...]:
    """One round through the outbox; what has to be tried again is due at once."""
    return send_due(store.outbox, to(port), make, wait=lambda _: AT_ONCE, patience=patience)


def states(store: Store) -> dict[str, str]:
    """The state of each reader's letter."""
    return {letter.recipient.address: letter.state for letter in store.outbox.letters()}


def always(answer: str, *readers: str) -> Answer:
    """Say it to these readers each time."""
    return lambda reader, _: answer if reader in readers else None


def first(answer: str, *readers: str) -> Answer:
    """Say it to these readers the first time only."""
    return lambda reader, n: answer if reader in readers and n == 1 else None


def test_every_reader_gets_one_letter(store: Store) -> None:
    """And none when there is nothing more to do."""
    post = Post()
    with listening(post) as port:
        assert [o.state for _, o in send(store, port)] == ["sent"] * 4
        assert send(store, port) == ()
    assert post.readers() == Counter(ADDRESSES)
    assert {letter["To"] for letter in post.letters()} == set(ADDRESSES)
    assert set(states(store).values()) == {"sent"}
    body = post.letters()[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["第一行", ".", "..末行"]


def test_an_edition_recorded_again_makes_no_second_letter(store: Store) -> None:
    """The same edition, the same mailbox in other letters, a mailbox named twice: one letter each."""
    twice = (*READERS, Recipient("陈", "CHEN@example.org"), Recipient("", "new@example.org"))
    store.record_edition(edition(), now=NOW, mailing=Mailing("harbour", twice))
    assert sorted(states(store)) == sorted([*ADDRESSES, "new@example.org"])


def test_letters_are_written_with_the_edition_or_not_at_all(tmp_path: Path) -> None:
    """A transaction that fails leaves neither the edition nor a letter."""
    opened = open_store(tmp_path / "store.sqlite")
    with opened.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON outbox WHEN NEW.mailbox LIKE 'xu@%' "
                "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            )
        )
    with pytest.raises(Exception, match="the disk is full"):
        opened.record_edition(edition(), now=NOW, mailing=Mailing("harbour", READERS))
    assert opened.editions("harbour") == ()
    assert opened.outbox.letters() == ()
    opened.close()


def test_a_publisher_that_died_before_recording_still_owes_its_letters(store_url: str) -> None:
    """What was begun is owed until it is recorded, and then no more; another edition is not."""
    opened = open_store(store_url)
    opened.outbox.begin("harbour", "a" * 64)
    opened.outbox.begin("border", "b" * 64)
    assert opened.outbox.owing() == (("harbour", "a" * 64), ("border", "b" * 64))
    opened.record_edition(edition(), now=NOW, mailing=Mailing("harbour", READERS))
    assert opened.outbox.owing("harbour") == ()
    assert len(opened.outbox.letters()) == 4
    opened.outbox.forget_old(timedelta(days=1))
    assert opened.outbox.owing() == (("border", "b" * 64),)
    opened.outbox.forget_old(timedelta(days=-1))
    assert opened.outbox.owing() == ()
    opened.close()


def test_refused_for_good_is_final_and_keeps_nobody_else(store: Store) -> None:
    """5xx: not tried again, and the server's words are kept."""
    post = Post(rcpt=always("550 5.1.1 no such mailbox", ADDRESSES[0]))
    with listening(post) as port:
        send(store, port)
        send(store, port)
    assert post.asked[ADDRESSES[0]] == 1
    assert post.readers() == Counter(ADDRESSES[1:])
    failed = store.outbox.letters(states=("failed",))
    assert [(f.recipient.address, f.said) for f in failed] == [(ADDRESSES[0], "550 5.1.1 no such mailbox")]


@pytest.mark.parametrize("where", ["rcpt", "end"])
def test_refused_for_now_is_tried_again(store: Store, where: str) -> None:
    """4xx before the letter or after it: it goes at a later try, once."""
    answer = first("451 4.7.1 greylisted", *ADDRESSES[:2])
    post = Post(rcpt=answer) if where == "rcpt" else Post(end=answer)
    with listening(post) as port:
        for _ in range(3):
            send(store, port)
    assert post.readers() == Counter(ADDRESSES)
    tries = {letter.recipient.address: letter.tries for letter in store.outbox.letters()}
    assert tries == {ADDRESSES[0]: 2, ADDRESSES[1]: 2, ADDRESSES[2]: 1, ADDRESSES[3]: 1}


def test_refused_after_the_letter_for_good_is_final(store: Store) -> None:
    """554 to the letter's end: the server says that it took nothing."""
    post = Post(end=always("554 looks like spam", ADDRESSES[2]))
    with listening(post) as port:
        send(store, port)
        send(store, port)
    assert states(store)[ADDRESSES[2]] == "failed"
    assert post.ended[ADDRESSES[2]] == 1


def test_a_refused_letter_waits_longer_each_time(store: Store) -> None:
    """Until its time it is not due; the last try is the end."""
    post = Post(rcpt=always("450 later", *ADDRESSES))
    with listening(post) as port:
        assert len(send_due(store.outbox, to(port), make)) == 4
        assert send_due(store.outbox, to(port), make) == ()
        due = store.outbox.next_due()
        assert due is not None
        for letter in store.outbox.letters():
            store.outbox.resend(letter.id, author="周", reason="at once")
        ended = send_due(store.outbox, to(port), make, wait=lambda _: None)
    assert [outcome.state for _, outcome in ended] == ["failed"] * 4
    assert "given up after 1 tries: 450 later" in store.outbox.letters()[0].said
    assert post.asked == Counter(dict.fromkeys(ADDRESSES, 2))


def test_the_pauses_grow_and_end() -> None:
    """A minute, threefold up to four hours; given up within four to six days."""
    pauses = [again_in(n) for n in range(1, MOST_TRIES)]
    assert pauses[:5] == [timedelta(minutes=m) for m in (1, 3, 9, 27, 81)]
    known = [p for p in pauses if p is not None]
    assert len(known) == len(pauses)
    assert known == sorted(known)
    assert timedelta(days=4) < sum(known, timedelta()) < timedelta(days=6)
    assert again_in(MOST_TRIES) is None


def test_a_connection_lost_before_the_last_dot_is_tried_again(store: Store) -> None:
    """The server can have taken nothing: every reader gets the letter, once, without anybody's doing."""

    def large(letter: Letter, most: int) -> bytes:
        return message(letter, OFFICE, Wording("港口简报", "长文。\n" * 60_000, "<p></p>"))

    post = Post()
    with listening(post, server=Early) as port:
        for _ in range(6):
            send(store, port, make=large)
    assert post.readers() == Counter(ADDRESSES)
    assert set(states(store).values()) == {"sent"}
    assert [e.state for e in store.outbox.events(store.outbox.letters()[0].id)] == [
        "pending",
        "pending",
        "sent",
    ]


def test_a_connection_lost_after_the_last_dot_is_in_doubt_until_a_person_decides(store: Store) -> None:
    """The server took it and did not say so: never sent by itself again; one re-send by a person is one more letter."""
    post = Post(end=first("drop", ADDRESSES[1]))
    with listening(post) as port:
        for _ in range(3):
            send(store, port)
        assert post.readers() == Counter(ADDRESSES)
        [doubt] = store.outbox.letters(states=("in_doubt",))
        assert doubt.recipient.address == ADDRESSES[1]
        store.outbox.resend(doubt.id[:10], author="周", reason="the reader has nothing")
        send(store, port)
    assert post.readers()[ADDRESSES[1]] == 2
    ids = [letter["Message-ID"] for letter in post.letters() if letter["To"] == ADDRESSES[1]]
    assert len(set(ids)) == 1
    events = store.outbox.events(doubt.id)
    assert [e.state for e in events] == ["pending", "in_doubt", "pending", "sent"]
    assert (events[2].by, events[2].said) == ("周", "the reader has nothing")
    with pytest.raises(UsageError, match="was sent; it goes only once"):
        store.outbox.resend(doubt.id, author="周", reason="again")


def test_a_server_that_answers_too_late_leaves_a_doubt(store: Store) -> None:
    """Nobody waits for ever, and nobody guesses."""
    post = Post(wait=1.5)
    with listening(post) as port:
        tried = send(store, port, patience=0.2)
        assert [outcome.state for _, outcome in tried] == ["in_doubt"]
        post.wait = 0
        send(store, port)
    assert post.readers() == Counter(ADDRESSES)
    assert Counter(states(store).values()) == Counter({"sent": 3, "in_doubt": 1})


def test_a_server_that_is_slow_is_waited_for(store: Store) -> None:
    """A delay within the time is no trouble."""
    post = Post(wait=0.05)
    with listening(post) as port:
        send(store, port)
    assert post.readers() == Counter(ADDRESSES)
    assert set(states(store).values()) == {"sent"}


def test_a_server_that_closes_for_the_day_stops_the_round(store: Store) -> None:
    """421, or nobody there: one letter is tried, the others are left for later, all arrive."""
    post = Post(rcpt=first("421 4.3.2 closing", ADDRESSES[0], ADDRESSES[3]))
    with listening(post) as port:
        assert len(send(store, port)) < 4
        for _ in range(4):
            send(store, port)
    assert post.readers() == Counter(ADDRESSES)
    store.record_edition(
        edition("2021-08-21-bbbbbbbb", "b" * 64), now=NOW, mailing=Mailing("harbour", READERS)
    )
    [(_, outcome)] = send(store, port)
    assert outcome.broken
    assert "cannot be reached" in outcome.said
    assert store.outbox.counts() == {"sent": 4, "pending": 4}


def test_a_letter_that_cannot_be_made_fails_with_the_reason(store: Store) -> None:
    """Its edition is damaged: told, and the others go."""

    def damaged(letter: Letter, most: int) -> bytes:
        if letter.recipient.address == ADDRESSES[0]:
            raise Unsendable("The edition is damaged.")
        return make(letter, most)

    post = Post()
    with listening(post) as port:
        send(store, port, make=damaged)
    assert post.readers() == Counter(ADDRESSES[1:])
    assert store.outbox.letters(states=("failed",))[0].said == "The edition is damaged."


def test_an_error_in_the_program_gives_the_letter_back(store: Store) -> None:
    """A broken template is not the letter's fault: nothing counts as a try."""

    def broken(letter: Letter, most: int) -> bytes:
        raise RuntimeError("template")

    with listening(Post()) as port, pytest.raises(RuntimeError):
        send(store, port, make=broken)
    assert {(letter.state, letter.tries) for letter in store.outbox.letters()} == {("pending", 0)}


def test_the_sizes_that_server_and_settings_allow_are_handed_on(store: Store) -> None:
    """The smaller one counts."""
    seen: list[int] = []

    def note(letter: Letter, most: int) -> bytes:
        seen.append(most)
        return make(letter, most)

    with listening(Post(), size=123_456) as port:
        send(store, port, make=note)
        store.record_edition(edition("b", "b" * 64), now=NOW, mailing=Mailing("harbour", READERS))
        send_due(store.outbox, to(port, cap=50_000), note)
    assert seen == [123_456] * 4 + [50_000] * 4


def test_a_sender_that_was_given_up_cannot_send_any_more(store: Store) -> None:
    """It is found dead before the hand-over, another takes the letter; the first one's mark is refused."""
    slow = store.outbox.claim("elsewhere/1/1", LEASE)
    assert slow is not None
    [found] = store.outbox.recover(lambda mark: mark == "elsewhere/1/1")
    assert (found.id, found.state) == (slow.id, "pending")
    quick = store.outbox.claim("here", LEASE, letter=slow.id)
    assert quick is not None
    assert not store.outbox.handing(slow, LEASE)
    assert not store.outbox.ended(slow, Outcome("sent", "250"))
    assert store.outbox.handing(quick, LEASE)
    assert store.outbox.ended(quick, Outcome("sent", "250"))


def test_a_sender_that_died_in_the_hand_over_leaves_a_doubt(store: Store) -> None:
    """Unless it lives after all and knows how it ended."""
    held = store.outbox.claim("elsewhere/1/1", LEASE)
    assert held is not None
    assert store.outbox.handing(held, LEASE)
    [found] = store.outbox.recover(lambda _: True)
    assert found.state == "in_doubt"
    assert store.outbox.ended(held, Outcome("sent", "250 taken"))
    assert store.outbox.letter(held.id).state == "sent"


def test_a_lease_that_is_over_is_found_without_knowing_the_process(store: Store) -> None:
    """A sender on a machine that burned down."""
    held = store.outbox.claim("elsewhere/1/1", timedelta(seconds=-1))
    assert held is not None
    assert [letter.id for letter in store.outbox.recover(gone)] == [held.id]


def test_processes_know_each_other_by_number_and_beginning() -> None:
    """This one lives; one that ended, or whose number another has now, is gone; one elsewhere is not known to be."""
    machine, number, started = owner().rsplit("/", 2)
    assert not gone(owner())
    assert gone(f"{machine}/{number}/1")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert gone(f"{machine}/{ended.pid}/{started}")
    assert not gone(f"another:machine/{number}/1")
    assert not gone("")


CHILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import test_outbox as tests
from briefings.deliver import outbox
from briefings.store import open_store
store = open_store(sys.argv[2])
def make(letter, most):
    if sys.argv[4] == "before":
        print("here", flush=True)
        time.sleep(60)
    return tests.make(letter, most)
outbox.send_due(store.outbox, tests.to(int(sys.argv[3])), make, patience=60)
print("done", flush=True)
"""


@pytest.mark.parametrize(("moment", "state"), [("before", "pending"), ("within", "in_doubt")])
def test_a_killed_sender_is_found_by_the_next(store: Store, store_url: str, moment: str, state: str) -> None:
    """kill -9 before the hand-over: the letter goes. In the hand-over: it is in doubt, and the others go."""
    post = Post(wait=30 if moment == "within" else 0)
    with listening(post) as port:
        command = [sys.executable, "-c", CHILD, str(Path(__file__).parent), store_url, str(port), moment]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        if moment == "before":
            assert child.stdout is not None
            assert child.stdout.readline() == "here\n"
        else:
            until = time.monotonic() + 120
            while not post.taken and time.monotonic() < until:
                time.sleep(0.02)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        [left] = store.outbox.letters(states=("sending",))
        assert bool(left.data) == (moment == "within")
        post.wait = 0
        told: list[tuple[str, str]] = []
        send_due(store.outbox, to(port), make, on_letter=lambda one, o: told.append((one.id, o.state)))
    assert told[0] == (left.id, state)
    assert post.readers() == Counter(ADDRESSES)
    expected = {"sent": 4} if state == "pending" else {"sent": 3, "in_doubt": 1}
    assert store.outbox.counts() == expected


def test_two_processes_send_each_letter_once(store: Store, store_url: str) -> None:
    """Forty letters, three senders on one store."""
    many = tuple(Recipient("", f"reader{n}@example.org") for n in range(36))
    store.record_edition(edition(), now=NOW, mailing=Mailing("harbour", (*READERS, *many)))
    post = Post()
    with listening(post) as port:
        command = [
            sys.executable,
            "-c",
            CHILD,
            str(Path(__file__).parent),
            store_url,
            str(port),
            "-",
        ]
        senders = [subprocess.Popen(command) for _ in range(2)]
        send(store, port)
        assert [one.wait(30) for one in senders] == [0, 0]
    assert post.readers() == Counter([*ADDRESSES, *(one.address for one in many)])
    assert store.outbox.counts() == {"sent": 40}


def test_a_server_that_does_everything_wrong_in_turn(store: Store) -> None:
    """Refusals, delays and drops in every order: each reader has exactly one letter, or one letter in doubt or failed."""
    many = tuple(Recipient("", f"reader{n}@example.org") for n in range(20))
    store.record_edition(edition(), now=NOW, mailing=Mailing("harbour", (*READERS, *many)))
    turns = ("", "450 later", "drop", "421 closing", "552 full", "")

    def rcpt(reader: str, n: int) -> str | None:
        return turns[(sum(reader.encode()) + n) % len(turns)] or None

    def end(reader: str, n: int) -> str | None:
        return (None, "drop", "451 later", None)[(sum(reader.encode()) // 7 + n) % 4]

    post = Post(rcpt=rcpt, end=end)
    with listening(post) as port:
        for _ in range(200):
            if not store.outbox.counts().get("pending"):
                break
            send(store, port)
    outcome = states(store)
    assert set(outcome.values()) == {"sent", "failed", "in_doubt"}
    had = post.readers()
    for reader, state in outcome.items():
        assert had[reader] == (0 if state == "failed" else 1), (reader, state)


def test_the_store_is_what_sending_asks_for(store: Store) -> None:
    """The outbox's rows fit the protocol."""
    rows: Rows = store.outbox
    assert rows.claim("x", LEASE, letter="not there") is None


def test_a_secret_shows_itself_to_nobody() -> None:
    """Not printed, not copied out, not pickled; read when asked."""
    import copy
    import dataclasses
    import pickle

    server = MailServer("h", 25, "tls", OFFICE, "u", Secret(lambda: "hunter22"))
    assert "hunter22" not in repr(server) + repr(dataclasses.asdict(server)) + repr(copy.deepcopy(server))
    with pytest.raises(TypeError):
        pickle.dumps(server)
    assert server.password is not None
    assert server.password.reveal() == "hunter22"


def test_nothing_is_due_of_an_empty_outbox(store_url: str) -> None:
    """No server is asked."""
    opened = open_store(store_url)
    assert send_due(opened.outbox, to(1), make) == ()
    assert opened.outbox.next_due() is None
    assert nothing("x", 1) is None
    opened.close()
