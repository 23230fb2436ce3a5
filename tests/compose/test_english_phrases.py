"""Tests of data/phrases: every sentence of compose has its English, with the same pieces and no figure of its own."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from briefings.compose.speech import phrases

_SLOT = re.compile(r"\{(\w+)\}")
_FOLDER = Path(str(resources.files("briefings")))


def _templates(tree: ast.Module) -> Iterator[str]:
    """The Chinese of every ``desk.say`` and ``desk.words``, given as a literal or by a name that stands for literals."""
    named: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            found = [
                c.value
                for c in ast.walk(node.value)
                if isinstance(c, ast.Constant) and isinstance(c.value, str)
            ]
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).extend(found)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in ("say", "words") and node.args:
            first = node.args[0]
            for part in ast.walk(first):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                elif isinstance(part, ast.Name):
                    yield from named.get(part.id, [])


_SPOKEN = {
    template: path.name
    for path in sorted((_FOLDER / "compose").glob("*.py"))
    for template in _templates(ast.parse(path.read_text(encoding="utf-8")))
}


def test_every_sentence_can_be_said_in_english() -> None:
    """A sentence without English would stop an English briefing."""
    missing = {
        t: where for t, where in _SPOKEN.items() if t not in phrases() and re.search(r"[\u3000-\u9fff]", t)
    }
    assert not missing


def test_both_languages_have_the_same_pieces() -> None:
    """No number, name or citation is lost or added by saying it in English."""
    for chinese, english in phrases().items():
        for form in english.split("|"):
            assert set(_SLOT.findall(form)) == set(_SLOT.findall(chinese)), chinese


def test_no_phrase_holds_a_figure() -> None:
    """A figure comes from a source or a calculation, never from the words around it."""
    assert not [english for english in phrases().values() if re.search(r"\d", _SLOT.sub("", english))]


def test_no_phrase_is_chinese() -> None:
    """No full-width punctuation and no Chinese in English sentences, but for the units 万 and 亿 that are explained."""
    odd = re.compile(r"[\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]")
    left = {e for e in phrases().values() if odd.search(re.sub("[万亿《》]", "", e))}
    assert not left


@pytest.mark.parametrize("path", sorted((_FOLDER / "data/phrases").glob("*.toml")), ids=lambda p: p.stem)
def test_every_phrase_is_used(path: Path) -> None:
    """What nobody says is not kept."""
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = [p.read_text(encoding="utf-8") for p in (_FOLDER / "compose").glob("*.py")]
    constants = {
        node.value
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not [chinese for chinese in kept if chinese not in constants]
