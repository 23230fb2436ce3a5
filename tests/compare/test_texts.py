"""Which measures of a year before are found again, with sentences of an invented city."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.compare.texts import match
from briefings.records.document import Span
from briefings.records.fact import Measure

_places = count()


def said(text: str, headline: str = "") -> Measure:
    """A measure with these words."""
    n = next(_places)
    return Measure(
        f"m{n}", "d", Span(n * 1000, n * 1000 + len(text)), text, headline or text[:20], "done", ()
    )


def kept(prior: list[str], current: list[str]) -> list[tuple[str, str, str]]:
    """The texts that were found again, with how they are alike."""
    changes = match([said(t) for t in prior], [said(t) for t in current])
    return [(m.prior.text, m.current.text, m.likeness) for m in changes.kept]


def test_the_same_words_under_another_number() -> None:
    """The same words under another number."""
    prior = "（二）推进澄溪老城区供热管网改造，完善社区养老服务网点。"
    current = "三是推进澄溪老城区供热管网改造,完善社区养老服务网点。"
    assert kept([prior], [current]) == [(prior, current, "same")]


def test_a_renamed_heading_over_the_same_work() -> None:
    """A renamed heading over the same work."""
    prior = said(
        "一是打通断头路。新开工次干道六条，打通老城区断头路，整治易涝点，改造老旧小区供水管线。", "打通断头路"
    )
    current = said(
        "二是提升城市韧性。新开工次干道八条，打通老城区断头路，整治易涝点，改造老旧小区供水管线。",
        "提升城市韧性",
    )
    (found,) = match([prior], [current]).kept
    assert found.likeness == "near"
    assert 70 <= found.score < 95


def test_two_lines_are_two_matters() -> None:
    """Two lines are two matters."""
    changes = match([said("加快推进轨道交通3号线一期工程建设")], [said("加快推进轨道交通5号线一期工程建设")])
    assert not changes.kept
    assert len(changes.new) == len(changes.gone) == 1


def test_the_same_sentence_of_two_places() -> None:
    """The same sentence of two places."""
    assert not kept(["完成望海区老旧小区综合改造年度任务"], ["完成云岫区老旧小区综合改造年度任务"])


def test_the_matter_is_known_by_its_title() -> None:
    """The matter is known by its title."""
    prior = "起草《临澜市海岸带保护条例》，征求各方面意见。"
    current = "《临澜市海岸带保护条例》经市人大常委会表决通过，自九月起施行。"
    assert kept([prior], [current]) == [(prior, current, "matter")]


def test_the_matter_is_known_by_a_long_noun() -> None:
    """The matter is known by a long noun."""
    prior = "年底前建成市级应急物资储备中心。"
    current = "三处市级应急物资储备中心主体封顶，正在安装货架和消防设备，冷库随后试车。"
    changes = match([said(prior)], [said(current)])
    assert [(m.likeness, m.shared) for m in changes.kept] == [("matter", "市级应急物资储备中心")]


def test_a_theme_is_no_matter() -> None:
    """A theme is no matter."""
    assert not kept(["全力优化营商环境，压缩企业开办时间。"], ["全力优化营商环境，推行告知承诺制。"])
    assert not kept(["落实“六稳”“六保”要求，稳住外贸订单。"], ["围绕“六稳”“六保”开展消费券发放。"])


def test_an_indicator_is_no_matter() -> None:
    """An indicator is no matter."""
    assert not kept(
        ["全市固定资产投资增长4%，开展项目会战。"], ["全市固定资产投资增长11%，设立专班服务企业。"]
    )


def test_a_name_that_three_measures_use_is_a_field_of_work() -> None:
    """A name that three measures use is a field of work."""
    fields = [
        "推进新旧动能转换，培育氢能企业。",
        "推进新旧动能转换，改造化工园区。",
        "推进新旧动能转换，建设算力中心。",
    ]
    assert not kept(fields, ["围绕新旧动能转换，引进航空维修基地。"])


def test_formula_is_neither_new_nor_gone() -> None:
    """Formula is neither new nor gone."""
    formula = "下步，我们将认真贯彻落实市委、市政府决策部署，努力为全市发展作出新的更大贡献。"
    assert match([said(formula)], []) == match([], [])


def test_each_goes_to_the_one_it_is_likest() -> None:
    """Each goes to the one it is likest."""
    prior = ["新建社区食堂十二处，改造农贸市场三处", "建设智慧停车平台，接入车位两万个"]
    current = ["建设智慧停车平台，接入车位三万个", "新建社区食堂二十处，改造农贸市场五处"]
    assert [(a, b) for a, b, _ in kept(prior, current)] == [(prior[0], current[1]), (prior[1], current[0])]


def test_what_is_split_in_two_is_not_new() -> None:
    """What is split in two is not new."""
    changes = match(
        [said("企业用地指标不足，高层次人才引进偏慢。")],
        [said("企业用地指标不足，部分项目难以落地；"), said("高层次人才引进偏慢，科研平台不多。")],
    )
    assert not changes.new
    assert not changes.gone


_clauses = st.sampled_from(
    [
        "新建社区食堂",
        "改造农贸市场",
        "打通断头路",
        "落实市委决策部署",
        "出台《停车管理办法》",
        "地铁2号线",
        "增长8.5%",
        "5G基站",
        "，",
        "。",
        "；",
        "二是",
    ]
)
_texts = st.lists(st.lists(_clauses, min_size=1, max_size=6).map("".join), max_size=6)


@given(_texts)
@settings(max_examples=40)
def test_nothing_changes_between_a_text_and_itself(texts: list[str]) -> None:
    """Nothing changes between a text and itself."""
    measures = [said(t) for t in texts]
    changes = match(measures, measures)
    assert not changes.new
    assert not changes.gone
    assert all(m.prior.text == m.current.text for m in changes.kept if m.likeness == "same")


@given(_texts, _texts)
@settings(max_examples=40)
def test_every_measure_is_told_of_once(prior: list[str], current: list[str]) -> None:
    """Every measure is told of once."""
    before, after = [said(t) for t in prior], [said(t) for t in current]
    changes = match(before, after)
    gone, new = {m.id for m in changes.gone}, {m.id for m in changes.new}
    assert not gone & {m.prior.id for m in changes.kept}
    assert not new & {m.current.id for m in changes.kept}
    assert gone | {m.prior.id for m in changes.kept} <= {m.id for m in before}
