"""From a logical line to tokens: quantities, times and breaks; names with digits in them give no token."""

import re
from typing import Literal, NamedTuple

from briefings.extract import numerals
from briefings.extract.periods import FIRST, TIME
from briefings.extract.watch import Masked
from briefings.extract.words import Sort, by_first, cues, either, starts_with, unit_sorts

_WIDTH = {**{0xFF10 + d: str(d) for d in range(10)}, **{0xFF21 + d: chr(0x41 + d) for d in range(26)}}
_WIDTH |= str.maketrans(
    {
        "．": ".",
        "％": "%",
        "﹪": "%",
        "（": "(",
        "）": ")",
        "：": ":",
        "；": ";",
        "－": "-",
        "／": "/",
        "∶": ":",
    }
)
_WIDTH |= str.maketrans(
    {"　": " ", "\t": " ", "\u00a0": " ", "＋": "+", "！": "!", "？": "?", "〜": "~", "～": "~"}
)
_WIDE = re.compile(f"[{''.join(map(chr, _WIDTH))}]")
_NOTE = re.compile(r"(?<=[\u4e00-\u9fff”)])\[\d{1,2}\]")
"""The mark of a footnote, which is no part of a name: 地区生产总值[2]."""
_MIDDLE_DOT = re.compile(r"(?<=\d)[·・](?=\d)")

_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:\.\d+)?"
_LETTER_UNITS = either([u for u in unit_sorts() if re.match("[A-Za-z]", u)])
_STARTS = r"0-9A-Za-z《<“〔\[(),;。，!?:\n…—+一二两三四五六七八九十百千万翻第今去上前明本当次下全截到目年同疫近过这最未之"
"""The characters that a token can begin with: all others are passed over at once."""
_MASTER = re.compile(
    rf"(?=[{_STARTS}])(?:(?P<stop>[,，;。!?:)\n…]|——)|(?P<time>(?=[{FIRST}])(?:{TIME}))"
    r"|(?P<title>《[^《》]{1,120}》|<[^<>]{1,40}>)"
    r"|(?P<quote>“[^“”]{1,24}”)"
    r"|(?P<item>(?<![^。;:!?\s])\d{1,2}[.、](?!\d)|\(\d{1,2}\)|(?<![^。;,，:!?\s])(?:第?[一二三四五六七八九十]{1,3}(?:是|要|、)|\([一二三四五六七八九十]{1,3}\)))"
    r"|(?P<paper>[〔\[(](?:19|20)\d\d[〕\])]\d+号)|(?P<phone>\d{3,4}-\d{7,8}|1\d{10}(?!\d))"
    r"|(?P<code>[A-Za-z\d]{1,40}+(?:\+[A-Za-z\d]+)+|\+\d+(?:\.\d+)?"
    r"|[A-Za-z]{1,40}[-_]?\d+(?:\.\d+)?[A-Za-z]*|\d++/\d+"
    rf"|\d++(?:\.\d++)?+(?!{_LETTER_UNITS})[A-Za-z]+)"
    r"|(?P<rank>第[一二三四五六七八九十]{1,3}(?:位|名)(?=\s*[,，。;、)]|$))"
    r"|(?P<ordinal>第\d+(?![\d.]|位|名|\s*[,，。;、的)]|$))"
    r"|(?=\d++[时点、/“政便服市民社医跨电出进海监热专平模方代])(?<![\d.])(?:(?P<clock>[0-2]?\d(?:[时点][0-5]?\d分(?!钟)|时(?=[,，。;起前后许左至—-])))"
    r"|(?P<hotline>\d{4,6}(?:[、/]\d{4,6})*(?=“?(?:政务|便民|服务|市民|政府|民生|社保|医保|跨境|电商|出口|进口|海关|监管)*(?:热线|专线|平台|模式|方式|代码))))"
    r"|(?P<named>\d++(?:\.\d++)?+(?:号|版|强|中学|国道|省道|路(?!径)|大道|纳米|英寸|寸|届|周年|线(?!路)|代|型|期工程|次常务|次党组|次会议|次主席|轮驱动))"
    rf"|(?P<number>{_NUM})(?:(?:[-—–~至]|到(?=\d))(?P<high>\d+(?:\.\d+)?)(?![\d-]))?"
    rf"|(?P<chinese>(?=[一二两三四五六七八九十百千万翻])(?:{numerals.PATTERN}))"
    r"|(?P<aside>\([^()\d]{0,30}\))"
    r"|(?P<open>\())"
)
_CALLED = {"hotline": "code", "clock": "date"}
"""Kinds of masks that people are told of by another's name."""
_SORTS = unit_sorts()
_UNITS = either(list(_SORTS))
_AFTER = re.compile(
    r"\s?(?P<a>余|多|来(?=[人个家户名万亿元条项所场次]))?(?P<mag>万亿|[千百十]?亿|[千百十]?万|[千百](?!分))?(?P<b>余|多)?"
    rf"(?P<unit>{_UNITS})?(?P<c>(?:及|含)?以上|左右|上下|(?:及|含)?以下|以内|之多|余|多(?!层|式|个|种|元|功))?"
)
_MONEY = either([u for u, s in unit_sorts().items() if s == "money"])
_COMPOUND = re.compile(rf"(?P<low>\d+(?:\.\d+)?)(?P<mag>千万|百万|万)(?P<unit>{_MONEY})")
_MAGNITUDE = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_HEDGES = cues("hedges")
_HEDGE_LAST = frozenset(w[-1] for w in _HEDGES)
_GUARDED = {
    "人": "民口才员士群工行", "家": "庭电具居长园禽属", "个": "体", "户": "籍外口均型", "名": "牌师校医录", "项": "目", "条": "件例", "所": "有属得",
    "部": "门分队", "台": "阶风账", "次": "日年级", "位": "于列居", "处": "于理置", "组": "织建成合", "批": "准复发示", "场": "所景馆", "本": "科地市级土",
    "村": "级民庄居", "门": "类诊", "口": "岸径罩", "类": "型", "种": "植业", "期": "间限货", "片": "区", "分": "别之布类", "对": "外口接标", "件": "均",
    "元": "旦件", "面": "积", "层": "次级面", "站": "点", "款": "项", "度": "假", "支": "持付撑", "单": "位元体价项产一独身车", "首": "次批家",
}  # fmt: skip
"""A letter that begins the next word is no unit: 18万|个体工商户, 100万|人民."""
_PER = re.compile(
    r"/(?:人|户|校|家|亩|月|日|天|年|次|吨|车|件|套|床|平方公里|平方米|公顷)(?![\u4e00-\u9fff]{2})|/(?:人|户|亩|校)"
)
"""The second part of a unit: 次/校, 元/户."""
_BEFORE_MINUS = frozenset("、,，:和及为长降是到达于率速幅( ")
_PLACE_BEFORE_MINUS = frozenset("区县市省镇乡州旗")
_HEDGE_IN_WORD = re.compile(r"(?:[签预集节违条契履]约|[最附靠临邻]近|[通经不]过|高超|[盈剩残其结富业]余)$")
_BARE = by_first(cues("bare"))
_RUNS_ON = re.compile(r"的?[\u4e00-\u9fff“A-Za-z]")
_HOLDS_NOT = re.compile(r"的?(?:用于|投向|分布|来自|集中|属于|实现|完成|达到|为|在|是)")


