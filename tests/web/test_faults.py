"""What the rooms say in English for the command line is said on the page in both languages."""

import ast
import re
from pathlib import Path

import pytest
from places import Place, csrf

from briefings.errors import UsageError
from briefings.web.site import faults, told

ELSEWHERE = {"store/engine.py", "store/migrations.py", "store/copying.py"}
"""They open a store, before there is a page."""


def sentences(root: Path) -> list[str]:
    """The beginning of every usage error that the page may meet, its slots filled with something."""
    package = root / "briefings"
    files = [
        *sorted(package.glob("store/*.py")),
        *(package / f"{n}.py" for n in ("pipeline", "posting", "unattended")),
    ]
    found = []
    for path in files:
        if str(path.relative_to(package)) in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "UsageError"
            ):
                found += written(node.args[0])
    return found


def written(said: ast.expr) -> list[str]:
    """A sentence as somebody may meet it."""
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    assert isinstance(said, ast.JoinedStr), ast.dump(said)
    parts = [str(v.value) if isinstance(v, ast.Constant) else "x7" for v in said.values]
    return ["".join(parts)]


def test_every_fault_of_the_rooms_is_told_in_both_languages(root: Path) -> None:
    """A new one needs its entry in faults.toml."""
    met = sentences(root)
    assert len(met) > 35
    # Whose verb is in a slot.
    known = {
        "'x7' is x7; `briefings mail outbox` lists them.",
        "x7 is x7; `briefings mail outbox` lists them.",
    }
    known |= {"Letter x7 to x7 x7; it goes only once."}
    for sentence in met:
        if sentence in known:
            continue
        chinese, english = told("zh", UsageError(sentence)), told("en", UsageError(sentence))
        assert re.search(r"[一-鿿]", chinese) and "程序的原话" not in chinese, sentence
        assert "`" not in chinese + english and "--" not in chinese + english, sentence
        # A slot that takes too little shows half a word.
        assert "x" not in re.sub("x7", "", re.sub(r"[A-Za-wyz]*x[A-Za-wyz]+|[A-Za-wyz]+x", "", chinese)), (
            sentence
        )


def test_no_entry_has_a_slot_that_its_sentence_lacks() -> None:
    """Every entry can be filled, and says more than blanks in both languages."""
    for said, way in faults():
        slots = dict.fromkeys(said.groupindex, "x")
        assert way["zh"].format(**slots).strip() and way["en"].format(**slots).strip()
        assert re.search(r"[一-鿿]", way["zh"]) and not re.search(r"[一-鿿]", way["en"])


def test_what_nobody_foresaw_is_at_least_introduced_in_chinese() -> None:
    """An unknown English sentence does not stand alone on a Chinese page; a Chinese one stays as it is."""
    assert told("zh", "The cat sat on it.") == "没有做成。程序的原话：The cat sat on it."
    assert told("en", "The cat sat on it.") == "The cat sat on it."
    assert told("zh", "文件打不开") == "文件打不开"


@pytest.mark.parametrize(("path", "chinese", "english"), [
    ("/runs/r999", "没有r999这次生成。", "There is no run r999."),
    ("/documents/nowhere-1", "没有nowhere-1这篇文件。", "There is no document nowhere-1."),
])  # fmt: skip
def test_a_page_that_is_not_there_says_so(place: Place, path: str, chinese: str, english: str) -> None:
    """In the language of the page."""
    client = place.browser("viewer")
    for language, said in (("zh", chinese), ("en", english)):
        answer = client.get(f"{path}?lang={language}")
        assert answer.status_code == 404 and said in answer.text


def test_a_form_that_cannot_be_says_so(place: Place) -> None:
    """A correction that is not there, in Chinese and without commands of the command line."""
    client = place.browser("editor")
    answer = client.post(
        "/corrections/c99?lang=zh", data={"csrf": csrf(client), "wanted": "undo", "reason": "x"}
    )
    assert answer.status_code == 422 and "c99没有可以撤销的更正。" in answer.text
