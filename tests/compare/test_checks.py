"""Tests of briefings.compare.checks: numbers of invented sentences, read by the real reader, set against each other."""

import pytest

from briefings import extract, structure
from briefings.compare import checks
from briefings.records.check import Check
from briefings.records.document import Document, Source
from briefings.records.fact import Fact

HEAD = "澜东市统计局2022年上半年工作总结\n2022-07-20\n"


def checked(*texts: str) -> tuple[Check, ...]:
    """The checks of ``texts``, each a source of its own."""
    documents: list[Document] = []
    facts: list[Fact] = []
    sources: dict[str, Source] = {}
    for number, text in enumerate(texts):
        reading = structure.read(text.encode(), f"{number}.txt")
        sources[reading.source.sha256] = reading.source
        documents += reading.documents
        for document in reading.documents:
            facts += extract.find(document, reading.source).facts
    return checks(documents, facts, sources)


def told(*sentences: str) -> list[tuple[str, str, str]]:
    """Kind, verdict and what was computed, of the checks of one document holding ``sentences``."""
    return [(c.kind, c.verdict, c.computed) for c in checked(HEAD + "\n".join(sentences))]


AGREEING = [
    ("rate", "上半年，收集企业诉求840件，办结812件，办结率96.7%。"),
    ("rate", "全市320所学校中，304所开设了游泳课，覆盖率95.0%。"),
    ("rate", "今年计划改造管网18处、泵站22处，目前已开工34处，开工率85%。"),
    ("rate", "存款余额850.4亿元，贷款余额722.6亿元，存贷比84.97%。"),
    ("share", "目前国有控股企业达到126户，占全部企业210户的60.0%。"),
    ("share", "公开招聘医生640名，其中博士96名，占15.0%。"),
    (
        "share",
        "一般公共预算收入86.4亿元，增长7.1%，其中税收收入62.8亿元，占一般公共预算收入的72.7%。",
    ),
    ("completion", "年度计划投资420亿元，1—6月完成投资231.5亿元，占年度计划的55.1%。"),
    ("completion", "累计压减用煤33.6万吨，完成48万吨目标任务的70.0%。"),
    ("completion", "建成公厕123座，为目标任务150座的82%。"),
    ("growth", "快递业务量3.62亿件，比去年同期的3.15亿件增长14.9%。"),
    ("growth", "新签约项目总投资960亿元，同比增加240亿元，增长33.3%。"),
    ("growth", "日供水能力由40万吨增加到46万吨，增长15%。"),
    ("sum", "外贸进出口318.4亿元，增长6.2%，其中出口201.7亿元，增长8%，进口116.7亿元，增长3.1%。"),
    ("sum", "整治河道12.4公里、沟渠8.35公里，合计20.75公里。"),
    ("sum", "排查的60个隐患点中，已治理47处，其余13处正在治理。"),
    ("sum", "投保蔬菜2400亩，赔付125.5元/亩，共计30.12万元。"),
    ("delta", "一季度开工31个，到6月底增加到45个，一个季度多开工14个。"),
    ("delta", "一季度，固定资产投资下降2.5%，上半年增长3.4%，增速提高5.9个百分点。"),
]


@pytest.mark.parametrize(("kind", "sentence"), AGREEING)
def test_what_fits_is_told_too(kind: str, sentence: str) -> None:
    """Each construction is found, and nothing else is held against its sentence."""
    found = told(sentence)
    assert (kind, "agrees") in [(k, v) for k, v, _ in found]
    assert {v for _, v, _ in found} == {"agrees"}


