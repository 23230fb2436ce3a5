"""Tests of briefings.settings: the file, the environment, and the sentence said of each mistake."""

from pathlib import Path

import pytest

from briefings import settings
from briefings.errors import ConfigurationError

BRIEFING = '[[briefing]]\nid = "a"\nkind = "digest"\ntitle = "t"\nperiod = "2021-H1"\n'


def test_the_template_of_init_is_valid_and_orders_one_digest() -> None:
    """What ``briefings init`` writes can be built as it is."""
    loaded = settings.parse(settings.template(), Path("/w"))
    assert [(o.id, o.kind, o.periods) for o in loaded.orders] == [
        ("departments-2021h1", "digest", ("2021-H1",))
    ]
    assert loaded.output == Path("/w/output")
    assert loaded.store == "/w/.briefings/store.sqlite3"


def test_without_a_file_there_are_defaults_and_no_briefings(tmp_path: Path) -> None:
    """A workspace needs no briefings.toml to take documents in."""
    loaded = settings.load(tmp_path)
    assert loaded.orders == ()
    assert loaded.timezone == "Asia/Shanghai"
    assert loaded.search[0] == tmp_path


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[workspace]\noutptu = "x"\n', "unknown key 'outptu' in [workspace]. Did you mean 'output'?"),
        ('[workspce]\noutput = "x"\n', "unknown key 'workspce'. Did you mean 'workspace'?"),
        (BRIEFING + 'tilte = "x"\n', "unknown key 'tilte' in [briefing]. Did you mean 'title'?"),
        (BRIEFING.replace("2021-H1", "2021上半年"), "is not a period; write 2021-H1"),
        (BRIEFING.replace("2021-H1", "2021-Q5"), "is not a period"),
        (BRIEFING.replace('"digest"', '"digset"'), "briefing #1 kind"),
        (BRIEFING.replace('"digest"', '"yoy"'), "a yoy has two periods, the earlier first"),
        (BRIEFING + BRIEFING, "two briefings have the id 'a'"),
        (BRIEFING.replace('"a"', '"../a"'), "briefing #1 id"),
        ('[workspace]\ntimezone = "Asia/Shangahi"\n', "there is no time zone 'Asia/Shangahi'"),
        (BRIEFING + "[briefing.masthead]\nnam = 'x'\n", "unknown key 'nam' in [briefing.masthead]. Did you mean 'name'?"),
        (BRIEFING + "[briefing.masthead]\nname = 'x'\n", "a masthead belongs to the official theme"),
        (BRIEFING + 'theme = "official"\n[briefing.masthead]\nforeword = "增长6%"\n', "figures need a source"),
        ('[service]\naddress = "briefings.example.org"\n', "is not the address of a site"),
        ("[[briefing]]\n", "briefing #1 title is missing."),
        ("a =", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_in_one_sentence_with_a_suggestion(text: str, sentence: str) -> None:
    """Nothing unknown or wrong is ignored in silence."""
    with pytest.raises(ConfigurationError) as caught:
        settings.parse(text, Path("/w"))
    assert sentence in str(caught.value)
    assert caught.value.exit_code == 5


def test_the_environment_beats_the_file_and_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """One variable changes one key."""
    monkeypatch.setenv("BRIEFINGS_WORKSPACE__OUTPUT", "elsewhere")
    loaded = settings.parse('[workspace]\noutput = "here"\ndata = "kept"\n', Path("/w"))
    assert loaded.output == Path("/w/elsewhere")
    assert loaded.data == Path("/w/kept")


def test_an_unknown_briefing_is_an_error_with_a_suggestion() -> None:
    """A mistyped id names the nearest one."""
    with pytest.raises(ConfigurationError, match="Did you mean 'districts-2020'"):
        settings.parse(BRIEFING.replace('"a"', '"districts-2020"'), Path("/w")).order("district-2020")


def test_a_file_that_is_not_text_is_said_so(tmp_path: Path) -> None:
    """GB18030 in briefings.toml is a configuration error, not a traceback."""
    (tmp_path / "briefings.toml").write_bytes('[workspace]\noutput = "输出"\n'.encode("gb18030"))
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        settings.load(tmp_path)


def test_a_masthead_says_what_is_written_and_nothing_else() -> None:
    """What an office does not configure stays empty: no office, number or classification is invented."""
    text = BRIEFING + 'theme = "official"\n[briefing.masthead]\nname = "工作专报"\nissue = "第12期"\n'
    masthead = settings.parse(text, Path("/w")).orders[0].masthead
    assert masthead is not None
    assert masthead.words == ("工作专报", "第12期")


def test_the_address_of_the_page_has_no_slash_at_its_end() -> None:
    """Paths are put behind it."""
    loaded = settings.parse('[service]\naddress = "https://b.example.org/office/"\n', Path("/w"))
    assert loaded.address == "https://b.example.org/office"
