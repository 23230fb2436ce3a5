"""Documents of other genres: issuer, place, period, date, genre and roles are read in each."""

import pytest

from briefings.records.document import Document
from briefings.structure import read

COMMUNIQUE = """青汀市2023年国民经济和社会发展统计公报[1]

青汀市统计局
国家统计局青汀调查队
2024年3月28日

2023年，全市上下坚持稳中求进工作总基调，经济社会发展取得新成效。
一、综合
初步核算，全年全市生产总值[2]3245.6亿元，按不变价格计算，比上年增长5.8%。
二、农业
全年粮食总产量182.4万吨，比上年增长1.1%。
注：
[1]本公报数据均为初步统计数，部分数据因四舍五入的原因，存在总计与分项合计不等的情况，所用增长速度均按不变价格计算，不再逐一说明。
"""
REPORT = """政府工作报告
——2025年1月8日在青汀市第十六届人民代表大会第四次会议上
青汀市市长  方若川

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2024年工作回顾
预计全市生产总值增长5.9%，固定资产投资增长6.3%。
（一）全力以赴稳增长。出台惠企政策32条，兑现资金6.8亿元。
（二）坚定不移促改革。“一件事一次办”事项达到45项。
各位代表！过去一年的成绩来之不易。
在肯定成绩的同时，我们也清醒认识到，发展中还存在不少困难和问题：经济总量偏小；财政收支矛盾突出。对此，我们一定高度重视，采取有力措施加以解决。
二、2025年工作安排
生产总值增长5.5%左右，固定资产投资增长6%以上。
三、加强政府自身建设
主动接受人大监督。
"""
MONTHLY = """1—5月全市经济运行情况
来源：青汀市统计局  发布时间：2023-06-21 09:30  字体：[大 中 小]  浏览次数：236
今年以来，全市经济运行总体平稳、稳中有进。
一、工业生产稳定增长
1—5月，青汀市规模以上工业增加值同比增长5.6%，比1—4月加快0.4个百分点，全市用电量增长3.1%。
总的来看，青汀市经济持续恢复。但也要看到，经济回升基础仍需巩固。下阶段，要抓好政策落实。
【打印本页】 【关闭窗口】
"""
COUNTY = """青溪岭县农业农村局关于2022年工作总结和2023年工作计划的报告
县政府：
现将有关情况报告如下。
一、2022年工作开展情况
全县粮食播种面积42.6万亩，总产18.9万吨，增长1.3%。
二、存在的主要问题
一是产业链条短；二是品牌影响力不强。
三、2023年工作计划
新建标准化茶园3000亩。
特此报告。

青溪岭县农业农村局
二〇二二年十二月二十八日
"""
PLAN = """索引号：QT-2021-0718    发布机构：青汀市发展和改革委员会
《青汀市2021年上半年国民经济和社会
发展计划执行情况的报告》
（2021年7月20日）
青汀市发展改革委主任  白行舟
主任、各位副主任、秘书长、各位委员：
受市政府委托，我向会议报告2021年上半年国民经济和社会发展计划执行情况，请审议。
一、上半年计划执行情况
全市生产总值1560.3亿元，增长11.2%，完成年度计划的48.6%。
二、下半年工作打算
新开工项目180个。
"""
DUTY = """澄溪区商务局局长2024年上半年述职述廉报告
沈砚秋
（2024/7/12）
今年以来，本人认真履职，现述职如下。
一、履职情况
引进项目32个，合同额86.4亿元。
二、努力方向
力争完成引资任务150亿元。
"""
PRESS = (
    "7月18日，青汀市政府新闻办举行新闻发布会，邀请澄溪区委副书记、区长方若川介绍2024年上半年澄溪区经济运行情况。"
    "主持人：大家好，请方区长介绍。方若川：上半年，澄溪区生产总值完成186.5亿元，同比增长6.2%。"
    "下半年，我们将确保全年增长6.5%以上。主持人：请提问。青汀日报记者：请问澄溪区如何稳投资？"
    "方若川：谢谢提问。我们抓了三件事。一是抓开工，开工项目62个；二是抓要素，供地1200亩。\n"
)


def one(text: str) -> Document:
    """The only document of ``text``."""
    (document,) = read(text.encode(), "a.txt").documents
    return document


