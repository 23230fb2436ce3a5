"""Chinese places, offices and comparators in English: known forms, else pinyin."""

import re
from functools import cache

from briefings.compose.english_numbers import lexicon

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_VOWELS = tuple("aeoāáǎàēéěèōóǒò")
_LABEL = re.compile(r"第(\d+)(行|页|段)")
_CELL = re.compile(r"表(\d+)\s*第(\d+)行第(\d+)列")
_LEAST = 2
_COUNTED = re.compile(r"([一二三四五六七八九十]+)个?(.+)")
_PLACE = re.compile(r"(?!全|各|本|我)[\u4e00-\u9fff]{2,4}(?:省|(?<!城)市|县|自治州)")
"""A place by its ending; of what ends in 区 most are zones, not districts."""


@cache
def place(name: str) -> str:
    """``name`` in Latin letters: Qingdao for 青岛市, Jimo District for 即墨区; as it is where it is not Chinese."""
    words = lexicon()
    kinds: dict[str, str] = words["kinds_of_place"]
    if name in words["places"]:
        return str(words["places"][name])
    if not _HAN.fullmatch(name):
        return name
    for kind in sorted(kinds, key=len, reverse=True):
        stem = name.removesuffix(kind)
        if stem != name and len(stem) >= _LEAST:
            return (
                str(words["places"].get(stem, "")) + kinds[kind]
                if stem in words["places"]
                else pinyin(stem) + kinds[kind]
            )
    return pinyin(name)


@cache
def office(name: str) -> str:
    """An office without its place: as the lexicon has it; else its stem in pinyin and its kind, with the Chinese.

    A name that says no kind of office (a newspaper, a firm) stays Chinese.
    """
    words = lexicon()
    if name in words["offices"]:
        return str(words["offices"][name])
    for kind, english in words["kinds_of_office"].items():
        stem = name.removesuffix(kind)
        if stem != name and len(stem) >= _LEAST and _HAN.fullmatch(stem):
            return f"{pinyin(stem)} {english} ({name})"
    return name


@cache
def scope(whose: str) -> str:
    """A place or group of firms in brackets behind an indicator; Chinese where it is neither and not in the lexicon."""
    words = lexicon()
    if whose in words["scopes"]:
        return str(words["scopes"][whose])
    if whose in words["places"] or _PLACE.fullmatch(whose):
        return place(whose)
    return whose


def comparator(words: str) -> str:
    """What a gap is measured against or a rank is a place in; Chinese where the lexicon has no English."""
    lexical = lexicon()
    known: dict[str, str] = lexical["comparators"]
    if words in known:
        return known[words]
    for whole, behind in lexical["wholes"].items():
        if words.startswith(whole) and (several := _several(words.removeprefix(whole).lstrip("的"))):
            return f"{several} {behind}"
    return _several(words) or words


def _several(words: str) -> str:
    """The six industrial districts, for 六个工业区市; "" where the lexicon does not know what is counted."""
    lexical = lexicon()
    found = _COUNTED.fullmatch(words)
    if not found or found[1] not in lexical["counts"] or found[2] not in lexical["peers"]:
        return ""
    return f"the {lexical['counts'][found[1]]} {lexical['peers'][found[2]]}"


def label(place_in_source: str) -> str:
    """Where a sentence stands: line 34, p. 3, table 2, row 3, column 2; as it is where the label has another form."""
    said = _CELL.sub(r"table \1, row \2, column \3", place_in_source)
    names = {"行": "line", "页": "p.", "段": "para."}
    return _LABEL.sub(lambda m: f"{names[m[2]]} {m[1]}", said)


def pinyin(name: str) -> str:
    """``name`` as one word in pinyin without tones, an apostrophe where two syllables would run together."""
    from pypinyin import lazy_pinyin

    joined = ""
    for syllable in lazy_pinyin(name, v_to_u=True):
        joined += ("'" if joined and syllable.startswith(_VOWELS) else "") + syllable
    return joined[:1].upper() + joined[1:]
