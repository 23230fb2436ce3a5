"""What is looked at before a slow pattern must never hide what the pattern would find."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.extract import naming, patterns, subjects
from briefings.extract.lexicon import default
from briefings.extract.periods import FIRST, SIGN, TIME
from briefings.extract.words import any_of, by_first, by_last, cues, either, ends_with, starts_with

FEW = settings(max_examples=60, deadline=None)
LISTS = ("verbs", "light", "measures", "predicates", "bare", "org_suffixes", "scopes")
LETTERS = "的了新增建设完成企业项目收入总额1、,“"


@FEW
@given(st.from_regex(re.compile(TIME), fullmatch=True), st.text(LETTERS, max_size=4))
def test_a_time_begins_with_its_letters_and_holds_a_sign(time: str, around: str) -> None:
    """Wherever the pattern of times matches, both looks say yes."""
    for found in re.finditer(TIME, text := around + time + around):
        assert re.match(f"[{FIRST}]", found[0])
        assert SIGN.search(text, found.start(), found.end() + 1)


@FEW
@given(st.from_regex(patterns.FUTURE), st.text(LETTERS, max_size=4))
def test_what_is_to_come_holds_a_sign(words: str, around: str) -> None:
    """The letters looked for first stand in all that the pattern of the future finds."""
    assert patterns.MAYBE_FUTURE.search(around + words + around)


@FEW
@given(st.data(), st.text(LETTERS, max_size=3))
def test_turns_end_on_their_letters(data: st.DataObject, before: str) -> None:
    """Growth, steps and comparisons are found with the look at the last letter as without."""
    word = data.draw(
        st.sampled_from((*cues("up"), *cues("short_down"), *cues("reach"), "比全省高", "较全市低"))
    )
    tail = data.draw(st.sampled_from(("", "了", "幅度", "到", "至", "为", "到约", "出", "预期目标")))
    text = f"{before}同比{word}{tail}"
    end = len(text)
    assert bool(patterns.direction(text, 0, end)) == bool(
        patterns.DIRECTION.search(text, max(0, end - 10), end)
    )
    assert bool(patterns.reach(text, 0, end)) == bool(patterns.REACH.search(text, max(0, end - 12), end))
    assert bool(patterns.than(text, 0, end)) == bool(patterns.GAP_THAN.search(text, 0, end))


@FEW
@given(st.sampled_from(LISTS), st.data(), st.text(LETTERS, max_size=3), st.text(LETTERS, max_size=3))
def test_words_are_found_at_both_ends(key: str, data: st.DataObject, before: str, after: str) -> None:
    """Looking words up by a letter says what a pattern of all of them says."""
    text = before + data.draw(st.sampled_from(cues(key))) + after
    start, end = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    pattern, first, last = any_of(key), by_first(cues(key)), by_last(cues(key))
    assert starts_with(first, text, start, end) == bool(re.compile(pattern).match(text, start, end))
    assert ends_with(last, text, start, end) == bool(re.compile(pattern + "$").search(text, start, end))


@pytest.mark.parametrize(
    "words", [cues("verbs"), tuple(default().themes_of), ("a", "ab", "(x", "(", "[", "^b")]
)
def test_a_long_list_matches_the_longest_word(words: tuple[str, ...]) -> None:
    """However a list is folded and parted, each word is found whole in the midst of others."""
    pattern = re.compile(either(words))
    plain = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    text = "，".join(words) + "的".join(reversed(words))
    assert pattern.findall(text) == plain.findall(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上半年临江市集中供热面积", "集中供热面积"),
        ("其中超市销售额", "超市销售额"),
        ("在校生人数", "在校生人数"),
        ("力争年内可再生能源装机", "可再生能源装机"),
        ("市级财政收入", "财政收入"),
    ],
)
def test_what_leads_to_a_name_is_left_off(text: str, name: str) -> None:
    """Times, places and linking words go; a word that only begins like one stays."""
    own = naming.own(text, 0, len(text)).name
    assert own is not None and own.text(text) == name


def test_a_body_is_hinted_wherever_there_is_a_subject() -> None:
    """No subject is found where nothing names a body."""
    for text in (
        "临江港集团完成投资",
        "柳河村集体收入",
        "市供销社系统实现销售额",
        "望山水库工程累计完成投资",
    ):
        found = subjects.subject(text, 0, len(text))
        assert found is not None and subjects.hinted(text, found.start, found.end + 4)
