"""Tests of letters as messages: read back by the standard library, and by hand as old mail programs read them."""

import base64
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.deliver.addresses import BadAddress, recipient
from briefings.deliver.mail import Attachment, NotExactlyOne, check_addresses, message
from briefings.records.mail import Letter, Recipient, Wording

OFFICE = Recipient("云河市人民政府研究室", "office@example.org")
READER = Recipient("陈主任", "chen@example.org")
WORDS = Wording("云河市2021年上半年港口运行简报", "您好：\n吞吐量120.5万吨。\n", "<p>您好</p>")
LONG = "云河市2021年上半年港口生产运行与多式联运发展情况及存在问题综合分析简报（2021-08-20-aaaaaaaa）.docx"
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=120)


def letter(reader: Recipient = READER) -> Letter:
    """A letter of one edition to ``reader``."""
    return Letter(
        "0a" * 12,
        "harbour",
        "2021-08-20-aaaaaaaa",
        reader,
        ("pdf",),
        "zh",
        "pending",
        "2021-08-20T01:00:00.000+00:00",
        "",
    )


def read(data: bytes) -> EmailMessage:
    """As the standard library reads it."""
    return message_from_bytes(data, policy=default)


def words_by_hand(value: str) -> str:
    """Encoded words (RFC 2047) decoded one by one; each has to be whole UTF-8 and no longer than 75 characters."""
    found = re.findall(r"=\?utf-8\?b\?[A-Za-z0-9+/=]*\?=", value)
    assert all(len(word) <= 75 for word in found)
    return "".join(base64.b64decode(word[10:-2]).decode("utf-8") for word in found)


def extended_by_hand(value: str) -> str:
    """``filename*0*=utf-8''…`` (RFC 2231) put together."""
    parts = re.findall(r"filename\*(?:(\d+)\*)?=([^;\r\n]*)", value)
    assert [number for number, _ in parts] in ([""], [str(n) for n in range(len(parts))])
    return unquote("".join(text for _, text in parts).removeprefix("utf-8''"), errors="strict")


def headers(data: bytes, name: bytes) -> list[str]:
    """The headers of that name as they stand on the wire, with their line breaks."""
    return [h.decode("ascii") for h in re.findall(rb"(?m)^" + name + rb":[^\r]*(?:\r\n[ \t][^\r]*)*", data)]


def test_a_letter_says_who_what_and_that_a_program_wrote_it() -> None:
    """Every header that a mail program or a filter asks for, each once."""
    found = read(message(letter(), OFFICE, WORDS))
    assert {
        name: str(found[name]) for name in ("To", "From", "Subject", "Auto-Submitted", "List-Unsubscribe")
    } == {
        "To": "陈主任 <chen@example.org>",
        "From": "云河市人民政府研究室 <office@example.org>",
        "Subject": "云河市2021年上半年港口运行简报",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<mailto:office@example.org?subject=unsubscribe%20harbour>",
    }
    assert found["Message-ID"] == f"<{'0a' * 12}@example.org>"
    assert found["Date"].datetime.isoformat() == "2021-08-20T01:00:00+00:00"
    assert len({name.lower() for name in found}) == len(found.keys())
    plain, page = found.get_body(("plain",)), found.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().splitlines() == WORDS.text.splitlines()
    assert page.get_content().strip() == WORDS.html


def test_the_same_letter_is_the_same_bytes() -> None:
    """Sent again it is recognised; the wire has CRLF everywhere, ASCII only, and no line over the limit."""
    files = [Attachment(LONG, b"PK" * 999)]
    data = message(letter(), OFFICE, WORDS, files)
    assert data == message(letter(), OFFICE, WORDS, files)
    assert data.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert max(map(len, data.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "name",
    [
        LONG,
        "港口简报.pdf",
        "plain.xlsx",
        "a b-c_1.pdf",
        'odd"name;.pdf',
        "简" * 200 + ".pdf",
        "𠮷野.pdf",
        "x" * 150 + ".pdf",
    ],
)
def test_attachment_names_are_read_in_both_forms(name: str) -> None:
    """By the standard library, by hand from the RFC 2231 form, and by hand from the RFC 2047 form."""
    content = bytes(range(256)) * 9
    data = message(letter(), OFFICE, WORDS, [Attachment(name, content), Attachment("第二.pdf", b"%PDF")])
    first, second = read(data).iter_attachments()
    assert (first.get_filename(), second.get_filename()) == (name, "第二.pdf")
    assert isinstance(first, EmailMessage)
    assert first.get_content() == content
    assert first.get_content_disposition() == "attachment"
    [disposition, _] = headers(data, b"Content-Disposition")
    if "*=" in disposition:
        assert extended_by_hand(disposition) == name
        assert words_by_hand(headers(data, b"Content-Type")[-2]) == name
    else:
        assert disposition.endswith(f'filename="{name}"')


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("简.pdf", "application/pdf"),
        ("简.DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("简.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("简", "application/octet-stream"),
    ],
)
def test_media_types_stay_whole(name: str, media: str) -> None:
    """That of Word is longer than a header's line, which the standard library would break."""
    [attached] = read(message(letter(), OFFICE, WORDS, [Attachment(name, b"x")])).iter_attachments()
    assert attached.get_content_type() == media