class Quantity(NamedTuple):
    """A number with its unit: ``start``/``end`` with hedge and unit, ``at``/``stop`` the digits alone."""

    start: int
    end: int
    at: int
    stop: int
    value: str
    high: str | None
    unit: str | None
    sort: Sort
    hedge: str | None = None
    place: Literal["", "第", "前"] = ""
    shared: bool = False
    compound: bool = False
    chinese: bool = False
    doubled: bool = False


class Mark(NamedTuple):
    """A token that is no quantity: a time, a list item's number, or a break with its character."""

    kind: Literal["time", "item", "stop"]
    start: int
    end: int
    text: str


Token = Quantity | Mark


def settle(text: str) -> str:
    """``text`` with full-width digits, letters and marks made narrow, code point by code point."""
    narrow = text.translate(_WIDTH) if _WIDE.search(text) else text
    if "[" in narrow:
        narrow = _NOTE.sub(lambda found: " " * len(found[0]), narrow)
    return _MIDDLE_DOT.sub(".", narrow) if "·" in narrow or "・" in narrow else narrow


def lex(text: str, masked: list[Masked] | None = None) -> list[Token]:
    """The tokens of a settled line, in order and without overlap; ``masked`` collects what gives none."""
    tokens: list[Token] = []
    position, floor = 0, 0
    while match := _MASTER.search(text, position):
        kind = match.lastgroup
        start, position = match.span()
        if kind in ("stop", "open"):
            tokens.append(Mark("stop", start, position, match[0]))
            floor = position
        elif kind in ("number", "high"):
            quantity = _quantity(text, match, floor)
            position = max(position, quantity.end)
            tokens.append(quantity)
            floor = position
        elif kind == "quote" and not any(c.isdigit() for c in match[0]):
            pass
        elif kind == "chinese" and (numeral := _numeral(text, match, floor)):
            tokens.append(numeral)
            position = floor = max(numeral.end, position)
        elif kind == "rank":
            tokens.append(_rank(match))
            floor = position
        elif kind in ("time", "item"):
            tokens.append(Mark("time" if kind == "time" else "item", start, position, match[0]))
            floor = position
        elif masked is not None and kind is not None and kind != "aside":
            masked.append(Masked(_CALLED.get(kind, kind), start, position))
    return _without_thresholds(text, tokens, masked)


