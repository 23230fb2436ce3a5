"""An office edits its Word base file; linting says what went wrong, a briefing is made with what is right, and proved."""

import re
import shutil
from pathlib import Path

import pytest
from base_files import edited, paragraph, saved_by_libreoffice, with_other_ids
from commands import COMMERCE, EDUCATION, ORDER, briefings

OFFICIAL = """theme = "official"
formats = ["docx"]
[briefing.masthead]
name = "临澜工作简报"
issue = "第3期"
unit = "临澜市政府办公室"
date = "2021年7月25日"
report_to = "市政府领导"
printed = "临澜市政府办公室印发"
"""
BASE = "templates/word/official.docx"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace of two summaries whose briefing is in the official theme, with the base file copied for editing."""
    (tmp_path / "briefings.toml").write_text(ORDER + OFFICIAL, encoding="utf-8")
    for name, text in (("a.txt", EDUCATION), ("b.txt", COMMERCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert briefings("add", tmp_path / "a.txt", tmp_path / "b.txt", at=tmp_path).code == 0
    assert briefings("templates", "copy", "official.docx", at=tmp_path).code == 0
    return tmp_path


def in_three_runs(xml: str) -> str:
    """The unit's placeholder as Word leaves it when a letter in its middle was made bold and the speller looked at it."""
    found = re.search(r"<w:t[^>]*>\{\{masthead\.unit\}\}</w:t>", xml)
    assert found
    runs = (
        "<w:t>{{mast</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>head.u</w:t></w:r>"
        '<w:proofErr w:type="spellEnd"/><w:r><w:t>nit}}</w:t>'
    )
    return xml.replace(found[0], runs)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_base_file_edited_in_an_office(home: Path) -> None:
    """Saved by LibreOffice, its ids renamed, words changed and added, a placeholder in three runs, another misspelt."""
    base = home / BASE
    saved_by_libreoffice(base, home)
    with_other_ids(base)
    edited(base, in_three_runs)
    signed = paragraph("承办：综合二科　电话：0571-8512　{{office}}{{period}}") + paragraph(
        "印发范围：共印25份"
    )
    edited(base, lambda xml: xml.replace("{{masthead.name}}", "临澜市政府办公室　{{masthead.name}}"))
    edited(base, lambda xml: xml.replace("<w:sectPr", signed + "<w:sectPr", 1))
    edited(base, lambda xml: xml.replace("{{masthead.issue}}", "{{masthed.isue}}"))

    linted = briefings("templates", "lint", at=home)
    assert linted.code == 5
    wrong = [line for line in linted.out.splitlines() if line.startswith("✘")]
    assert wrong == [
        f"✘ {BASE} word/document.xml 第5段“{{{{masthed.isue}}}}”：不认识的占位符。是否要写“{{{{masthead.issue}}}}”？"
    ]
    assert "“{{masthead.unit}}”：这个占位符分在3段不同格式的文字里" in linted.out

    built = briefings("build", at=home)
    assert built.code == 5
    assert "word/document.xml 第5段“{{masthed.isue}}”" in built.err and "{{masthead.issue}}" in built.err
    assert not (home / "output/half-year/latest").exists()

    edited(base, lambda xml: xml.replace("{{masthed.isue}}", "{{masthead.issue}}"))
    linted = briefings("templates", "lint", "official.docx", at=home)
    assert linted.code == 0 and "“印发范围：共印25份”：这里的数字是文件自己写的" in linted.out
    built = briefings("build", at=home)
    assert built.code == 0, built.err
    made = home / "output/half-year/latest/half-year.docx"
    audited = briefings("audit", made, at=home)
    assert audited.code == 0, audited.out + audited.err

    from docx import Document

    said = [p.text for p in Document(str(made)).paragraphs]
    assert "临澜市政府办公室　临澜工作简报" in said and "第3期" in said
    assert any(line.startswith("承办：综合二科") for line in said) and "印发范围：共印25份" in said
    assert any("临澜市政府办公室\t2021年7月25日" in line for line in said)
    edited(made, lambda xml: xml.replace("共印25份", "共印52份"))
    held = briefings("audit", made, at=home)
    assert held.code == 3 and "52" in held.out
    assert not [line for line in said if "{{" in line or "抄送" in line]


def test_the_last_edition_stays(home: Path) -> None:
    """An edition is there; its template is spoilt and the data change: the service's run fails with the same words."""
    assert briefings("build", at=home).code == 0
    before = (home / "output/half-year/latest").resolve()
    edited(home / BASE, lambda xml: xml.replace("{{masthead.date}}", "{{masthead.dat}}"))
    (home / "c.txt").write_text(
        COMMERCE.replace("商务局", "粮食局").replace("612.4", "99.5"), encoding="utf-8"
    )
    assert briefings("add", home / "c.txt", at=home).code == 0
    built = briefings("build", at=home)
    assert built.code == 5 and "“{{masthead.dat}}”" in built.err and "{{masthead.date}}" in built.err
    assert (home / "output/half-year/latest").resolve() == before

    aside = briefings("templates", "reset", "official.docx", at=home)
    assert aside.code == 0 and (home / f"{BASE}.bak").is_file() and not (home / BASE).exists()
    assert briefings("build", at=home).code == 0
    assert (home / "output/half-year/latest").resolve() != before