@pytest.mark.parametrize(
    ("text", "title", "issuer", "place", "period", "published", "genre"),
    [
        (COMMUNIQUE, "青汀市2023年国民经济和社会发展统计公报", "青汀市统计局", "青汀市", "2023", "2024-03-28", "communique"),
        (REPORT, "政府工作报告——2025年1月8日在青汀市第十六届人民代表大会第四次会议上", "青汀市人民政府", "青汀市", "2024", "2025-01-08", "report"),
        (MONTHLY, "1—5月全市经济运行情况", "青汀市统计局", "青汀市", "2023-M01..M05", "2023-06-21", "communique"),
        (COUNTY, "青溪岭县农业农村局关于2022年工作总结和2023年工作计划的报告", "青溪岭县农业农村局", "青溪岭县", "2022", "2022-12-28", "summary"),
        (PLAN, "青汀市2021年上半年国民经济和社会发展计划执行情况的报告", "青汀市发展和改革委员会", "青汀市", "2021-H1", "2021-07-20", "report"),
        (DUTY, "澄溪区商务局局长2024年上半年述职述廉报告", "澄溪区商务局", "澄溪区", "2024-H1", "2024-07-12", "summary"),
        (PRESS, "（无题）澄溪区人民政府2024-H1", "澄溪区人民政府", "澄溪区", "2024-H1", "2024-07-18", "press"),
    ],
)  # fmt: skip
def test_metadata_of_genres(
    text: str, title: str, issuer: str, place: str, period: str, published: str, genre: str
) -> None:
    """What a person reads at the head and the foot of each."""
    document = one(text)
    read_of_it = (document.issuer, document.place, document.period, document.published)
    assert document.title.value == title
    assert [a.value if a else None for a in read_of_it] == [issuer, place, period, published]
    assert document.genre == genre
    assert "cut_short" not in document.flags


@pytest.mark.parametrize(
    ("text", "words", "role", "path"),
    [
        (REPORT, "出台惠企政策", "done", ("一、2024年工作回顾", "（一）全力以赴稳增长")),
        (REPORT, "来之不易", "done", ("一、2024年工作回顾",)),
        (REPORT, "清醒认识到", "problem", ("一、2024年工作回顾",)),
        (REPORT, "一定高度重视", "plan", ("一、2024年工作回顾",)),
        (REPORT, "5.5%左右", "plan", ("二、2025年工作安排",)),
        (REPORT, "人大监督", "plan", ("三、加强政府自身建设",)),
        (MONTHLY, "总的来看", "done", ("一、工业生产稳定增长",)),
        (MONTHLY, "仍需巩固", "problem", ("一、工业生产稳定增长",)),
        (MONTHLY, "下阶段", "plan", ("一、工业生产稳定增长",)),
        (COUNTY, "品牌影响力", "problem", ("二、存在的主要问题", "二是品牌影响力不强")),
        (COUNTY, "茶园", "plan", ("三、2023年工作计划",)),
        (COUNTY, "特此报告", "boilerplate", ("三、2023年工作计划",)),
        (PLAN, "新开工项目", "plan", ("二、下半年工作打算",)),
        (PRESS, "186.5", "done", ()),
        (PRESS, "6.5%以上", "plan", ()),
        (PRESS, "请问", "question", ()),
        (PRESS, "供地", "done", ("二是抓要素，供地1200亩",)),
    ],
)
def test_roles_of_genres(text: str, words: str, role: str, path: tuple[str, ...]) -> None:
    """Each passage has the role and the headings a reader gives it."""
    document = one(text)
    (found,) = (p for p in document.paragraphs if words in p.text)
    assert (found.role, document.heading_path(found.section)) == (role, path)


def test_furniture_and_notes_are_set_apart() -> None:
    """Where a page comes from, its buttons and the notes under a communiqué are no text of its own."""
    monthly = {p.text[:6]: p.kind for p in one(MONTHLY).paragraphs}
    assert (monthly["来源：青汀市"], monthly["【打印本页】"]) == ("caption", "caption")
    note = next(p for p in one(COMMUNIQUE).paragraphs if p.text.startswith("[1]"))
    assert note.kind == "caption"


def test_under_the_name_of_who_wrote_it_stand_pictures() -> None:
    """A byline at the end of a newspaper's report and the words under its pictures are set apart as furniture."""
    text = (
        "领跑全市，澄溪做对了什么\n日前，青汀市公布2023年二季度考核排名，澄溪区位居榜首，这是澄溪区第三次登上榜首。\n"
        "上半年，澄溪区新签约项目126个，总投资862亿元，同比增长18.5%，项目数量居全市第一。\n"
        "青汀晚报/掌上青汀 记者 柳知行\n俯瞰澄溪新城。沈砚秋 摄\n澄溪区口袋公园。\n"
    )
    document = one(text)
    assert document.genre == "ranking"
    assert document.issuer is not None and document.issuer.value == "青汀晚报/掌上青汀"
    assert [(p.kind, p.role) for p in document.paragraphs[1:]] == [
        ("body", "done"),
        ("body", "done"),
        ("caption", "boilerplate"),
        ("caption", "boilerplate"),
        ("caption", "boilerplate"),
    ]
