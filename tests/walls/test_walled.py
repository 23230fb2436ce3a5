"""Hostile files and hostile templates end as a reason, and what comes after them is done as if they had not been."""

import io
import random
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings import pipeline, walled
from briefings.errors import BriefingsError, ConfigurationError
from briefings.records.briefing import Briefing, Heading, Paragraph, Words
from briefings.settings import parse
from briefings.store import open_store
from briefings.walls import READ, RENDER, Limits
from briefings.walls.limits import MIB

ROOT = Path(__file__).parents[2]
GOOD = "云栖市教育局2021年上半年工作总结\n2021-07-20\n上半年，全市新增学位1.8万个，同比增长9.2%。\n"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def portable(cmap: bytes) -> bytes:
    """A PDF of one page whose font says by ``cmap`` which characters its glyphs are."""
    said = b"BT /F1 12 Tf 72 700 Td <0001> Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(said), said),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X>>>>",
    )
    out, places = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return out + b"xref\n0 8\n%strailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (places, len(out))


BOMB = portable(b"begincmap 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap")
"""Under a kilobyte that says what four thousand million characters are: its reader takes them down one by one."""


def word(text: str = GOOD) -> bytes:
    """A Word file with ``text``, a paragraph a line."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


SAMPLES = (
    ("a.txt", GOOD.encode()),
    ("a.html", f"<!DOCTYPE html><html><body><p>{GOOD}</p></body></html>".encode()),
    ("a.docx", word()),
    ("a.pdf", portable(b"begincmap 1 beginbfchar <0001> <4e00> endbfchar endcmap")),
)


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(cpu=1), "time_limit"), (Limits(memory=200 * MIB), "memory_limit")]
)
def test_a_file_that_takes_too_much(limits: Limits, code: str) -> None:
    """The reading is empty and says in a sentence which limit was reached."""
    reading, findings = walled.read(BOMB, "通报.pdf", {}, None, limits)
    (problem,) = reading.problems
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.sentence.endswith("。")
    assert (reading.documents, findings, reading.source.name) == ((), (), "通报.pdf")


def test_the_same_is_read_as_without_walls() -> None:
    """Reading and findings come through the walls unchanged, people's metadata in their light and not in the reading."""
    for name, data in SAMPLES:
        assert walled.read(data, name, {}, None) == pipeline.read(data, name)
    said = {"period": "2020-H2"}
    reading, findings = walled.read(GOOD.encode(), "a.txt", {"": said}, None)
    assert (reading, findings) == (
        pipeline.read(GOOD.encode(), "a.txt")[0],
        pipeline.read(GOOD.encode(), "a.txt", said)[1],
    )


def test_the_next_good_file_goes_on(tmp_path: Path) -> None:
    """A bomb among good files is quarantined with its reason; the others are taken, before and after it."""
    for name, data in (
        ("1.txt", GOOD.encode()),
        ("2.pdf", BOMB),
        ("3.docx", word(GOOD.replace("教育", "民政"))),
    ):
        (tmp_path / name).write_bytes(data)
    space = parse("[limits]\nread_seconds = 1", tmp_path)
    store = open_store(str(tmp_path / "store.sqlite3"))
    try:
        files = sorted(tmp_path.glob("[123].*"))
        outcomes = pipeline.take_in(files, space, store, now="2021-08-01T00:00:00+00:00")
        assert [outcome.state for outcome in outcomes] == ["taken", "quarantined", "taken"]
        (held,) = store.quarantined()
        assert (held.name, held.problem.code) == ("2.pdf", "time_limit")
        assert len(store.facts()) == outcomes[0].facts + outcomes[2].facts > 0
    finally:
        store.close()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused(sample: tuple[str, bytes], rng: random.Random) -> None:
    """Cut short or with bits turned over: documents, or one reason, and never a process that died."""
    name, data = sample
    damaged = bytearray(data[: rng.randrange(1, len(data) + 1)] if rng.random() < 0.4 else data)
    for _ in range(rng.randrange(6)):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    reading, findings = walled.read(bytes(damaged), name, {}, None)
    assert len(findings) == len(reading.documents)
    if not reading.documents:
        problem = walled.reason(reading)
        assert problem.severity == "error" and problem.code != "crashed"


