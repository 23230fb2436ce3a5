"""Offices and places: an issuer's canonical name, and the places a text speaks of."""

import re
import tomllib
from collections import Counter
from collections.abc import Container
from functools import cache
from importlib.resources import files
from typing import Any


def _lists() -> dict[str, Any]:
    return tomllib.loads((files("briefings") / "data" / "places.toml").read_text(encoding="utf-8"))


_PLACES = _lists()
PROVINCES: tuple[str, ...] = tuple(_PLACES["provinces"])
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
_NOT_STEM: frozenset[str] = frozenset(_PLACES["words"])
_COMMON: dict[str, str] = _PLACES["common"]
"""Before 区 and 市 these make common words (社区, 超市), not names."""
_LEADS = re.compile(
    r"^(?:关于|今年|以来|上半年|全面|推动|支持|加快|获批|通过|根据|按照|现在|代表|出台|印发|制定|修订|指导|会同)"
)


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
