"""Tests of what briefings.toml says of mail."""

import traceback
from pathlib import Path

import pytest

from briefings import settings
from briefings.errors import ConfigurationError
from briefings.records.mail import NO_SERVER, Recipient

MAIL = '[mail]\nhost = "smtp.example.org"\nfrom = "研究室 <office@example.org>"\nuser = "office"\n'
BRIEFING = '[[briefing]]\nid = "a"\nkind = "digest"\ntitle = "t"\nperiod = "2021-H1"\n'


def test_mail_and_recipients_are_read() -> None:
    """With their defaults: STARTTLS on its port, PDF and Word where the briefing makes them, each mailbox once."""
    text = (
        BRIEFING
        + 'formats = ["docx", "html"]\nrecipients = ["陈 <Chen@Example.org>", "chen@example.org", "lin@example.org"]\n'
    )
    loaded = settings.parse(MAIL + text, Path("/w"))
    assert (loaded.mail.host, loaded.mail.port, loaded.mail.security) == ("smtp.example.org", 587, "starttls")
    assert loaded.mail.sender == Recipient("研究室", "office@example.org")
    mailing = loaded.mailing("a")
    assert mailing is not None
    assert mailing.recipients == (Recipient("陈", "Chen@example.org"), Recipient("", "lin@example.org"))
    assert mailing.attach == ("docx",)
    assert settings.parse(BRIEFING, Path("/w")).mail == NO_SERVER
    assert settings.parse(BRIEFING, Path("/w")).mailing("a") is None


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_security_has_its_port(security: str, port: int) -> None:
    """Unless another is given."""
    text = MAIL.replace('user = "office"\n', "") + f'security = "{security}"\n'
    assert settings.parse(text, Path("/w")).mail.port == port
    assert settings.parse(text + "port = 2525\n", Path("/w")).mail.port == 2525


def test_the_password_comes_from_the_environment_and_is_shown_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither in the settings nor in an error about them."""
    monkeypatch.setenv("BRIEFINGS_MAIL__PASSWORD", "hunter22")
    loaded = settings.parse(MAIL, Path("/w"))
    assert loaded.mail.password is not None
    assert loaded.mail.password.reveal() == "hunter22"
    assert "hunter22" not in repr(loaded)
    for text in ('[mail]\nhost = "h"\n', MAIL + 'port = "x"\n', MAIL + "passwrd = 1\n"):
        with pytest.raises(ConfigurationError) as caught:
            settings.parse(text, Path("/w"))
        assert "hunter22" not in "".join(traceback.format_exception(caught.value))


def test_the_password_comes_from_a_file_that_is_read_when_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its line's end; a file that is not there stops only who sends."""
    monkeypatch.setenv("BRIEFINGS_MAIL__PASSWORD_FILE", str(tmp_path / "secret"))
    password = settings.parse(MAIL, Path("/w")).mail.password
    assert password is not None
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        password.reveal()
    (tmp_path / "secret").write_text(" hunter 22 \n", encoding="utf-8")
    assert password.reveal() == " hunter 22 "
    (tmp_path / "secret").write_bytes("密码".encode("gb18030"))
    with pytest.raises(ConfigurationError, match="not UTF-8") as caught:
        password.reveal()
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (MAIL + 'password = "x"\n', "does not belong in this file; set BRIEFINGS_MAIL__PASSWORD"),
        ('[mail]\nhost = "h"\n', "letters need a sender"),
        (MAIL + 'security = "none"\n', "a password is not sent in the clear"),
        (MAIL + 'hots = "x"\n', "unknown key 'hots' in [mail]. Did you mean 'host'?"),
        (MAIL.replace("<office@example.org>", "office"), "is not an address"),
        (BRIEFING + 'recipients = ["a@b.org, c@d.org"]\n', "is not exactly one address"),
        (
            BRIEFING + 'recipients = ["a@b.org\\nBcc: c@d.org"]\n',
            "characters that cannot stand in an address",
        ),
        (
            BRIEFING + 'formats = ["pdf"]\nattach = ["docx"]\n',
            "attach names 'docx', which is not among its formats",
        ),
        (BRIEFING + 'recipient = ["a@b.org"]\n', "Did you mean 'recipients'?"),
    ],
)
def test_a_mistake_is_said_in_one_sentence(text: str, sentence: str) -> None:
    """Nothing unknown or wrong is ignored in silence."""
    with pytest.raises(ConfigurationError) as caught:
        settings.parse(text, Path("/w"))
    assert sentence in str(caught.value)
    assert str(caught.value).count("\n") == 0