BRIEFING = Briefing(
    id="half-year", kind="digest", title="云栖市上半年摘编", subtitle="", language="zh", theme="modern", period="2021-H1",
    as_of="2021-07-20", office="", blocks=(Heading(1, "云栖市上半年摘编", "top"), Paragraph((Words("尚无内容。"),))),
    computed=(), facts=(), documents=(), contents=False,
)  # fmt: skip


def made(home: Path, template: str, limits: Limits = RENDER) -> str:
    """The page that a workspace with ``template`` of its own makes."""
    path = home / "templates/briefing/briefing.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template, encoding="utf-8")
    return walled.render("html", BRIEFING, (), (home, ROOT), limits).decode()


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ briefing.__class__.__init__.__globals__ }}",
        "{{ '{0.__class__.__mro__}'.format(briefing) }}",
        "{{ ('{0.__class__}' | safe).format(briefing) }}",
        "{% for key in labels.__dict__ %}{{ key }}{% endfor %}",
        "{{ joiner.__init__.__globals__['__builtins__'].open('SECRET').read() }}",
        "{{ namespace().__class__.__base__.__subclasses__() }}",
        "{% include 'SECRET' %}",
        "{% include '../../secret.txt' %}",
        "{% import '/etc/passwd' as x %}{{ x }}",
        "{% for n in range(100000000) %}{% endfor %}",
    ],
)
def test_a_template_leaves_its_sandbox_nowhere(template: str, tmp_path: Path) -> None:
    """Every way out is refused with the template's name, or leads to nothing."""
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim-4711", encoding="utf-8")
    try:
        page = made(tmp_path, template.replace("SECRET", str(secret)))
    except ConfigurationError as error:
        assert "模板" in str(error)
    else:
        assert (
            "geheim" not in page and "<class" not in page and "root:" not in page and "builtins" not in page
        )


@pytest.mark.parametrize(
    ("template", "limits", "said"),
    [
        (
            "{% for a in range(9999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            Limits(cpu=1),
            "longer than 1 s",
        ),
        ("{{ ('x' * 99999 * 99999) | length }}", Limits(memory=512 * MIB), "more than 512 MB of memory"),
        ("{{ 'x' * (60 * 1024 * 1024) }}", RENDER, "more than 50 MB"),
    ],
)
def test_a_template_that_takes_too_much(template: str, limits: Limits, said: str, tmp_path: Path) -> None:
    """The build fails with the format, the briefing and the limit; the next one is made."""
    with pytest.raises(walled.BuildFailed, match=f"html of briefing 'half-year'.*{said}"):
        made(tmp_path, template, limits)
    assert made(tmp_path, "<p>{{ briefing.title }}</p>") == "<p>云栖市上半年摘编</p>"


@pytest.fixture
def canary() -> Iterator[tuple[int, list[int]]]:
    """A port on which somebody listens and writes down who calls."""
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    continue
                calls.append(1)

        listening = threading.Thread(target=listen)
        listening.start()
        yield server.getsockname()[1], calls
        time.sleep(0.1)
        stop.set()
        listening.join()


PAGE = '<html lang="zh"><head><title>x</title>{head}<style>{{{{ sheets[0] }}}}</style></head><body><p>x</p>{body}</body></html>'
SINKS = (
    ("", '<img alt="x" src="{url}">', ""),
    ("", '<object data="{url}">x</object>', ""),
    ("", '<embed src="{url}">', ""),
    ("", '<a rel="attachment" href="{url}">x</a>', ""),
    ('<link rel="attachment" href="{url}">', "", ""),
    ('<link rel="stylesheet" href="{url}">', "", ""),
    ('<base href="{url}"><link rel="stylesheet" href="x.css">', "", ""),
    ("", '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>', ""),
    ("", "", '@import url("{url}");'),
    ("", "", 'p {{ background: url("{url}") }}'),
    ("", "", 'li, p {{ display: list-item; list-style-image: url("{url}") }}'),
    ("", "", '@font-face {{ font-family: y; src: url("{url}") }} p {{ font-family: y }}'),
    ("", "", 'p::before {{ content: url("{url}") }}'),
)


