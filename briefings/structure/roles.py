"""What a heading or a sentence is for: done, problem, plan, question or formula."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from briefings.records.document import Role

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_STOP = re.compile(r"[。！？!?]+[”’」』）)]*[ \u3000\u00a0]*")


class Heading(NamedTuple):
    """What a heading says of its section: the role its first sentence has, and those its sentences may turn to."""

    role: Role | None
    turns: frozenset[Role]


class _Cues(NamedTuple):
    heading: dict[str, re.Pattern[str]]
    whole: re.Pattern[str]
    sentence: dict[str, re.Pattern[str]]


@cache
def _cues() -> _Cues:
    text = (files("briefings") / "data" / "roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    heading = {role: re.compile("|".join(data["heading"][role])) for role in ("problem", "plan", "done")}
    whole = re.compile("(?:" + "|".join(data["heading"]["whole"]) + ")")
    sentence = {name: re.compile("|".join(patterns)) for name, patterns in data["sentence"].items()}
    return _Cues(heading, whole, sentence)


def of_heading(heading: str, year: int | None = None) -> Heading:
    """The role of a section by its heading; ``year`` is the document's, so that a later one is a plan's."""
    cues = _cues().heading
    problem = cues["problem"].search(heading)
    plan = cues["plan"].search(heading)
    years = [int(y) for y in _YEAR.findall(heading)]
    later = year is not None and any(y > year for y in years)
    earlier = year is not None and any(y <= year for y in years)
    done = cues["done"].search(heading)
    if done and plan and plan.start() >= done.start() and plan.end() <= done.end():
        plan = None
    # 上半年工作总结及下半年工作打算, 1998年工作回顾和1999年总体要求: the first part first, the sentences turn.
    if done and ((later and earlier) or (plan and done.end() <= plan.start())) and not problem:
        return Heading("done", frozenset({"problem", "plan"}))
    if later and not earlier:
        return Heading("plan", frozenset())
    if problem and plan:
        first: Role = "problem" if problem.start() <= plan.start() else "plan"
        return Heading(first, frozenset({"plan"} if first == "problem" else {"problem"}))
    if problem:
        return Heading("problem", frozenset({"plan"}))
    if plan:
        return Heading("plan", frozenset())
    if done:
        return Heading("done", frozenset({"problem", "plan"}))
    return Heading(None, frozenset({"problem", "plan"}))


def is_whole_heading(text: str) -> bool:
    """Whether a short line without a number is a heading by its words alone (存在问题, 下步打算)."""
    return len(text) <= 24 and _cues().whole.fullmatch(text) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text`` as (start, end); the last may lack its stop."""
    found, start = [], 0
    for match in _STOP.finditer(text):
        found.append((start, match.end()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def turns_to(sentence: str) -> tuple[Role, int] | None:
    """``problem`` or ``plan`` when the sentence begins to speak of them, with the offset of the clause that does.

    What stands before that clause with a number in it is another matter (到账1亿美元，下一步将…); else the offset is 0.
    """
    cues = _cues().sentence
    role: Role = "plan"
    match = None
    if _MAY_PLAN.search(sentence) and not sentence.endswith(("？", "?", "？”")):
        match = cues["plan"].search(sentence)
    if match is None and _MAY_PROBLEM.search(sentence):
        role, match = "problem", cues["problem"].search(sentence)
    if match is None:
        return None
    at = match.start()
    if role == "problem" or not any(ch.isdigit() for ch in sentence[:at]):
        return role, 0
    return role, at + 1 if sentence[at] in "，," else at


_ASKING = re.compile(r"请问|想问|请教|想了解")
_MAY_PLAN = re.compile(r"下|接|后续|今后|明年|未来|季度")
_MAY_PROBLEM = re.compile(r"困难|问题|不足|短板|差距|挑战|薄弱|难点|不够|不强|压力|艰巨")


def tells_of_done(text: str) -> bool:
    """Whether a paragraph begins by telling what was done (上半年…, 今年以来…)."""
    return _cues().sentence["done"].match(text) is not None


def is_formula(sentence: str) -> bool:
    """Whether a sentence without numbers only says in whose spirit the work was done, or is a courtesy."""
    if any(ch.isdigit() for ch in sentence):
        return False
    return _cues().sentence["formula"].search(sentence) is not None


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence only greets, thanks or hands over."""
    return len(sentence) <= 80 and _cues().sentence["courtesy"].search(sentence) is not None


def asks(text: str) -> bool:
    """Whether a sentence puts a question."""
    return _cues().sentence["question"].search(text) is not None


def puts(text: str) -> bool:
    """Whether a paragraph as a whole puts a question: it ends with one, or says that it asks."""
    return text.rstrip("”’ \u3000").endswith(("？", "?")) or (asks(text) and _ASKING.search(text) is not None)
