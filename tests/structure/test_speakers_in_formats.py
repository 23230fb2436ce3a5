"""Press conferences as offices publish them: Word files with names in bold, web pages full of furniture, archives."""

import io
import quopri

import pytest
from docx import Document as Word

from briefings.records.document import Document
from briefings.structure import read

SPEECH = "今年以来，全区上下真抓实干，经济运行总体平稳，主要指标好于预期，上半年生产总值增长6.2%，固定资产投资增长5.4%。"
PAGE = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET" />
<title>澄溪区召开“稳投资”新闻发布会-青汀市人民政府</title></head><body><div class="wrap">
<div class="header1"><a href="/">网站首页</a> | <a>政务公开</a> | <a>办事服务</a></div>
<div class="position">当前位置：<a>首页</a> &gt; <a>新闻发布</a> &gt; 正文</div>
<div class="main"><div class="con"><div class="tit">澄溪区召开“稳投资”新闻发布会</div>
<div class="info"><span>发布时间：2024-07-18</span> <span>来源：澄溪区融媒体中心</span> <span>浏览次数：<em>236</em></span></div>
<div class="TRS_Editor"><p>&emsp;&emsp;7月18日上午，青汀市政府新闻办召开新闻发布会，邀请澄溪区区长方垚川出席。</p>
<p>&emsp;&emsp;<strong>主持人：</strong>大家好！请方区长介绍情况。</p>
<p>&nbsp;&nbsp;<strong>方垚川：</strong>{SPEECH}<br/>&emsp;&emsp;一是抓开工。开工项目62个。<br>&emsp;&emsp;二是抓要素。&ldquo;拿地即开工&rdquo;项目18个。</p>
<p>重点项目分领域进展情况</p>
<table><tr><td>领域</td><td>项目数（个）</td></tr><tr><td>工业</td><td>22</td></tr><tr><td>农业</td><td>8</td></tr></table>
<p>&emsp;&emsp;下半年，我们将新开工项目40个。</p><p><strong>青汀日报记者</strong>：请问如何稳外贸？</p>
<p><b>沈砚秋（区商务局局长）：</b>进出口86.4亿元，增长12.3%。</p></div>
<div class="fujian">附件：<ul><li>1.澄溪区重点项目名单</li><li>2.发布会材料.docx</li></ul></div>
<div>【<a>打印</a>】 【<a>关闭</a>】</div><div>扫一扫在手机打开当前页</div><div>责任编辑：某某</div></div></div></div></body></html>"""


def archive() -> bytes:
    """The page as a browser saves it with its pictures."""
    page = quopri.encodestring(PAGE.replace("CHARSET", "utf-8").encode())
    return (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n----B\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + page
        + b"\r\n----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\neHh4\r\n----B--\r\n"
    )


def word(rows: list[tuple[str, str]], between: str) -> bytes:
    """A docx with bold words and plain ones; ``between`` is "" for two paragraphs."""
    made = Word()
    made.add_heading("澄溪区“稳投资”新闻发布会实录", 0)
    for bold, plain in rows:
        paragraph = made.add_paragraph()
        if bold:
            paragraph.add_run(bold + between).bold = True
            paragraph = paragraph if between else made.add_paragraph()
        paragraph.add_run(plain)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def speakers(document: Document) -> list[tuple[str, str]]:
    """Who speaks, in order, with the part they have."""
    return [(turn.speaker, turn.part) for turn in document.turns]


ROWS = [
    ("主持人", "各位媒体朋友，大家下午好！今天邀请到澄溪区区长方若川、区商务局局长沈砚秋。"),
    ("方若川", SPEECH),
    ("", "下半年，我们将开工项目40个。"),
    ("青汀日报记者", "请问澄溪区如何稳外贸？"),
    ("沈砚秋", "上半年进出口86.4亿元，增长12.3%。"),
]


@pytest.mark.parametrize("between", ["", " ", "\u3000", "："])
def test_names_in_bold_begin_turns(between: str) -> None:
    """With or without a colon, before the words or on a line above them."""
    (document,) = read(word(ROWS, between), "a.docx").documents
    assert speakers(document) == [
        ("主持人", "host"),
        ("方若川", "official"),
        ("青汀日报记者", "reporter"),
        ("沈砚秋", "official"),
    ]
    roles = {p.text[-10:]: p.role for p in document.paragraphs}
    assert roles["们将开工项目40个。"] == "plan"
    assert roles["额86.4亿元，增长12.3%。"[-10:]] == "done"


def test_bold_words_that_are_no_names_begin_no_turns() -> None:
    """A run-in heading in bold is none, even when it begins as a surname does."""
    rows = [("高质量", "发展迈出新步伐。"), ("金融业", "增长6.1%。"), ("常态化", "开展走访。")]
    (document,) = read(word([*ROWS[:2], *rows], "："), "a.docx").documents
    assert {speaker for speaker, _ in speakers(document)} <= {"主持人", "方若川"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE.replace("CHARSET", "gb2312").encode("gb18030"), "a.html"),
        (PAGE.replace("CHARSET", "utf-16").encode("utf-16"), "a.html"),
        (PAGE.replace("CHARSET", "gb2312").encode(), "a.htm"),
        (PAGE.replace("CHARSET", "utf-8").encode("utf-8-sig"), "a.doc"),
        (archive(), "a.mht"),
        (archive(), "a.doc"),
    ],
)
def test_a_page_of_a_government_site(data: bytes, name: str) -> None:
    """However it is encoded or packed: the same turns, roles, table, and the furniture set apart."""
    (document,) = read(data, name).documents
    assert document.title.value == "澄溪区召开“稳投资”新闻发布会"
    assert document.published is not None and document.published.value == "2024-07-18"
    assert speakers(document) == [
        ("主持人", "host"),
        ("方垚川", "official"),
        ("青汀日报记者", "reporter"),
        ("沈砚秋", "official"),
    ]
    assert [s.heading for s in document.sections] == ["抓开工", "抓要素"]
    assert [p.text for p in document.paragraphs if p.role == "plan" and p.kind == "body"] == [
        "下半年，我们将新开工项目40个。"
    ]
    furniture = [p.text for p in document.paragraphs if p.kind == "caption"]
    for words in (
        "网站首页",
        "当前位置",
        "发布时间",
        "附件",
        "1.澄溪区",
        "2.发布会",
        "【打印】",
        "扫一扫",
        "责任编辑",
        "重点项目分领域",
    ):
        assert any(text.startswith(words) for text in furniture), words
    (grid,) = document.grids
    assert grid.caption is not None
    assert document.flags == ()
