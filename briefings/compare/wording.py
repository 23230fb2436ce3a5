"""The words of two sentences laid bare: without numbering, formula and the verbs that every sentence has."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_NUMBERING = re.compile(
    r"^[\s　]*(?:第?[一二三四五六七八九十]{1,3}(?:是要?|要|、|，|,)|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[—-]{2})[\s　]*"
)
_MARKS = re.compile(r"[\s　,，;；:：。、.．!！?？“”‘’\"'《》〈〉（）()\[\]【】—\-－…·/]+")
_SERIAL = re.compile(
    r"(?:第?[一二三四五六七八九十百\d]+)(?:号[线楼桥井港]?|期|届|标段|批次?|环|线)|[A-Za-z]*\d+[A-Za-z]+"
)
_AMOUNT = re.compile(
    r"(?<![A-Za-z\d])[\d.,，．]*\d(?:%|％|‰|个?百分点|[余多]?[万亿]*(?:平方公里|平方米|千瓦时|千瓦|公里|美元|元|人次|个|家|户|人|名|条|项|件|处|所|座|只|台|套|辆|艘|支|场|吨|亩|次|天|倍|米|工作日|标箱))?"
)
_CONTRACTED = str.maketrans("０１２３４５６７８９％", "0123456789%")
_TITLE = re.compile(r"《([^《》]{2,50})》")
_QUOTED = re.compile(r"[“‘]([^“”‘’]{2,24})[”’]")
_INSIDE_NAMES = re.compile(r"[“”‘’《》]")
_FIVE_YEARS = re.compile("第(十[一二三四五六七八九]?)个五年")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z\d]+")


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of promise by its verbs, and the verbs that say it is done."""

    promised: tuple[str, ...]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``data/promises.toml``; in each list the longest first."""

    behind: tuple[str, ...]
    on_track: tuple[str, ...]
    complete: tuple[str, ...]
    not_yet: tuple[str, ...]
    acts: tuple[Act, ...]
    endless: tuple[str, ...]
    ahead: tuple[str, ...]
    make: tuple[str, ...]
    down_to: tuple[str, ...]
    formula: re.Pattern[str]
    stock: re.Pattern[str]
    everywhere: frozenset[str]
    deadline: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with briefings."""
    text = (resources.files("briefings") / "data" / "promises.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def listed(section: str, key: str) -> tuple[str, ...]:
        return tuple(sorted(data[section][key], key=len, reverse=True))

    return Lexicon(
        behind=listed("state", "behind"),
        on_track=listed("state", "on_track"),
        complete=listed("state", "complete"),
        not_yet=listed("state", "not_yet"),
        acts=tuple(
            Act(tuple(a["promised"]), tuple(sorted(a["done"], key=len, reverse=True))) for a in data["act"]
        ),
        endless=listed("promise", "endless"),
        ahead=listed("promise", "ahead"),
        make=listed("promise", "make"),
        down_to=listed("promise", "down_to"),
        formula=re.compile("|".join(data["formula"]["patterns"])),
        stock=re.compile("|".join(map(re.escape, listed("stock", "words")))),
        everywhere=frozenset(data["stock"]["everywhere"]),
        deadline=re.compile("|".join(data["deadline"]["patterns"])),
    )


def without_number(text: str) -> str:
    """``text`` from behind its numbering (一是, （二）, 3.)."""
    return _NUMBERING.sub("", text)


def cleaned(text: str) -> str:
    """What a sentence says: no numbering, no formula, no punctuation; letters and figures as they are."""
    bare = lexicon().formula.sub("", without_number(text.translate(_CONTRACTED)))
    return _MARKS.sub("", bare).lower()


@lru_cache(maxsize=4096)
def content(text: str) -> str:
    """The matter alone: ``cleaned`` without amounts and without the verbs and adverbs that say how it is done."""
    lexicon_ = lexicon()
    bare = lexicon_.formula.sub("，", without_number(text.translate(_CONTRACTED)))
    bare = _FIVE_YEARS.sub(r"\1五", bare)
    bare = lexicon_.deadline.sub("，", bare)
    serials = _SERIAL.findall(bare)
    for at, serial in enumerate(serials):  # 地铁1号线 is a name, not an amount
        bare = bare.replace(serial, chr(0xE000 + at % 256))
    bare = _MARKS.sub("", lexicon_.stock.sub("", _AMOUNT.sub("", bare)))
    for at, serial in enumerate(serials):
        bare = bare.replace(chr(0xE000 + at % 256), serial)
    return bare.lower()


def pieces(text: str) -> tuple[str, ...]:
    """The runs of characters between punctuation and amounts, quotation marks left out: a name stands whole in one."""
    lexicon_ = lexicon()
    bare = lexicon_.formula.sub("，", without_number(text.translate(_CONTRACTED)))
    bare = _AMOUNT.sub("，", bare) if not _SERIAL.search(bare) else bare
    bare = _INSIDE_NAMES.sub("", bare)
    return tuple(dict.fromkeys(p.lower() for p in _HAN.findall(bare)))


def names(text: str) -> frozenset[str]:
    """What stands between 《》 or quotation marks, without the words that every office uses."""
    everywhere = lexicon().everywhere
    found = {*_TITLE.findall(text), *_QUOTED.findall(text)}
    return frozenset(n.lower() for n in found if n not in everywhere and not n.isdigit())


def titles(text: str) -> tuple[str, ...]:
    """What stands between 《》."""
    return tuple(_TITLE.findall(text))


def serials(text: str) -> frozenset[str]:
    """The numbers that are names: 1号线, 二期, 第三届; of 5G and the like the whole."""
    return frozenset(s.removeprefix("第") for s in _SERIAL.findall(text.translate(_CONTRACTED)))