DISAGREEING = [
    ("rate", "上半年，收集企业诉求840件，办结812件，办结率98.7%。", "96.67%"),
    ("rate", "全市共有市级重点项目80个。其中，62个项目开工在建，开工率达到75.5%。", "77.5%"),
    ("share", "公开招聘医生640名，其中博士96名，占18.0%。", "15%"),
    ("completion", "年度计划投资420亿元，1—6月完成投资231.5亿元，占年度计划的51.5%。", "55.12%"),
    ("growth", "快递业务量3.62亿件，比去年同期的3.15亿件增长19.4%。", "14.92%"),
    ("growth", "新签约项目总投资960亿元，同比增加240亿元，增长25%。", "33.3%"),
    ("sum", "今年一共安排项目412个，其中结转项目230个，今年新开工192个。", "422个"),
    ("sum", "上半年，全市新签约项目95个，其中内资项目81个、外资项目11个。", "92个"),
    (
        "sum",
        "争取债券额度三批次96.5亿元，其中第一批32.3亿元、第二批28.4亿元、第三批34.8亿元。",
        "95.5亿元",
    ),
    ("sum", "补贴学校320万元，补贴医院180万元，补贴养老机构95万元，三项合计605万元。", "595万元"),
]


@pytest.mark.parametrize(("kind", "sentence", "computed"), DISAGREEING)
def test_what_does_not_fit_is_computed(kind: str, sentence: str, computed: str) -> None:
    """The computed number is given in the unit of the stated one, a digit finer."""
    assert (kind, "disagrees", computed) in told(sentence)


