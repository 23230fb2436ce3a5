"""Chinese numerals that measure something (十支队伍, 近百条, 占三成, 一半, 百分之五, 翻一番), told from those in names."""

import re
from dataclasses import dataclass

from briefings.extract.words import Sort, either, unit_sorts

_DIGIT = "一二两三四五六七八九"
_COUNTED = either([u for u, sort in unit_sorts().items() if sort in ("count", "measure", "money")])
_STRONG = "[所家座条处台套辆支名场艘架户间栋]"
_VERB = "新建|建成|新增|设立|成立|组建|引进|开通|举办|召开|获批|改造|培育|开展|完成|实施|签约|投用|增设|投放|建设|配备|拥有|建立|增加|减少|认定|选派|派出|出台|制定|推出|梳理"
_SAID = (
    "占|超过?|近|约|达到?|逾|为|有|不到|不足|增长|下降|提高|减少|压缩|缩短|完成|降低|的|超出|增加|过|至|到|了"
)
_AFTER = "(?:余|多)?"
_BIG = (
    rf"[{_DIGIT}](?:十|百|千|万|亿)[{_DIGIT}十百千万零〇]*亿?"
    rf"|十[{_DIGIT}]"
    rf"|(?:(?<=[近上逾约超过成数])|(?<=超过)|(?<=大约))[百千万](?=[余多]?(?:{_COUNTED}))"
    rf"|十(?=[余多](?:{_COUNTED}))"
    rf"|(?:{'|'.join(f'(?<={v})' for v in _VERB.split('|'))}|(?<=了)|(?<=[近逾约超]))十(?={_COUNTED})"
)
_SMALL = rf"(?:{'|'.join(f'(?<={v})' for v in _VERB.split('|'))}|(?<=了))[两三四五六七八九](?={_STRONG})"
_WHO = "(?:[\u4e00-\u9fff]{0,8}?(?:企业|农户|居民|群众|职工|项目|家庭|学生|村|商户|受访者|用户|行业|产业|资金|投资|学校|医院|单位|人员|毕业生|产品))"
"""三成|企业, 一半以上的|农户: those of whom a share is told at the beginning of a clause."""
_LED = (
    "(?:"
    + "|".join(f"(?<={w})" for v in _SAID.split("|") for w in ((v,) if "?" not in v else (v[:-2], v[:-1])))
    + ")"
)
PATTERN = (
    rf"百分之[{_DIGIT}十百零点]+"
    rf"|{_LED}(?:[{_DIGIT}]成(?:[{_DIGIT}]|半)?(?=以上|左右|多|以下|[,，。;、)]|的|$|[在由为是])(?!为[^,，。;]*[市区县])"
    rf"|一半(?=以上|左右|[,，。;、)]|的|$)|[{_DIGIT}十]+分之[{_DIGIT}十]+(?!的[^,，。;]{{0,12}}占比))"
    rf"|(?=[{_DIGIT}][成半])(?:(?<![\u4e00-\u9fff第“])|(?<=[近约超]))(?:[{_DIGIT}]成(?:半|[{_DIGIT}])?|一半)(?=(?:以上|左右|多)?的?{_WHO})"
    rf"|翻了?[{_DIGIT}]番|(?:(?<=增长)|(?<=提高)|(?<=扩大)|(?<=增加)|(?<=[近约超了]))[{_DIGIT}十]倍(?!增)"
    rf"|(?<![第{_DIGIT}十百千万几每“\d之])(?:(?:{_BIG}){_AFTER}(?:{_COUNTED})|{_SMALL}{_STRONG})(?![制式化体强大届])"
)
"""A measured Chinese numeral with its unit; no groups."""
_PARTS = re.compile(rf"(?P<number>[{_DIGIT}十百千万亿零〇]+?)(?P<more>[余多])?(?P<unit>{_COUNTED})$")
_TAIL = re.compile(r"以上|左右|以下|之多|余|多")
_HEDGE = re.compile(r"(?:近|上|约|逾|超过?|不到|不足|将近|接近|大约|过)$")
_VALUES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A Chinese numeral read: ``doubled`` for 翻一番, whose verb is part of it."""

    start: int
    end: int
    value: str
    unit: str | None
    sort: Sort
    hedge: str | None
    doubled: bool = False


def number(words: str) -> int:
    """The value of a Chinese numeral such as 三千二百, 十五 or 一万两千."""
    total = section = digit = 0
    for letter in words:
        if letter in _VALUES:
            digit = _VALUES[letter]
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        else:
            total += (section + digit or 1) * _GREAT[letter]
            section = digit = 0
    return total + section + digit


def read(text: str, start: int, end: int, floor: int) -> Numeral | None:
    """The numeral that ``PATTERN`` found at ``text[start:end]``; hedges before it are looked for down to ``floor``."""
    words = text[start:end]
    tail = _TAIL.match(text, end)
    before = _HEDGE.search(text, floor, start)
    hedge = before[0] if before else tail[0] if tail else None
    first = before.start() if before else start
    last = tail.end() if tail and not before else end
    if words.startswith("百分之"):
        return Numeral(first, last, _percent(words[3:]), "%", "percent", hedge)
    if "分之" in words:
        parts, _, share = words.partition("分之")
        below, above = number(parts), 100 * number(share)
        exact = below > 0 and above % below == 0
        return Numeral(first, last, str(above // below), "%", "percent", hedge) if exact else None
    if words == "一半":
        return Numeral(first, last, "50", "%", "percent", hedge)
    if words.startswith("翻"):
        return Numeral(start, end, str(2 ** number(words[-2]) - 1), "倍", "times", None, doubled=True)
    if words.endswith("倍"):
        return Numeral(first, last, str(number(words[:-1])), "倍", "times", hedge)
    if "成" in words:
        tenth, _, rest = words.partition("成")
        more = ".5" if rest == "半" else f".{number(rest)}" if rest else ""
        return Numeral(first, last, f"{number(tenth)}{more}", "成", "percent", hedge)
    parts_of = _PARTS.match(words)
    if parts_of is None:
        return None
    unit = parts_of["unit"]
    hedge = hedge or parts_of["more"]
    written, great = parts_of["number"], ""
    if len(written) > 1 and written[-1] in _GREAT and not set(written[:-1]) & set(_GREAT):
        written, great = written[:-1], written[-1]
    return Numeral(first, last, str(number(written)), great + unit, unit_sorts()[unit], hedge)


def _percent(words: str) -> str:
    whole, _, rest = words.partition("点")
    decimals = "".join(str(_VALUES[c]) for c in rest if c in _VALUES)
    return f"{number(whole)}.{decimals}" if decimals else str(number(whole))
