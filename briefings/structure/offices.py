"""Offices and places: an issuer's canonical name, and the places a text speaks of."""

import re
import tomllib
from collections import Counter
from collections.abc import Container
from functools import cache
from importlib.resources import files
from typing import NamedTuple

PROVINCES = [
    "北京市",
    "天津市",
    "上海市",
    "重庆市",
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "台湾省",
    "内蒙古自治区",
    "广西壮族自治区",
    "西藏自治区",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
]
_SHORT = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
} | {name[:-1]: name for name in PROVINCES if name[-1] in "省市"}
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|开发区)|[\u4e00-\u9fff]{2,5}?[省市州区县旗盟])"
)
_HAN_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,4})(?=[市区县])")
_NOT_STEM = frozenset(
    [
        "全",
        "各",
        "我",
        "本",
        "该",
        "城",
        "超",
        "上",
        "股",
        "楼",
        "都",
        "夜",
        "门",
        "集",
        "省",
        "区",
        "县",
        "市",
        "社",
        "园",
        "地",
        "街",
        "片",
        "辖",
        "小",
        "老",
        "新",
        "校",
        "景",
        "库",
        "山",
        "林",
        "牧",
        "矿",
        "灾",
        "病",
        "商",
        "自治",
        "两",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "一",
        "二",
        "多",
        "有",
        "在",
        "和",
        "与",
        "及",
        "对",
        "向",
        "为",
        "是",
        "把",
        "将",
        "从",
        "到",
        "于",
        "由",
        "让",
        "使",
        "每",
        "外",
        "内",
        "跨",
        "县级",
        "地级",
        "副省级",
        "直辖",
        "计划单列",
        "中心",
        "主城",
        "市辖",
        "示范",
        "实验",
        "试验",
        "功能",
        "海",
        "进",
        "双",
        "逐",
        "实",
        "控",
        "落后",
        "先进",
        "友好",
        "姊妹",
        "特大",
        "超大",
        "沿海",
        "周边",
        "全国",
        "国内",
        "国家",
        "经济",
        "核心",
        "保税",
        "服务",
        "产业",
        "工业",
        "高新",
        "东部",
        "西部",
        "南部",
        "北部",
        "中部",
        "城市",
        "贫困",
        "边远",
        "农村",
        "乡镇",
        "入",
        "推动",
        "支持",
        "加快",
        "建设",
        "指导",
        "推进",
        "获批",
        "通过",
        "以及",
        "其他",
        "所有",
        "部分",
        "重点",
        "有关",
        "相关",
        "获",
        "社会",
        "资本",
        "证券",
        "新兴",
        "消费",
        "国际",
        "大宗",
        "人才",
        "房地产",
        "期货",
        "要素",
        "交易",
        "上下",
        "集贸",
        "农贸",
        "批发",
        "旗舰",
        "都",
        "示范园",
        "综合",
        "度假",
        "风景",
        "旅游",
        "生活",
        "住宅",
        "住",
        "校园",
        "厂",
        "服",
        "营",
        "战",
        "军",
        "禁",
        "误",
        "盲",
        "时",
        "误",
        "无",
        "疫",
        "地",
    ]
)
_COMMON = {
    "区": "地社园景校片山库新城辖郊市牧林矿灾厂小街港专范发税验战疫特禁选赛试护作商功老主片",
    "市": "超股楼都夜门集上城入进房菜早花车书",
    "县": "",
    "省": "",
}
"""Before 区 and 市 these make common words (社区, 超市), not names."""
_LEADS = re.compile(
    r"^(?:关于|今年|以来|上半年|全面|推动|支持|加快|获批|通过|根据|按照|现在|代表|出台|印发|制定|修订|指导|会同)"
)


class Office(NamedTuple):
    """A department's name taken apart: the place before it, the stem in its canonical form, the suffix."""

    place: str
    name: str


