"""Tests of briefings.settings: schedules and the service, and what is said of each mistake in them."""

from pathlib import Path

import pytest

from briefings import settings
from briefings.errors import ConfigurationError
from briefings.records.codec import to_json
from briefings.records.run import Schedule

BRIEFING = '[[briefing]]\nid = "a"\nkind = "digest"\ntitle = "t"\nperiod = "2021-H1"\n'


def test_a_schedule_has_its_briefing_s_zone_or_the_workspace_s() -> None:
    """Workdays are asked for."""
    text = (
        '[workspace]\ntimezone = "Asia/Urumqi"\n' + BRIEFING + 'schedule = "0 9 * * 1-5"\nworkdays = true\n'
    )
    assert settings.parse(text, Path("/w")).schedules == (
        Schedule("a", "a", "0 9 * * 1-5", "Asia/Urumqi", workdays=True),
    )
    (own,) = settings.parse(text + 'timezone = "Asia/Tokyo"\n', Path("/w")).schedules
    assert own.timezone == "Asia/Tokyo"


def test_a_schedule_is_no_part_of_what_an_edition_is_made_from() -> None:
    """Another hour makes no new edition."""
    plain = settings.parse(BRIEFING, Path("/w"))
    timed = settings.parse(BRIEFING + 'schedule = "@daily"\n', Path("/w"))
    assert (plain.schedules, len(timed.schedules)) == ((), 1)
    assert to_json(plain.orders[0]) == to_json(timed.orders[0])


def test_the_service_has_an_inbox_in_the_workspace() -> None:
    """Unless another folder is named."""
    plain = settings.parse("", Path("/w"))
    assert (plain.inbox, plain.debounce) == (Path("/w/inbox"), 10)
    other = settings.parse('[service]\ninbox = "/srv/in"\ndebounce = 0.5\n', Path("/w"))
    assert (other.inbox, other.debounce) == (Path("/srv/in"), 0.5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (BRIEFING + 'schedule = "9 30 * * *"\n', "Did you mean '30 9 * * *'? The minute comes first"),
        (BRIEFING + 'schedule = "@dayly"\n', "there is no schedule '@dayly'. Did you mean '@daily'?"),
        (BRIEFING + 'schedule = "0 9 * *"\n', "has 4 fields instead of five"),
        (BRIEFING + "workdays = true\n", "workdays belongs to a schedule; add schedule ="),
        (BRIEFING + 'schedule = "@daily"\ntimezone = "Asia/Shangai"\n', "Did you mean 'Asia/Shanghai'?"),
        (BRIEFING + 'shedule = "@daily"\n', "unknown key 'shedule' in [briefing]. Did you mean 'schedule'?"),
        ('[service]\ninbx = "in"\n', "unknown key 'inbx' in [service]. Did you mean 'inbox'?"),
        ("[service]\ndebounce = -1\n", "service debounce"),
        ("[service]\ndebounce = 3600\n", "service debounce"),
    ],
)
def test_a_mistake_in_them_is_said_when_the_file_is_read(text: str, sentence: str) -> None:
    """Not when the briefing should have been there."""
    with pytest.raises(ConfigurationError) as caught:
        settings.parse(text, Path("/w"))
    assert sentence in str(caught.value)