SILENT = [
    "上半年，全市新签约项目95个，其中世界500强投资项目4个、行业百强项目7个。",
    "为210家企业发放贷款48.6亿元，其中新增贷款企业150家，续贷企业60家，续贷率100%。",
    "组织招聘活动86场，提供岗位3.2万个，签约率提高到64%。",
    "29个省级项目、220个市级项目开工率分别达到93.1%、99.1%。",
    "全年用电量由一产、二产、三产和居民用电构成，其中第二产业用电62.4亿千瓦时、第三产业用电21.5亿千瓦时。",
    "居民人均可支配收入24150元，其中城镇居民人均可支配收入31020元，农村居民人均可支配收入14200元。",
    "受理投诉512件，其中消费类投诉300件、服务类投诉120件。",
    "二季度完成投资110.2亿元，占季度计划投资的161.6%，年度计划投资251.8亿元。",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_not_linked_is_not_held_against_anybody(sentence: str) -> None:
    """Lists that leave something out, rates of something else, 分别: no false alarm."""
    assert "disagrees" not in [v for _, v, _ in told(sentence)]


def test_rough_numbers_do_not_disagree() -> None:
    """约, 近 and 多 leave a check open, and within their reach they agree."""
    assert ("share", "cannot", "71.7%") in told("公开招聘约640名，其中博士459名，占55%。")
    assert ("rate", "agrees", "87.5%") in told("32个村已完成改造28个，完成改造率超过85%。")


def test_round_numbers_do_not_disagree() -> None:
    """50亿元 may stand for 50.5: what only its zero decides stays open."""
    found = told("发放贷款181.31亿元，其中新增贷款130.77亿元，续贷50亿元。")
    assert ("sum", "cannot", "180.77亿元") in found


def test_rounding_of_every_term_counts() -> None:
    """1.4 of 2.1 is 66.7 %, yet the digits allow 63 to 70."""
    (check,) = checked(HEAD + "完成投资1.4亿元，占年度计划投资2.1亿元的68.9%。")
    assert (check.verdict, check.computed, check.tolerance) == ("agrees", "66.67%", "4.02个百分点")


def test_a_check_shows_its_sentences_and_its_computation() -> None:
    """Both sentences with their places, the numbers in them, and the formula in words."""
    text = HEAD + "上半年，全市新签约项目95个，\n同比增加6个。其中，内资项目81个，外资项目11个。"
    check = next(c for c in checked(text) if c.kind == "sum")
    assert check.formula == "81个＋11个＝92个，原文95个"
    assert [s.text for s in check.statements] == [
        "上半年，全市新签约项目95个，同比增加6个。",
        "其中，内资项目81个，外资项目11个。",
    ]
    assert [[text[n.start : n.end] for n in s.numbers] for s in check.statements] == [
        ["95个"],
        ["81个", "11个"],
    ]
    assert check.statements[0].place == "第3行"
    assert len(check.facts) == 3


def test_growth_against_the_year_before() -> None:
    """Two documents give the levels, the later one the growth; at comparable prices it is left alone."""
    before = (
        "澜东市商务局2021年上半年工作总结\n2021-07-20\n上半年，全市外贸进出口412.6亿元；生产总值900.5亿元。"
    )
    now = "澜东市商务局2022年上半年工作总结\n2022-07-20\n上半年，全市外贸进出口468.3亿元，增长{}%；生产总值980.2亿元，增长5.1%。"
    for growth, verdict in (("13.5", "agrees"), ("18.5", "disagrees")):
        found = checked(before, now.format(growth))
        assert [(c.kind, c.verdict) for c in found if c.rule == "year_before"] == [("growth", verdict)]


def test_two_years_average() -> None:
    """The mean of two years is the root of the product."""
    before = "澜东市商务局2020年上半年工作总结\n2020-07-20\n上半年，全市固定资产投资同比下降2.4%。"
    now = "澜东市商务局2021年上半年工作总结\n2021-07-20\n上半年，全市固定资产投资同比增长12.8%，两年平均增长4.9%。"
    assert [(c.kind, c.verdict) for c in checked(before, now)] == [("average", "agrees")]


def test_a_district_above_its_city() -> None:
    """The gap is the difference of the two rates, the other one told by the city."""
    city = "澜东市发展改革委2022年上半年工作总结\n2022-07-20\n上半年，全市固定资产投资增长4.1%。"
    district = (
        "澜东市南浦区2022年上半年工作总结\n2022-07-20\n上半年，全区固定资产投资增长6.6%，高于全市{}个百分点。"
    )
    assert [(c.kind, c.verdict) for c in checked(city, district.format("2.5")) if c.kind == "gap"] == [
        ("gap", "agrees")
    ]


def test_the_text_is_left_alone_when_it_is_printed_twice() -> None:
    """The checks are the same however the facts are ordered, and each has an id of its own."""
    text = HEAD + "\n".join(sentence for _, sentence, _ in DISAGREEING)
    reading = structure.read(text.encode(), "a.txt")
    facts = [f for d in reading.documents for f in extract.find(d, reading.source).facts]
    sources = {reading.source.sha256: reading.source}
    found = checks(reading.documents, facts, sources)
    assert found == checks(reading.documents, facts[::-1], sources)
    assert len({c.id for c in found}) == len(found)


def test_tables_add_up() -> None:
    """合计 is the sum of its column, and done by planned is the rate; columns of rates are not added."""
    page = """<html><body><h1>澜东市2022年上半年重点项目进展</h1><table>
    <tr><th>领域</th><th>项目数（个）</th><th>年度计划投资（亿元）</th><th>完成投资（亿元）</th><th>完成年度计划（%）</th></tr>
    <tr><td>制造</td><td>12</td><td>30.0</td><td>18.0</td><td>60.0</td></tr>
    <tr><td>交通</td><td>9</td><td>20.0</td><td>9.0</td><td>49.0</td></tr>
    <tr><td>合计</td><td>22</td><td>50.0</td><td>27.0</td><td>54.0</td></tr></table></body></html>"""
    reading = structure.read(page.encode(), "a.html")
    facts = [f for d in reading.documents for f in extract.find(d, reading.source).facts]
    found = checks(reading.documents, facts, {reading.source.sha256: reading.source})
    assert [(c.kind, c.verdict, c.stated, c.computed) for c in found if c.rule.startswith("table")] == [
        ("completion", "agrees", "60.0%", "60%"),
        ("completion", "disagrees", "49.0%", "45%"),
        ("sum", "disagrees", "22个", "21个"),
        ("sum", "agrees", "50.0亿元", "50亿元"),
        ("sum", "agrees", "27.0亿元", "27亿元"),
        ("completion", "agrees", "54.0%", "54%"),
    ]


def test_ranks_in_sets_of_different_places_are_not_set_against_each_other() -> None:
    """全市 in a district of one city is not 全市 in a district of another; 全国 is one set."""
    text = "{}人民政府2022年上半年工作总结\n2022-07-20\n上半年，规模以上工业增加值增长{}%，居{}第{}位。"
    for among, expected in (("全市", []), ("全国", ["disagrees"])):
        found = checked(text.format("东澜区", "8.1", among, 3), text.format("西岭县", "6.4", among, 2))
        assert [c.verdict for c in found if c.kind == "rank"] == expected
