"""Tests of briefings.store.nul: whatever is in a text comes back."""

from hypothesis import given
from hypothesis import strategies as st

from briefings.store import open_store
from briefings.store.nul import hidden, shown


@given(st.text(alphabet="\0\ufdd0\ufdd1\ufdd2a港", max_size=12))
def test_what_is_hidden_is_shown_again(text: str) -> None:
    """Also where the text holds the very marks; nothing is left of U+0000 meanwhile."""
    assert shown(hidden(text)) == text
    assert "\0" not in hidden(text)


def test_two_texts_never_become_one() -> None:
    """A mark that stands in a text is not taken for ours."""
    assert len({hidden(text) for text in ("\0", "\ufdd0\ufdd2", "\ufdd0\ufdd1\ufdd2", "\ufdd0")}) == 4


def test_a_store_keeps_it(store_url: str) -> None:
    """On both databases, and it can be searched for."""
    store = open_store(store_url)
    store.also_named("0" * 64, "一\0\ufdd0.txt", now="2021-12-01")
    assert store.names("0" * 64) == ("一\0\ufdd0.txt",)
    assert store.find_passages(["\0"]) == ()
    store.close()