@settings(max_examples=60, deadline=None)
@given(subject=TEXTS, name=TEXTS, file=TEXTS)
def test_any_words_come_back_as_they_went(subject: str, name: str, file: str) -> None:
    """Subject, display name and file name, whatever characters they hold."""
    data = message(
        letter(Recipient(name, "chen@example.org")),
        OFFICE,
        Wording(subject, "x", "x"),
        [Attachment(file, b"")],
    )
    found = read(data)
    assert found["Subject"] == subject
    # The library's parser sets a blank between the encoded words of a long display name; the words themselves are checked.
    assert str(found["To"].addresses[0].display_name).replace(" ", "") == name.replace(" ", "")
    assert [a.addr_spec for a in found["To"].addresses] == ["chen@example.org"]
    assert next(found.iter_attachments()).get_filename() == file


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("甲乙a1,;:<>@\"()[]\\=?_&'. "), max_size=90))
def test_no_display_name_makes_another_address(name: str) -> None:
    """Whatever a name holds, the letter is for the one address, or is not made at all."""
    try:
        data = message(letter(Recipient(name, "chen@example.org")), OFFICE, WORDS)
    except NotExactlyOne:
        return
    assert [a.addr_spec for a in read(data)["To"].addresses] == ["chen@example.org"]
    assert len(headers(data, b"To")) == 1


def test_a_header_for_somebody_else_is_found() -> None:
    """The check that every letter goes through before it leaves."""
    good = message(letter(), OFFICE, WORDS)
    check_addresses(good, OFFICE, READER)
    for bad in (
        good.replace(b"<chen@example.org>", b"<chen@example.org>, <lin@example.org>"),
        good.replace(b"Subject:", b"Bcc: lin@example.org\r\nSubject:", 1),
        good.replace(b"Subject:", b"To: lin@example.org\r\nSubject:", 1),
        good.replace(b"chen@", b"lin@"),
    ):
        with pytest.raises(NotExactlyOne):
            check_addresses(bad, OFFICE, READER)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("chen@example.org", "", "chen@example.org"),
        ("陈主任 <chen@example.org>", "陈主任", "chen@example.org"),
        (' "陈, 主任"  <Chen.A+x@Example.ORG> ', "陈, 主任", "Chen.A+x@example.org"),
        ("<chen@localhost>", "", "chen@localhost"),
        ("chen@例子.org", "", "chen@xn--fsqu00a.org"),
    ],
)
def test_one_address_is_read(text: str, name: str, address: str) -> None:
    """With a name or without; domains in lower case and ASCII."""
    assert recipient(text) == Recipient(name, address)


@pytest.mark.parametrize(
    "text",
    [
        "", "chen", "@example.org", "chen@", "chen@-a.org", "chen@a..org", "chen@[127.0.0.1]", "a@b, c@d", "a@b;c@d",
        "<a@b> <c@d>", "a@b <c@d>x", "x <a@b", "陈@example.org", "a b@example.org", '"a b"@example.org', ".a@b.org",
        "a@b\r\nBcc: c@d", "a@b\n", "陈\x00 <a@b>", "陈\u202e <a@b>", "a@b@c", "<<a@b>>", f"{'a' * 65}@b.org",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_address_is_refused(text: str) -> None:
    """None, several, or one that servers read differently."""
    with pytest.raises(BadAddress):
        recipient(text)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab@.,;<>"\\ \r\n:陈%!'), max_size=24))
def test_what_is_accepted_is_exactly_one_address(text: str) -> None:
    """Read back from the header of a letter it is that address alone."""
    try:
        read_as = recipient(text)
    except BadAddress:
        return
    try:
        data = message(letter(read_as), OFFICE, WORDS)
    except NotExactlyOne:
        return
    assert [a.addr_spec for a in read(data)["To"].addresses] == [read_as.address]