def _quantity(text: str, match: re.Match[str], floor: int) -> Quantity:
    at, stop = match.span()
    value, high = match["number"].replace(",", ""), match["high"]
    after = _AFTER.match(text, stop)
    assert after is not None
    few, mag, more, unit, about = after.groups("")
    sort = _SORTS.get(unit, "none")
    end = after.end() if few or mag or unit or about else stop
    compound = _COMPOUND.match(text, after.end("mag")) if mag == "亿" and not unit else None
    if compound:
        low = compound["low"]
        unit, sort, end = compound["unit"], "money", compound.end()
        digits = f"{int(float(low) * 10 ** (_MAGNITUDE[compound['mag']] - 4)):04d}".rstrip("0")
        value = f"{value}.{digits}" if digits and "." not in value else value
    start, hedge = at, None
    place: Literal["", "第", "前"] = ""
    before = text[at - 1] if at > floor else ""
    if before == "第":
        place, start = "第", at - 1
    elif before == "前" and text[at - 2 : at - 1] not in ("底", "末", "年", "月", "日", "目", "此", "会"):
        place, start = "前", at - 1
    elif (
        before in ("-", "−")
        and at >= 2
        and (text[at - 2] in _BEFORE_MINUS or (unit == "%" and text[at - 2] in _PLACE_BEFORE_MINUS))
    ):
        value, start = f"-{value}", at - 1
    elif before in _HEDGE_LAST:
        for word in _HEDGES:
            if text.endswith(word, floor, at) and not _HEDGE_IN_WORD.search(text, max(floor, at - 2), at):
                hedge, start = word, at - len(word)
                break
    if hedge is None:
        hedge = few or more or about or None
    if unit in _GUARDED and end == after.end("unit") and text[end : end + 1] in _GUARDED[unit]:
        unit, sort, end = "", "none", after.start("unit")
    if unit and text[end : end + 1] == "/" and end == after.end("unit") and (per := _PER.match(text, end)):
        unit, end = unit + per[0], per.end()
    full = mag + unit
    return Quantity(
        start,
        end,
        at,
        stop,
        value,
        high,
        full or None,
        sort if unit else "none",
        hedge,
        place,
        False,
        bool(compound),
    )


def _rank(match: re.Match[str]) -> Quantity:
    """第三位: a place in an order, written in Chinese."""
    start, end = match.span()
    words = match[0]
    value = str(numerals.number(words[1:-1]))
    return Quantity(start, end, start + 1, end - 1, value, None, words[-1], "count", None, "第", chinese=True)


def _numeral(text: str, match: re.Match[str], floor: int) -> Quantity | None:
    read = numerals.read(text, *match.span(), floor)
    if read is None:
        return None
    at, stop = match.span()
    return Quantity(
        read.start,
        read.end,
        at,
        stop,
        read.value,
        None,
        read.unit,
        read.sort,
        read.hedge,
        chinese=True,
        doubled=read.doubled,
    )


def _without_thresholds(text: str, tokens: list[Token], masked: list[Masked] | None) -> list[Token]:
    """Leave out quantities that only limit a name: 5亿元以上项目, 超200亿元县, 每10万人."""
    kept: list[Token] = []
    limits = False
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if isinstance(token, Mark):
            limits = False
            kept.append(token)
            continue
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        runs_on = isinstance(follows, Quantity) and follows.start - token.end <= 24
        limits = _is_threshold(text, token, runs_on, limits)
        if not limits:
            kept.append(token)
        elif masked is not None:
            masked.append(Masked("threshold", token.start, token.end))
    kept.reverse()
    return kept


def _is_threshold(text: str, token: Quantity, runs_on: bool, next_limits: bool) -> bool:
    end = token.end
    if text[token.start - 1 : token.start] == "每":
        return True
    if token.sort in ("percent", "points", "times", "duration") or token.place:
        return False
    if token.hedge is None and not next_limits and text[end - 1] not in "上下内":
        return False
    rest = text[end : end + 8]
    if next_limits and rest[:1] in ("和", "或", "、", "至"):
        return True
    if text[end - 2 : end] in ("以上", "以下", "以内"):
        return bool(_RUNS_ON.match(rest)) and not _HOLDS_NOT.match(rest) and (runs_on or _is_bare(rest))
    over = token.hedge in ("过", "超", "超过", "不足", "不低于")
    if over and token.sort in ("money", "measure", "none"):
        if rest.startswith("的") and runs_on and "总投资" not in text[max(0, token.start - 6) : token.start]:
            return True
        return _is_bare(rest)
    return False


def _is_bare(rest: str) -> bool:
    noun = rest.removeprefix("的")
    return starts_with(_BARE, noun, 0, len(noun))