@pytest.mark.parametrize(
    "spelling", ["http://127.0.0.1:{port}/x", "//127.0.0.1:{port}/x", "HTTP://0x7f.1:{port}/x", "file"]
)
def test_a_page_fetches_nothing(spelling: str, canary: tuple[int, list[int]], tmp_path: Path) -> None:
    """Not by mark-up, not by style, not as an attachment, however it is spelt: nobody is called, no file is read.

    In this process, where no other wall stands: the layout's own fetcher must refuse.
    """
    from briefings.render import pdf

    port, calls = canary
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim-4711" * 50, encoding="utf-8")
    url = secret.as_uri() if spelling == "file" else spelling.format(port=port)
    for at, (head, body, css) in enumerate(SINKS):
        home = tmp_path / str(at)
        for name, text in (
            (
                "templates/briefing/briefing.html.j2",
                PAGE.format(head=head.format(url=url), body=body.format(url=url)),
            ),
            ("styles/modern.css", css.format(url=url)),
        ):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        try:
            made_of_it = pdf(BRIEFING, (home, ROOT))
        except BriefingsError:
            continue
        assert b"EmbeddedFile" not in made_of_it and b"geheim" not in made_of_it
    assert calls == []


def test_all_four_formats_come_through_the_walls() -> None:
    """The bytes are those that are made without walls."""
    from briefings import render

    search = (ROOT,)
    assert walled.render("html", BRIEFING, (), search) == render.html(BRIEFING, search)
    assert walled.render("docx", BRIEFING, (), search) == render.word(BRIEFING, search)
    assert walled.render("pdf", BRIEFING, (), search) == render.pdf(BRIEFING, search)
    assert walled.render("xlsx", BRIEFING, (), search) == render.workbook(BRIEFING, ())


def test_limits_are_published_and_can_be_set(tmp_path: Path) -> None:
    """The defaults are those of the walls; a workspace sets its own, each with a word for an unknown one."""
    usual = parse("", tmp_path)
    assert (usual.reading, usual.rendering) == (READ, RENDER)
    own = parse(
        "[limits]\nread_megabytes = 2048\nrender_megabytes = 4096\nrender_seconds = 90\nwall_seconds = 120",
        tmp_path,
    )
    assert own.rendering == Limits(4096 * MIB, 90, 120, READ.written)
    assert own.reading == Limits(2048 * MIB, 20, 120, READ.written)
    with pytest.raises(ConfigurationError, match="Did you mean 'read_seconds'"):
        parse("[limits]\nread_second = 3", tmp_path)


OVERRIDES = (
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{{ ('x' * 99999 * 99999) | length }}",
    "{% include '/etc/passwd' %}",
    "{{ ''.__class__.__mro__ }}",
)


@pytest.mark.parametrize("template", OVERRIDES)
def test_a_page_is_filled_with_nothing_that_people_edit(template: str, tmp_path: Path) -> None:
    """Templates of the page in the workspace are no templates of the page: it answers at once, and as ever."""
    from starlette.testclient import TestClient

    from briefings.web import create_app

    for name in ("login", "layout", "error", "home"):
        path = tmp_path / f"templates/web/{name}.html.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template, encoding="utf-8")
    store = open_store(str(tmp_path / "store.sqlite3"))
    try:
        client = TestClient(
            create_app(parse("", tmp_path), store, lambda *_: None),
            base_url="http://127.0.0.1",
            client=("127.0.0.1", 50000),
        )
        answer = client.get("/")
        assert answer.status_code == 200 and "<main" in answer.text and "root:" not in answer.text
    finally:
        store.close()
