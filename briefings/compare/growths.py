"""Growth against its levels, inside a paragraph: 去年同期的X, level with delta, two rates and the points between."""

import re
from collections.abc import Iterator

from briefings.compare.passages import Passage
from briefings.compare.quantity import same_unit
from briefings.compare.relation import Relation

_PRIOR = re.compile(
    r"(?:去年同期|上年同期|同期|去年|上年|年初|去年底|上年末|去年末|上月|上季度|一季度)(?:末|底|数|水平)?(?:的|为|是|完成|实现|仅为|只有)*$"
)
_FROM = re.compile(r"(?:由|从)[^,，;；。]{0,14}$")
_TO = re.compile(
    r"^[^,，;；。]{0,6}[,，]?[^,，;；。]{0,8}(?:增加|增长|提高|扩大|上升|提升|增|升)?(?:到|至)[了]?$"
)
_GREW = re.compile(
    r"^[^;；。]{0,4}?[,，]?(?:同比|相比)?(?:增长|上升|提高|增加|下降|减少|增幅|降幅|涨幅|增速)(?:为|达到|达|了|约|近)*$"
)
_DELTA = re.compile(
    r"^[,，、(（]?(?:同比|环比|[较比与][^,，;；。\d]{1,8}?)?(?:净|新)?(?:增加|新增|净增|减少|增|减|多|少|下降|提高)(?:了|约)*$"
)
_GROWTH = re.compile(
    r"^[,，、]?(?:同比)?(?:增长|增幅|降幅|下降|上升|涨幅|增速|减少|提高)(?:为|达到|达|了|约)*$"
)
_POINTS = re.compile(r"(?:增速|增幅|涨幅)?(?:提高|加快|回升|提升|上升|扩大|高出)(?:了)?$")


def growths(passage: Passage) -> Iterator[Relation]:
    """The growth rates of ``passage`` whose terms stand in its sentences too."""
    for index, term in enumerate(passage.terms):
        if index < 2 or passage.sentences[index - 2] != passage.sentences[index]:
            continue
        if term.quantity.is_percent:
            yield from _from_prior(passage, index)
            yield from _from_delta(passage, index)
        elif term.quantity.unit == "个百分点":
            yield from _between_rates(passage, index)


def _from_prior(passage: Passage, index: int) -> Iterator[Relation]:
    """246.8亿元，比去年同期的201.5亿元增长18.9%; 由18.4亿元增加到21.8亿元，增长18.5%."""
    first, second, rate = passage.terms[index - 2 : index + 1]
    if not same_unit(first.quantity, second.quantity) or not first.quantity.unit or first.quantity.is_percent:
        return
    if re.search(r"[;；]", passage.between(index - 2, index)) or not _GREW.search(passage.before(index)):
        return
    if rate.fact is not None and rate.fact.kind != "change":
        return
    before = passage.before(index - 1)
    if _PRIOR.search(before) and not re.search(r"(?:由|从)$", before):
        yield Relation("growth", "prior_level", "growth", rate, (first, second))
    elif _FROM.search(passage.before(index - 2)) and _TO.search(before):
        yield Relation("growth", "from_to", "growth", rate, (second, first))


def _from_delta(passage: Passage, index: int) -> Iterator[Relation]:
    """1995亿元，同比增加758亿元，增幅61%: one head, one basis."""
    level, delta, rate = passage.terms[index - 2 : index + 1]
    if not same_unit(level.quantity, delta.quantity) or level.quantity.is_percent:
        return
    if not _DELTA.search(passage.before(index - 1)) or not _GROWTH.search(passage.before(index)):
        return
    facts = level.fact, delta.fact, rate.fact
    if any(f is None for f in facts):
        return
    assert level.fact and delta.fact and rate.fact
    if (level.fact.kind, delta.fact.kind, rate.fact.kind) != ("level", "delta", "change"):
        return
    one_basis = delta.fact.basis == rate.fact.basis or "同比" not in passage.before(index)
    if one_basis and _one_head(level.fact.indicator, delta.fact.indicator):
        yield Relation("growth", "level_and_delta", "growth_by_delta", rate, (level, delta))


def _between_rates(passage: Passage, index: int) -> Iterator[Relation]:
    """一季度下降7.5%，上半年增长4.4%，增速提高11.9个百分点."""
    old, new, step = passage.terms[index - 2 : index + 1]
    if not (old.quantity.is_percent and new.quantity.is_percent and old.fact and new.fact and step.fact):
        return
    same = old.fact.kind == new.fact.kind == "change" and _one_head(old.fact.indicator, new.fact.indicator)
    if not same or old.fact.period == new.fact.period or old.fact.basis != new.fact.basis:
        return
    if re.search(r"[;；]", passage.between(index - 2, index)) or not _POINTS.search(passage.before(index)):
        return
    if re.search(r"[较比]|同比", passage.before(index)):
        return
    yield Relation("delta", "between_rates", "difference", step, (new, old))


def _one_head(one: str, other: str) -> bool:
    return one == other or one.endswith(other) or other.endswith(one)
