"""Periods, offices and places as they are written."""

import pytest

from briefings.structure import issuer_name, read, same_issuer
from briefings.structure.offices import places, prefix
from briefings.structure.periods import current_year, date, in_title


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("临澜市教育局2021年上半年工作总结", "2021-H1"),
        ("2024年1-5月份全市经济运行情况", "2024-M01..M05"),
        ("2024年1—6月主要经济指标", "2024-H1"),
        ("2024年5月份消费品市场情况", "2024-M05"),
        ("2023年前三季度经济形势", "2023-M01..M09"),
        ("2023年二季度考核结果", "2023-Q2"),
        ("2022年第一季度通报", "2022-Q1"),
        ("2023年临澜市国民经济和社会发展统计公报", "2023"),
        ("2020年度工作总结", "2020"),
        ("二〇二一年上半年工作总结", "2021-H1"),
    ],
)
def test_periods_in_titles(title: str, period: str) -> None:
    """Half-years, quarters, months and years in one form."""
    found = in_title(title)
    assert found is not None and found.value == period


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020年以来，全市推进项目建设，到2035年基本建成。", "2020"),
        ("比2018年末降低，截至2019年底不良率1.2%。2020年上半年下降。", "2020"),
        ("《2021-2025年发展规划》印发。2021年上半年完成。", "2021"),
        ("参加“2020年春季展会”，按照2019年实绩分类。", "2020"),
        ("2021年上半年启动“2022年项目计划”。", "2021"),
    ],
)
def test_the_year_a_text_speaks_of(text: str, year: str) -> None:
    """Goals, plans' names and looks back are not the text's own year."""
    found = current_year(text)
    assert found is not None and found.value == year


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-08-20", "2021-08-20"),
        ("2021年8月2日", "2021-08-02"),
        ("二〇二一年八月二十日", "2021-08-20"),
        ("2021/8/20 10:30", "2021-08-20"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    """Every usual way to write a day gives ISO."""
    found = date(text)
    assert found is not None and found.value == iso


def test_a_day_that_does_not_exist_is_no_date() -> None:
    """30 February is not mended."""
    assert date("2021年2月30日") is None


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("市发展改革委", "临澜市发展和改革委员会"),
        ("市发改委", "临澜市发展和改革委员会"),
        ("临澜市发展和改革委员会", "临澜市发展和改革委员会"),
        ("市人社局", "临澜市人力资源和社会保障局"),
        ("临澜市人民政府国有资产监督管理委员会", "临澜市国资委"),
        ("临澜市供销合作社联合社", "临澜市供销社"),
        ("望海区发展和改革局", "望海区发展和改革局"),
        ("市奇物研究会", "临澜市奇物研究会"),
    ],
)
def test_canonical_names(name: str, canonical: str) -> None:
    """Short names, old names and level words become one name; unknown offices stay as written."""
    assert issuer_name(name, "临澜市") == canonical


def test_the_same_office_in_other_words() -> None:
    """A name without a place means that department anywhere; another place is another office."""
    assert same_issuer("临澜市发展和改革委员会", "市发改委")
    assert same_issuer("临澜市发展和改革委员会", "发改委")
    assert same_issuer("临澜市发展和改革委员会", "临澜市发展改革委")
    assert not same_issuer("临澜市发展和改革委员会", "澄湖市发改委")
    assert not same_issuer("临澜市发展和改革委员会", "市教育局")


def test_places() -> None:
    """Names of places are told from common words, and from words that stand before them."""
    assert prefix("临澜市望海区教育局") == "望海区"
    assert prefix("山东省统计局") == "山东省"
    text = "推动临澜市发展。支持临澜市企业。全市、各区市、社区、超市和城市。临澜市园区。我市望海区项目。"
    assert places(text).most_common(1)[0][0] == "临澜市"


BODY = "\n生产总值增长6%。\n一、2023年工作回顾\n全市生产总值增长6.1%。\n二、2024年重点工作\n生产总值增长6%左右。\n"


def test_a_report_covers_the_year_before_its_own() -> None:
    """What a government work report of 2024 tells is 2023; its other half is a plan."""
    text = (
        "2024年临澜市政府工作报告\n——2024年1月20日在临澜市第三次会议上\n各位代表：\n现在，我代表市政府向大会报告工作。"
        + BODY
    )
    (document,) = read(text.encode(), "a.txt").documents
    assert document.genre == "report"
    assert document.period is not None and document.period.value == "2023"
    assert document.issuer is not None and document.issuer.value == "临澜市人民政府"
    assert [s.role for s in document.sections] == ["done", "plan"]
    assert document.published is not None and document.published.value == "2024-01-20"


def test_a_date_in_the_text_is_no_date_of_publication() -> None:
    """An event's day does not date the document."""
    text = "临澜市教育局2021年上半年工作总结\n2021年3月1日，召开全市教育工作会议，部署全年任务。\n各项工作有序推进。\n"
    (document,) = read(text.encode(), "a.txt").documents
    assert document.published is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("青汀市“走基层”新闻发布会第二场\n——澄溪区专场实录", "青汀市“走基层”新闻发布会第二场——澄溪区专场实录"),
        ("青汀市2022年国民经济和社会发展\n统计公报", "青汀市2022年国民经济和社会发展统计公报"),
        ("关于青汀市2022年国民经济和社会发展计划执行情况\n与2023年计划草案的报告", "关于青汀市2022年国民经济和社会发展计划执行情况与2023年计划草案的报告"),
        ("中共青汀市澄溪区委办公室\n2022年工作总结", "中共青汀市澄溪区委办公室2022年工作总结"),
        ("领跑全市，澄溪做对了什么\n——从考核榜单看澄溪发展", "领跑全市，澄溪做对了什么"),
    ],
)  # fmt: skip
def test_titles_over_two_lines(lines: str, title: str) -> None:
    """A title goes on over the line's end; a newspaper's subheading is none of it."""
    text = lines + "\n\n2022年，全市各项工作有序推进，经济运行总体平稳，社会大局保持稳定。\n" * 2
    (document,) = read(text.encode(), "a.txt").documents
    assert document.title.value == title


def test_a_verb_before_a_word_for_district_is_no_place() -> None:
    """看区市 in the name of a series of press conferences names no place."""
    text = "“稳中有进看区市”系列发布会今天举行。“稳中有进看区市”第二场。“稳中有进看区市”专场。" * 3
    assert not places(text)
