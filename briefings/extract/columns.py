"""What the words at the head of a table's column say of the numbers below: what, of when, in which unit, on what basis."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefings.extract import patterns as p
from briefings.extract.periods import TIME, Frame, resolve
from briefings.extract.words import either, unit_sorts
from briefings.records.fact import Kind, Status

_UNIT = rf"(?:(?:万亿|[千百十]?亿|[千百十]?万|[千百])?{either(list(unit_sorts()))}|[±+]?%|个?百分点)"
UNIT = re.compile(_UNIT)
_BRACKET = re.compile(r"[(（\[［]([^()（）\[\]［］]{1,16})[)）\]］]")
_TRAILING = re.compile(r"[±+]?\s*(?P<unit>[%％‰])\s*$|[:：,，]\s*(?P<worded>[^:：,，]{1,8})$")
_CAPTION_UNIT = re.compile(r"单\s*位\s*[:：]\s*(?P<units>[^()（）\n\t]{1,24})")
_GROWTH = re.compile(
    r"增长|增速|增幅|涨幅|涨跌|涨|升降|增减|下降|降幅|跌幅|减少|增加(?!值)|提高|回落|同比|环比|±|(?:比|较)(?:上|去|前)年"
)
_FALL = re.compile(r"(?<![升增涨])(?:下降|降幅|跌幅|减少|降低|压减)")
_ABSOLUTE = re.compile(r"增减额|增减量|增加额|增加量|增量|增减数|增加数|新增额|净增")
_SHARE = re.compile(r"占比|比重|比例|构成|份额|结构|占.{1,14}(?:比重|比例|份额|$)")
_COMPLETION = re.compile(
    r"(?:完成|达到|占|为).{0,10}(?:计划|目标|任务|预算|进度)|(?:计划|目标|任务|预算)完成|完成率|完成比例|完成进度"
)
_RANK = re.compile(r"排名|位次|名次|排位|位序|名列|排序")
_INDEX = re.compile(r"指数|=\s*100|为\s*100")
_TARGET = re.compile(r"计划|目标|预期|任务数|预算数|任务$")
_COMPARED = re.compile(rf"(?:比|较|与)(?:{TIME}|上年|去年|上期|年初|期初|上月|同期)+(?:同期|底|末|初|相比)*")
_EMPTY = re.compile(
    r"绝对[量数值]|累计完成|累计|总量|数值|数量|数额|本期|本月|当月|本季|当期|合计|实绩|实际|完成情况|完成数?|指标值|指标|"
    r"全市|全区|全省|全县|年末数|期末数|年底数|当年|年末|期末|月末|季末|数据|同期|数$|^值$|^金额$|^额$|幅度|速度|的|率(?=±)|[±+\-—–~/／、，,:：.\s％%‰]|[一二三四12]?-?本月"
)
_SERIAL = re.compile(r"序\s*号|编\s*号|№|No\.?")
_UNITS_COLUMN = re.compile(r"(?:计量|计算)?单\s*位")
_ENTITIES = re.compile(
    r"区\s*市|地\s*区|区\s*县|县\s*[市区]|市\s*[县区州]|城\s*市|街\s*道|镇\s*街|乡\s*镇|县\s*域|功能区|园\s*区|省\s*份|市\s*地|"
    r"(?:责任|填报|承办)?部\s*门|(?:责任|各)单\s*位|企业名称|单位名称|国\s*家|板\s*块"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head, understood. ``own`` says that it names an indicator of its own, beside that of the row."""

    words: str
    kind: Kind | None
    unit: str | None
    basis: str | None
    period: str | None
    status: Status
    sign: int
    own: bool
    role: str
    """``number``, ``label``, ``unit``, ``serial`` or ``entity`` (a label whose rows are places or bodies)."""
    said: bool
    """Whether the basis is said rather than assumed."""


def head(words: str, frame: Frame) -> Head:
    """What the settled ``words`` of a column's head mean."""
    plain = "".join(words.split())
    if _SERIAL.fullmatch(plain):
        return _label(plain, "serial")
    if _UNITS_COLUMN.fullmatch(plain):
        return _label(plain, "unit")
    entity = _ENTITIES.fullmatch(plain) is not None
    unit, bare = unit_of(plain)
    compared = _COMPARED.sub("", bare)
    kind, basis, said = _kind(bare, unit, frame)
    period = period_of(compared, frame)
    return Head(
        words=plain,
        kind=kind,
        unit=unit,
        basis=basis,
        period=period,
        status="target"
        if kind in ("level", None) and _TARGET.search(bare) and not _COMPLETION.search(bare)
        else "actual",
        sign=-1 if kind in ("change", "delta") and _FALL.search(bare) else 1,
        own=bool(residue(compared, kind)),
        role="entity" if entity else "number",
        said=said,
    )


def joined(words: Sequence[str]) -> str:
    """Heads over each other as one; the lower one gives only its unit where it says no more than how much."""
    if len(words) < 2:
        return "".join(words)
    upper, lower = "".join(words[:-1]), words[-1]
    unit, bare = unit_of("".join(lower.split()))
    plain = not residue(bare, "level") or bare in ("总额", "完成额", "总数", "额", "量", "值")
    timed = re.search(TIME, bare) or re.search(r"(?:19|20)\d\d", bare)
    if plain and not timed and not _GROWTH.search(bare):
        return upper + (f"({unit})" if unit else "")
    return upper + lower


def _label(words: str, role: str) -> Head:
    return Head(words, None, None, None, None, "actual", 1, False, role, False)


