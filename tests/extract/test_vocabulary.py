"""The workspace's own lexicons: they extend and replace the packed ones, and what is wrong with them is told."""

from pathlib import Path

import pytest

from briefings.errors import ConfigurationError
from briefings.extract import default, lexicon_of

OWN = """
[[indicator]]
name = "链主企业"
aliases = ["重点产业链链主企业"]
polarity = "up_good"
theme = "industry"
"""


def written(folder: Path, indicators: str = "", themes: str = "") -> Path:
    """A folder with these lexicons."""
    for name, text in (("indicators.toml", indicators), ("themes.toml", themes)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_without_files_the_packed_lexicon_is_used(tmp_path: Path) -> None:
    """No folder, or an empty one, changes nothing."""
    assert lexicon_of(None) is default()
    assert lexicon_of(tmp_path / "lexicons") is default()


def test_a_new_indicator_is_added_and_known_by_its_aliases(tmp_path: Path) -> None:
    """What is packed stays."""
    found = lexicon_of(written(tmp_path, OWN))
    assert found.canonical("重点产业链链主企业") == "链主企业"
    assert found.canonical("固定资产投资") == "固定资产投资"
    assert len(found.indicators) == len(default().indicators) + 1


def test_a_packed_indicator_is_replaced_and_its_alias_may_be_taken(tmp_path: Path) -> None:
    """The workspace's claim goes before the packed one."""
    text = '[[indicator]]\nname = "地区生产总值"\npolarity = "none"\n[[indicator]]\nname = "本市GDP"\naliases = ["GDP"]\n'
    found = lexicon_of(written(tmp_path, text))
    mine = next(i for i in found.indicators if i.name == "地区生产总值")
    assert (mine.polarity, mine.aliases) == ("none", ())
    assert found.canonical("GDP") == "本市GDP"
    assert found.canonical("生产总值") is None


def test_replace_leaves_the_packed_ones_out(tmp_path: Path) -> None:
    """``replace = true`` and there is nothing but the workspace's own."""
    themes = 'replace = true\n[[theme]]\nkey = "chain"\nlabel = "产业链"\ncues = ["链主", "产业链"]\n'
    indicators = "replace = true\n" + OWN.replace('theme = "industry"', 'theme = "chain"')
    found = lexicon_of(written(tmp_path, indicators, themes))
    assert [i.name for i in found.indicators] == ["链主企业"]
    assert [t.key for t in found.themes] == ["chain"]
    assert found.theme("做强产业链，招引链主") == "chain"


def test_a_theme_with_a_packed_key_stands_in_its_place(tmp_path: Path) -> None:
    """The order of themes stays; a new one comes last."""
    themes = '[[theme]]\nkey = "economy"\nlabel = "宏观"\ncues = ["宏观"]\n[[theme]]\nkey = "chips"\nlabel = "芯片"\ncues = ["芯片"]\n'
    found = lexicon_of(written(tmp_path, themes=themes))
    assert found.themes[0].label == "宏观"
    assert found.themes[-1].key == "chips"
    assert len(found.themes) == len(default().themes) + 1


@pytest.mark.parametrize(
    ("indicators", "themes", "told"),
    [
        ("[[indicater]]\nname = 'x'", "", "Did you mean 'indicator'"),
        ("[[indicator]]\nname = 'x'\nalias = ['y']", "", "Did you mean 'aliases'"),
        ("[[indicator]]\nname = 'x'\naliases = 'y'", "", "a list of texts"),
        ("[[indicator]]\naliases = ['y']", "", "name is missing"),
        ("[[indicator]]\nname = 'x'\npolarity = 'good'", "", "up_good"),
        ("[[indicator]]\nname = 'x'\ntheme = 'industri'", "", "Did you mean 'industry'"),
        ("[[indicator]]\nname = 'x'\nrank = true", "", "a whole number"),
        ("[[indicator]]\nname = 'x'\naliases = ['z']\n[[indicator]]\nname = 'y'\naliases = ['z']", "", "'z' is claimed by 'x' and by 'y'"),
        ("[[indicator]]\nname = 'x'\n[[indicator]]\nname = 'x'", "", "two indicators have the name 'x'"),
        ("[[indicator]]\nname = 'x'\naliases = ['y']\n[[indicator]]\nname = 'y'", "", "'y' is claimed by 'x' and by 'y'"),
        ("replace = 'yes'", "", "true or false"),
        ("indicator = 3", "", "[[indicator]]"),
        ("[[indicator]", "", "not valid TOML"),
        ("", "[[theme]]\nkey = 'a'\nlabel = 'A'", "cues is missing"),
        ("", "[[theme]]\nkey = 'a'\nlabel = 'A'\ncues = ['b']\n[[theme]]\nkey = 'a'\nlabel = 'B'\ncues = ['c']", "two themes have the key 'a'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, indicators: str, themes: str, told: str) -> None:
    """One sentence that names the file, the place, and what may have been meant."""
    with pytest.raises(ConfigurationError) as error:
        lexicon_of(written(tmp_path, indicators, themes))
    assert told in str(error.value)
    assert "lexicons/" in str(error.value)
