"""The name of what is measured, made of pieces of its line, and what can be told from its words."""

import re
from typing import NamedTuple

from briefings.extract.words import any_of, cues

_VERBS = frozenset(cues("verbs"))
MEASURE_END = re.compile(any_of("measures") + "$")
_GENERIC = frozenset(cues("generic"))
_ONLY_WHOSE = re.compile(r"(?:业|企业|类|城镇|农村|乡村|行业|类商品|居民)$")
_BARE_VERBS = frozenset(
    (
        "到账",
        "立案",
        "完工",
        "竣工",
        "开工",
        "新建",
        "在建",
        "续建",
        "处理",
        "结案",
        "改建",
        "复工",
        "投产",
        "新开",
    )
)
_SUMS = frozenset(
    (
        "涉及资金",
        "涉及金额",
        "金额",
        "总投资",
        "总投资额",
        "投资总额",
        "合同金额",
        "合同额",
        "资金",
        "总金额",
        "计划总投资",
    )
)
_GENERIC_END = re.compile(any_of("generic") + "$")


class Name(NamedTuple):
    """A name made of pieces of the line; ``added`` are our own words after them (``增速``), ``literal`` replaces them."""

    pieces: tuple[tuple[int, int], ...]
    added: str = ""
    literal: str = ""

    def text(self, line: str) -> str:
        """The name's words."""
        pieces, added, literal = self
        if len(pieces) == 1 and not literal:
            start, end = pieces[0]
            words = line[start:end]
        else:
            words = literal or "".join([line[a:b] for a, b in pieces])
        return (words if words.isalnum() else "".join(words.split())) + added

    def plus(self, other: "Name") -> "Name":
        """This name followed by ``other``."""
        return Name(self.pieces + other.pieces, other.added)

    def grown(self, added: str) -> "Name":
        """This name with ``added`` after it, once."""
        return self if self.added.endswith(added) else Name(self.pieces, self.added + added, self.literal)

    def until(self, end: int) -> "Name | None":
        """This name without what stands from ``end`` on."""
        pieces = tuple((a, min(b, end)) for a, b in self.pieces if a < end)
        return Name(pieces) if pieces else None


class Own(NamedTuple):
    """What a number's own clause says before it: a name, a scope, or neither."""

    name: Name | None = None
    scope: tuple[int, int] | None = None


def measure_end(text: str, name: Name) -> Name | None:
    """The measure that ``name`` ends with (私营企业|增加值), or None."""
    start, end = name.pieces[-1]
    found = MEASURE_END.search(text, start, end)
    return Name((found.span(),)) if found and not name.added else None


def lacks_measure(text: str, name: Name) -> bool:
    """Whether a name says only of whom (私营企业, 家电类, 农村) and leaves out what."""
    return bool(_ONLY_WHOSE.search(name.text(text)))


def is_sum(words: str) -> bool:
    """Whether a name is a bare sum of money, which belongs to the matter just spoken of (签订协议,金额5亿元)."""
    return words in _SUMS


def is_verb(words: str) -> bool:
    """Whether a name is no more than a verb (到账, 参与)."""
    return len(words) <= 2 and (words in _VERBS or words in _BARE_VERBS)


def is_generic(words: str) -> bool:
    """Whether a name is too general to stand without the thing it is said of."""
    return words in _GENERIC


def generic_end(text: str, name: Name) -> Name | None:
    """The general name that ``name`` ends with (集中推进|总投资), or None."""
    start, end = name.pieces[-1]
    found = _GENERIC_END.search(text, start, end)
    return Name((found.span(),)) if found else None


def without_share(text: str, name: Name) -> Name:
    """The thing whose share a name says: 技改投资占比 → 技改投资."""
    start, end = name.pieces[-1]
    if (found := _SHARE_END.search(text, start, end)) and (found.start() > start or len(name.pieces) > 1):
        return Name(name.pieces[:-1] + (((start, found.start()),) if found.start() > start else ()))
    return name


_SHARE_END = re.compile(r"占(?:比|[^占]{1,20}(?:比重|比例|份额)?)$")