def unit_of(words: str) -> tuple[str | None, str]:
    """The unit that stands in brackets or at the end of ``words``, and the words without it."""
    for found in _BRACKET.finditer(words):
        said = found[1].removeprefix("单位:").removeprefix("单位：").strip()
        if UNIT.fullmatch(said):
            return said.lstrip("±+"), words[: found.start()] + words[found.end() :]
    if ending := _TRAILING.search(words):
        said = ending["unit"] or (ending["worded"] or "").strip()
        if UNIT.fullmatch(said):
            return said.replace("％", "%"), words[: ending.start()]
    return None, _BRACKET.sub("", words)


def caption_units(words: str) -> tuple[str, ...]:
    """The units that a caption gives for the whole table (单位：亿元、%)."""
    found = _CAPTION_UNIT.search(words)
    if found is None:
        return ()
    said = re.split(r"[、,，;；\s]|和", found["units"].strip())
    return tuple(unit.lstrip("±+") for unit in said if unit and UNIT.fullmatch(unit))


def period_of(words: str, frame: Frame) -> str | None:
    """The period that ``words`` name, or None."""
    for found in re.finditer(TIME, words):
        if period := resolve(found[0], frame):
            return period
    bare = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", words)
    return bare[1] if bare else None


def only_period(words: str, frame: Frame) -> str | None:
    """The period that ``words`` name when they name nothing else (2019年, 1—5月), or None."""
    rest = re.sub(rf"{TIME}|(?:19|20)\d\d年?|累计", "", words)
    return period_of(words, frame) if not rest.strip("（）()，, ") else None


def grown(words: str) -> str | None:
    """The basis of the growth that a caption says its table holds, or None where it says none."""
    if not re.search(r"涨跌|涨幅|增长速度|增速|增幅|增长情况|升降", words):
        return None
    return p.basis_of(words) or "yoy"


def residue(words: str, kind: Kind | None) -> str:
    """What is left of a head once times, measures and growth are taken off: the indicator it names itself."""
    rest = re.sub(TIME, "", words)
    rest = re.sub(r"(?:19|20)\d\d", "", rest)
    if kind == "completion":
        rest = _COMPLETION.sub("", rest)
    if kind == "rank":
        rest = _RANK.sub("", rest)
    if kind in ("change", "delta"):
        rest = _ABSOLUTE.sub("", rest)
        rest = re.sub(r"两年平均|年均|平均", "", rest)
        rest = _GROWTH.sub("", rest).removesuffix("率")
    if kind == "rate" and re.fullmatch(r"(?:占.*)?(?:占比|比重|比例|构成|份额|结构)?", rest):
        rest = ""
    return _EMPTY.sub("", rest)


def _kind(words: str, unit: str | None, frame: Frame) -> tuple[Kind | None, str | None, bool]:
    if _RANK.search(words):
        return "rank", None, True
    if _COMPLETION.search(words) and (
        unit == "%" or (unit is None and re.search(r"完成率|完成比例|进度", words))
    ):
        return "completion", "plan", True
    if _INDEX.search(words):
        return "level", None, True
    if _GROWTH.search(words) and not re.search(r"新增|(?<!增长)(?<!升降)(?<!下降)(?<!增减)率$", words):
        basis = p.basis_of(words)
        if basis == "other" and frame.year is not None and f"{frame.year - 1}年" in words:
            basis = "yoy"  # 比2022年增长 in a table about 2023
        share = unit in ("个百分点", "百分点") or _ABSOLUTE.search(words) or unit not in (None, "%", "倍")
        return "delta" if share else "change", basis or "yoy", basis is not None
    if _SHARE.search(words) and unit in (None, "%"):
        return "rate", None, True
    if unit in ("%", "‰"):
        return "rate", None, True
    return ("level", None, True) if unit else (None, None, True)


def subject(caption: str) -> str:
    """The one indicator that a table of places is about, from the words above it (表3 2021年各区市生产总值); "" for none."""
    bare = re.sub(
        r"^\s*附?表\s*[\d一二三四五六七八九十]*(?:[-—.]\d+)?[、:：.]?", "", _CAPTION_UNIT.sub("", caption)
    )
    _, rest = unit_of("".join(bare.split()))
    rest = re.sub(rf"(?:19|20)\d\d[-—–~至]+(?:19|20)\d\d年?|{TIME}|(?:19|20)\d\d年?", "", rest)
    rest = re.sub(
        r"^(?:全[市区省县国]|[\u4e00-\u9fff]{2,4}[市省])?(?:分|各|按)?(?:区市|市县|县区|区县|县市区?|地区|市州|镇街|街道)+(?:的|主要)?",
        "",
        rest,
    )
    rest = re.sub(r"(?:完成|进展|运行|增长|排名|统计)?(?:情况|一览|统计)?表?$", "", rest)
    return "" if re.search(r"主要|指标|情况|[、及和与]", rest) or len(rest) < 2 else rest


def share(head: Head) -> str:
    """The words that say of what a column gives the share (占全市比重, 比重); "" for one that gives none."""
    _, words = unit_of(head.words)
    return words if head.kind == "rate" and _SHARE.search(words) else ""


def named(head: Head) -> str:
    """The indicator that a head names, as it stands there: growth, times and comparisons at its edges left off."""
    _, words = unit_of(head.words)
    kind = head.kind
    rest = _COMPARED.sub("", words)
    rest = re.sub(TIME, "", rest)
    rest = re.sub(r"^(?:19|20)\d\d年?|^(?:累计|本期|当期|实际)(?!使用|利用|到账|投资)|^的", "", rest)
    if kind in ("change", "delta"):
        rest = re.sub(
            rf"(?:两年平均|年均|平均|{_ABSOLUTE.pattern}|{_GROWTH.pattern}|幅度|速度|率|±|%)+$", "", rest
        )
    if kind == "rank":
        rest = _RANK.sub("", rest)
    return rest.strip("、，,：:-—–/（）() ") or words
