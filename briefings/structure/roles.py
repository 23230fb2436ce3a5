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


class _Said(NamedTuple):
    """Patterns that are looked for at the beginning of a sentence, and those that may stand anywhere."""

    first: re.Pattern[str]
    anywhere: re.Pattern[str]

    @classmethod
    def of(cls, patterns: list[str]) -> "_Said":
        """Patterns apart by where they stand: one that begins with ^ is not tried at every letter."""
        first = [pattern for pattern in patterns if pattern.startswith("^")]
        rest = [pattern for pattern in patterns if not pattern.startswith("^")]
        return cls(*(re.compile("|".join(each) if each else "(?!)") for each in (first, rest)))

    def stands_in(self, text: str) -> bool:
        """Whether one of them matches."""
        return self.first.match(text) is not None or self.anywhere.search(text) is not None


class _Cues(NamedTuple):
    heading: dict[str, re.Pattern[str]]
    whole: re.Pattern[str]
    sentence: dict[str, re.Pattern[str]]
    courtesy: _Said
    strong: _Said


@cache
def _cues() -> _Cues:
    text = (files("briefings") / "data" / "roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    heading = {role: re.compile("|".join(data["heading"][role])) for role in ("problem", "plan", "done")}
    whole = re.compile("(?:" + "|".join(data["heading"]["whole"]) + ")")
    sentence = {name: re.compile("|".join(patterns)) for name, patterns in data["sentence"].items()}
    said = data["sentence"]
    return _Cues(heading, whole, sentence, _Said.of(said["courtesy"]), _Said.of(said["strong"]))


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


def clauses(text: str) -> list[tuple[int, int]]:
    """The sentences of ``text``, parted where a plan follows another matter in one (到账1亿美元，下一步将…)."""
    plan, problem = _cues().sentence["plan"], _cues().sentence["problem"]
    found = []
    for start, end in sentences(text):
        match = plan.search(text, start, end) if _MAY_PLAN.search(text, start, end) else None
        before = text[start : match.start()] if match is not None else ""
        if match is not None and (any(ch.isdigit() for ch in before) or problem.search(before)):
            at = match.start() + (text[match.start()] in "，,")
            found += [(start, at), (at, end)]
        else:
            found.append((start, end))
    return found


class Turning(NamedTuple):
    """What a sentence begins to speak of, and whether it says so strongly (但也要清醒看到…)."""

    role: Role
    strong: bool


def turns_to(sentence: str) -> Turning | None:
    """``problem`` or ``plan`` when the sentence begins to speak of them.

    A concession is no turn: 尽管面临困难，仍增长5% speaks of a growth.
    """
    asked = sentence.endswith(("？", "?", "？”"))
    cues = _cues().sentence
    if _MAY_PLAN.search(sentence) and not asked and cues["plan"].search(sentence):
        return Turning("plan", True)
    if _MAY_PROBLEM.search(sentence) is None:
        return None
    conceded = _CONCESSION.match(sentence)
    if cues["problem"].search(sentence, conceded.end() if conceded else 0) is None:
        return None
    return Turning("problem", _cues().strong.stands_in(sentence))


_ASKING = re.compile(r"请问|想问|请教|想了解")
_MAY_PLAN = re.compile(r"下|接|后续|今后|明年|未来|季度|对此|为此|对(?:这些|上述|以上)")
_MAY_PROBLEM = re.compile(r"困难|问题|不足|短板|差距|挑战|薄弱|难点|不够|不强|压力|艰巨|看到|认识到|意识到")


_CONCESSION = re.compile(r"(?:尽管|虽然|虽|即使|即便)[^，,。]*[，,]")


def closing(text: str, begin: int) -> int:
    """Where, behind ``begin``, a sentence speaks for all again after the last item (下一步，我们将…); else the end."""
    for start, end in sentences(text):
        if start > begin and _cues().sentence["closing"].match(text, start, end):
            return start
    return len(text)


def addresses(text: str) -> bool:
    """Whether a paragraph turns to those who listen (各位代表！): it speaks for the whole again."""
    return text.startswith(("各位代表", "同志们", "各位委员", "各位同志"))


def answers(sentence: str) -> bool:
    """Whether a sentence leaves the problems spoken of before it for what was done about them (为此，我们…)."""
    return _cues().sentence["answer"].match(sentence) is not None


def tells_of_lack(sentence: str) -> bool:
    """Whether a sentence goes on with a problem: what is short, weak, slow, missing, in danger."""
    return _cues().sentence["lack"].search(sentence) is not None


def tells_of_done(text: str) -> bool:
    """Whether a paragraph begins by telling what was done (上半年…, 今年以来…)."""
    return _cues().sentence["done"].match(text) is not None


def is_formula(sentence: str) -> bool:
    """Whether a sentence without numbers only says in whose spirit the work was done, or is a courtesy."""
    if any(ch.isdigit() for ch in sentence):
        return False
    return _cues().sentence["formula"].search(sentence) is not None


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence only greets, thanks, hands over, or says who met where to speak."""
    if len(sentence) <= 80 and _cues().courtesy.stands_in(sentence):
        return True
    return "记者" in sentence and _cues().sentence["meeting"].search(sentence) is not None


def asks(text: str) -> bool:
    """Whether a sentence puts a question."""
    return _cues().sentence["question"].search(text) is not None


def puts(text: str) -> bool:
    """Whether a paragraph as a whole puts a question: it ends with one, or says that it asks."""
    return text.rstrip("”’ \u3000").endswith(("？", "?")) or (asks(text) and _ASKING.search(text) is not None)