@cache
def _departments() -> tuple[dict[str, str], re.Pattern[str], frozenset[str]]:
    """Every way to write a department → its canonical name; the pattern that finds one; the canonical names."""
    data = tomllib.loads((files("briefings") / "data" / "issuers.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    suffixes: list[str] = data["plain"]["suffixes"]
    for department in data["department"]:
        stems = [department["name"], *department["also"]]
        canonical = department.get("canonical", department["name"])
        if department.get("whole"):
            names.update(dict.fromkeys(stems, canonical))
            continue
        for stem in stems:
            for suffix in suffixes:
                kept = suffix
                if suffix in ("委", "委员会"):
                    kept = "委员会" if department.get("long") else "委"
                names[stem + suffix] = canonical + kept
    for stem in data["plain"]["stems"]:
        for suffix in suffixes:
            names.setdefault(stem + suffix, stem + data["suffixes"].get(suffix, suffix))
    longest = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(map(re.escape, longest))), frozenset(names.values())


def canonical(name: str, place: str | None = None) -> str:
    """The canonical name of an office: 市发展改革委 with the place 临澜市 is 临澜市发展和改革委员会.

    A name without a place of its own (市…, 区…, 我…, or none) gets ``place``; unknown offices stay as written.
    """
    text = re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")
    names, pattern, _ = _departments()
    match = None
    for found in pattern.finditer(text):
        if found.end() == len(text):
            match = found
            break
    if match is None:
        head, tail = "", text
        for level in ("市", "区", "县", "省", "州"):
            if text.startswith(level) and len(text) > 2 and place:
                return place + text[1:]
        return head + tail
    before, department = text[: match.start()], names[match.group()]
    before = re.sub(r"人民政府$|政府$", "", before)
    if before in ("", "市", "区", "县", "省", "州", "我市", "我区", "我县", "我省", "全市", "本市"):
        level = before[-1:] if place is None else ""
        return (place or level) + department
    return with_suffix(before) + department


def with_suffix(place: str) -> str:
    """A place with its suffix where it is a province written short (山东 → 山东省)."""
    return _SHORT.get(place, place)


def department(text: str, known: Container[str] = ()) -> tuple[int, int] | None:
    """The first department named in ``text`` with its level, or one of the ``known`` places, before it: (start, end)."""
    for match in _departments()[1].finditer(text):
        start = match.start()
        before = text[max(0, start - 9) : start]
        own = re.search(r"([\u4e00-\u9fff]{2,6}[省市区县州]|[省市区县州])$", before)
        if own is None:
            continue
        lead = own.group(1)
        for length in (3, 4, 5):
            if len(lead) >= length and lead[-length:] in known:
                return start - length, match.end()
        return start - 1, match.end()
    return None


def ends_as_office(text: str) -> bool:
    """Whether ``text`` ends as an office's name does."""
    return (
        re.search(
            r"(?:委员会|[委局厅办社院署]|办公室|中心|政府|管委会|银行|公司|集团|大学|学院|医院|法院|检察院|街道|[\u4e00-\u9fff]镇|指挥部|协会|总队|支队)$",
            text,
        )
        is not None
    )


def prefix(text: str) -> str | None:
    """The place that ``text`` begins with: province, city, district or county, the lowest named."""
    rest, best = text, None
    for _ in range(3):
        taken, name = _first_place(rest)
        if not taken:
            break
        best, rest = name, rest[taken:]
    return best


def place_at_end(phrase: str) -> str | None:
    """The place that ``phrase`` ends with, words before it left out (邀请到了临澜市 → 临澜市)."""
    for length in (3, 4):
        if len(phrase) >= length and _stem(phrase[-length:-1]):
            return phrase[-length:]
    return None


def _first_place(text: str) -> tuple[int, str]:
    """How many characters of ``text`` are a place's name, and that name with its suffix; (0, "") for none."""
    for province in PROVINCES:
        if text.startswith(province):
            return len(province), province
    match = _PLACE.match(text)
    if match and _stem(match.group()[:-1]) and text[match.end() : match.end() + 1] not in tuple("域场级属"):
        return match.end(), match.group()
    for short, province in _SHORT.items():
        if text.startswith(short) and len(text) > len(short):
            return len(short), province
    return 0, ""


def places(text: str) -> Counter[str]:
    """How often each place is spoken of in ``text``, a mention without its suffix counting too."""
    stems: Counter[str] = Counter()
    sample = text[:200_000]
    for match in re.finditer(
        r"市(?![场民值容面价况郊域辖])|区(?![域间别分市])|县(?![域级])|省(?![级内外])", sample
    ):
        at = match.start()
        for length in (2, 3, 4):
            stem = sample[max(0, at - length) : at]
            if (
                len(stem) == length
                and _stem(stem)
                and stem[-1] not in _COMMON[match.group()]
                and all("\u4e00" <= ch <= "\u9fff" for ch in stem)
            ):
                stems[stem + match.group()] += 1
    kept: Counter[str] = Counter()
    for name, count in stems.most_common(60):
        longer = [
            other
            for other in stems
            if other != name and other.endswith(name) and stems[other] * 10 >= count * 9
        ]
        if len(name) == 3 and count >= 3 and longer:
            # 家庄市 stands only inside 石家庄市: but a fixed word before a city's name is no part of it.
            best = max(longer, key=len)
            if sample.count(name[:-1]) <= sample.count(best[:-1]):
                continue
        if (
            len(name) > 3
            and not any(name.endswith(other) for other in kept)
            and stems.get(name[1:], 0) > count
        ):
            continue
        if len(name) > 3 and any(name.endswith(other) for other in kept):
            continue
        if count > 1 or sample.count(name[:-1]) > 2:
            kept[name] = 3 * count + sample.count(name[:-1])
    return kept


def _stem(stem: str) -> bool:
    if stem in _NOT_STEM or len(stem) < 2:
        return False
    if (
        stem[-1] in "全各我本该省市区县辖的为是和与及新社园街片级等个大城"
        or stem[0] in "的了到在和与及我全各该于对向从各省市区县由将把为是年月日了个等其这那并"
    ):
        return False
    return not (stem[-2:] in _NOT_STEM or _LEADS.match(stem))
