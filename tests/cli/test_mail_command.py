"""Tests of the commands about letters, against a real mail server."""

import contextlib
import io
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from commands import COMMERCE, ORDER, Ran

from briefings.cli import main

sys.path.insert(0, str(Path(__file__).parents[1] / "deliver"))
from mail_server import Post, listening


def briefings(*words: str | Path, at: Path) -> Ran:
    """Run ``briefings`` in this process, for there are many runs; it ends as the command line does."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    given = sys.argv
    sys.argv = ["briefings", "-C", str(at), *map(str, words)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.argv = given
    assert "should not happen" not in err.getvalue(), err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


READERS = (
    'recipients = ["陈主任 <chen@example.org>", "lin@example.org"]\nformats = ["html"]\nattach = ["html"]\n'
)


def toml(port: int) -> str:
    """briefings.toml with the server of the test."""
    server = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "office@example.org"\n'
    return server + ORDER + READERS


@pytest.fixture(scope="module")
def post() -> Post:
    """A server that does not take lin's letters for now, and breaks off after chen's first."""
    return Post(
        rcpt=lambda reader, n: "450 later" if reader == "lin@example.org" and n == 1 else None,
        end=lambda reader, n: "drop" if reader == "chen@example.org" and n == 1 else None,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Path]:
    """A workspace with one edition, and the server running."""
    home = tmp_path_factory.mktemp("mailed")
    with listening(post) as port:
        (home / "briefings.toml").write_text(toml(port), encoding="utf-8")
        (home / "a.txt").write_text(COMMERCE, encoding="utf-8")
        assert briefings("add", home / "a.txt", at=home).code == 0
        ran = briefings("build", at=home)
        assert ran.code == 0, ran.err
        assert "letters that wait: 2" in ran.err
        yield home


def test_the_way_of_a_letter(home: Path, post: Post) -> None:
    """Dry run, trouble with exit code 7, the list, a re-send by a person, the end with exit code 0."""
    rows = briefings("mail", "outbox", "--json", at=home).rows()
    assert [(row["address"], row["state"]) for row in rows] == [
        ("chen@example.org", "pending"),
        ("lin@example.org", "pending"),
    ]

    dry = briefings("mail", "send", "--dry-run", home / "eml", at=home)
    assert dry.code == 0
    read = [message_from_bytes(Path(line).read_bytes(), policy=default) for line in dry.out.splitlines()]
    assert {str(one["To"]) for one in read} == {"陈主任 <chen@example.org>", "lin@example.org"}
    assert post.taken == []

    told = ""
    for _ in range(2):
        sent = briefings("mail", "send", at=home)
        assert sent.code == 7, sent.err
        told += sent.err
    assert "450 later" in told
    assert "1 pending, 1 in doubt" in sent.err
    assert "Letters in doubt may have arrived" in sent.err

    [doubt] = briefings("mail", "outbox", "--state", "in_doubt", "--json", at=home).rows()
    assert [event["state"] for event in doubt["events"]] == ["pending", "in_doubt"]
    assert "in doubt" in briefings("mail", "outbox", "half-year", at=home).out
    again = briefings(
        "mail", "resend", doubt["id"][:8], "--reason", "nothing arrived", "--author", "周", at=home
    )
    assert again.code == 7
    assert "sent" in again.out
    waiting = next(row for row in rows if row["address"] == "lin@example.org")
    assert briefings("mail", "resend", waiting["id"], "--later", at=home).code == 0
    assert briefings("mail", "send", at=home).code == 0
    assert post.readers() == {"chen@example.org": 2, "lin@example.org": 1}
    assert {row["state"] for row in briefings("mail", "outbox", "--json", at=home).rows()} == {"sent"}
    assert briefings("mail", "send", at=home).code == 0


def test_a_trial_goes_to_anybody(home: Path, tmp_path: Path) -> None:
    """To the server, or into a file."""
    assert briefings("mail", "test", "any@example.org", at=home).code == 0
    ran = briefings("mail", "test", "王 <any@example.org>", "half-year", "--dry-run", tmp_path, at=home)
    assert (
        message_from_bytes(Path(ran.out.strip()).read_bytes(), policy=default)["To"] == "王 <any@example.org>"
    )
    assert briefings("mail", "test", "a@b, c@d", at=home).code == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("resend",), 2, "Name LETTERs, or --missing and a briefing"),
        (("resend", "0000"), 2, "is no letter"),
        (("resend", "--missing", "half-yeer"), 5, "Did you mean 'half-year'?"),
        (("outbox", "half-yeer"), 2, "Did you mean 'half-year'?"),
        (("test", "a@example.org", "half-yeer"), 5, "Did you mean 'half-year'?"),
    ],
)
def test_what_cannot_be_is_said(home: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    """With the code of its kind."""
    ran = briefings("mail", *words, at=home)
    assert ran.code == code
    assert sentence in ran.err


def test_an_empty_outbox_says_what_fills_it(tmp_path: Path) -> None:
    """Nothing on stdout; without a server nothing can be sent."""
    ran = briefings("mail", "outbox", at=tmp_path)
    assert (ran.code, ran.out) == (0, "")
    assert "a new edition of a briefing with recipients fills it" in ran.err
    assert briefings("mail", "send", at=tmp_path).code == 5
