"""The page of a source: its text unchanged, every number marked, every fact a click away, no scripts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from briefings.extract import find, whole_coverage
from briefings.render import source as source_page
from briefings.settings import packed_assets
from briefings.structure import read

SUMMARY = """临澜市教育局2021年上半年工作总结
2021-07-20
一、工作开展情况
(一)扩大学位供给。上半年,全市新建、改扩建学校21所,新增学位1.86万个,完成年度计划的62%。
二、存在问题
一是教师结构性缺编仍然存在。部分学科教师不足,<b>缺编</b> & "超编"并存。
三、下步打算
一是加快学校建设。年底前再开工8所学校,投入约3亿400万元,与周边3市共建。
"""


def page_of(text: str) -> tuple[str, lxml_html.HtmlElement, str]:
    """The text of a source, its page parsed, and the page as it is written."""
    reading = read(text.encode(), "总结<1>.txt")
    findings = [find(d, reading.source) for d in reading.documents]
    mentions = whole_coverage(reading.source, reading.documents, findings)
    data = source_page(reading.source, findings, mentions, packed_assets())
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return reading.source.text, lxml_html.fromstring(data, parser=parser), data.decode()


def test_every_number_is_marked_and_every_fact_has_its_panel() -> None:
    """A fact's link leads to a panel on the page, the panel's back to the number; ids are unique."""
    text, tree, written = page_of(SUMMARY)
    ids = tree.xpath("//@id")
    assert len(set(ids)) == len(ids)
    links = [a.get("href").removeprefix("#") for a in tree.xpath("//a")]
    assert set(links) <= set(ids)
    words = ["".join(a.itertext()) for a in tree.xpath("//a[contains(@class, 'fact')]")]
    assert words == ["21所", "1.86万个", "62%", "8所", "约3亿400万元"]
    panel = tree.xpath("//section[@aria-label='新增学位']")[0]
    said = "".join(panel.itertext())
    assert all(word in said for word in ("1.86万个", "数值", "第4行", "扩大学位供给"))
    assert [s.text for s in tree.xpath("//span[@class='unknown in-plan' and @id]")] == ["3"]
    reasons = {s.get("title") for s in tree.xpath("//div[@id='text']//span[contains(@class, 'masked')]")}
    assert reasons == {"文件标题", "日期行"}
    assert "<b>缺编</b>" not in written and "总结<1>" not in written
    assert text == SUMMARY


def test_roles_stand_in_the_margin() -> None:
    """Each measure says once what it is, without adding a character to the text."""
    _, tree, _ = page_of(SUMMARY)
    assert [i.get("data-says") for i in tree.xpath("//i")] == ["做了", "问题", "打算"]
    assert all(not "".join(i.itertext()) for i in tree.xpath("//i"))


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """A policy forbids all but the page's own styles; there is no script and no address."""
    _, tree, written = page_of(SUMMARY)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert not tree.xpath("//script | //link | //img | //@onclick")
    assert "http://" not in written and "https://" not in written
    assert tree.xpath("//meta[@name='viewport']")


def shown(tree: lxml_html.HtmlElement) -> str:
    """The text as the page shows it."""
    return "".join(tree.xpath("//div[@id='text']")[0].itertext())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_page_holds_exactly_the_text(end: str) -> None:
    """Blanks, line ends and marks of html stay what they are."""
    text, tree, _ = page_of(SUMMARY.replace("\n", end))
    assert shown(tree) == text


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["  上半年，", "进出口<486.2亿元>，", "&amp;", "同比增长22.7%。", "\n", "\r\n", "　一是", "3", "\t", "“18条”"]),
        min_size=1,
        max_size=20,
    )
)  # fmt: skip
def test_any_text_stays_what_it_is(parts: list[str]) -> None:
    """Whatever is marked, the characters are those of the source."""
    text = "".join(parts)
    if not text.strip() or len(text.strip()) < 2:
        return
    settled, tree, _ = page_of(text)
    assert shown(tree) == settled


def test_a_workspace_may_have_a_page_of_its_own(tmp_path: Path) -> None:
    """A template of the same name goes before the packed one."""
    (tmp_path / "templates/web").mkdir(parents=True)
    (tmp_path / "templates/web/coverage.html.j2").write_text("{{ page.total }} numbers", encoding="utf-8")
    reading = read(SUMMARY.encode(), "a.txt")
    findings = [find(d, reading.source) for d in reading.documents]
    mentions = whole_coverage(reading.source, reading.documents, findings)
    written = source_page(reading.source, findings, mentions, (tmp_path, *packed_assets()))
    assert written == f"{len(mentions)} numbers".encode()
