"""The sentences of a passage with the roles they turn to: from what was done to problems and plans, and back."""

from typing import NamedTuple

from briefings.records.document import Role
from briefings.structure import marks, roles


class Said(NamedTuple):
    """A sentence: where it starts, the role it turns to ("done": back), whether that passes, whether it is formula."""

    start: int
    turn: Role | None = None
    passing: bool = False
    formula: bool = False


def spoken(
    text: str, marked: bool, *, allowed: frozenset[Role], flow: Role | None, role: Role, opening: bool
) -> list[Said]:
    """The sentences of a passage with their turns; ``flow`` is what the text has turned to before, else ``role``.

    A problem told of inside a run of achievements must be told strongly, and passes when the text says no more of it.
    """
    found: list[Said] = []
    now, here, passing = flow or role, False, False
    for number, (start, end) in enumerate(roles.clauses(text)):
        sentence = text[start:end]
        if number == 0 and marked and (mark := marks.at_start(sentence)):
            sentence = sentence[mark.end :]
        inside = marked or number > 0
        turning = roles.turns_to(sentence) if allowed else None
        if turning is not None and (turning.role not in allowed or (inside and not turning.strong)):
            turning = None
        if turning is not None and turning.role != now:
            now, here, passing = (
                turning.role,
                turning.role == "problem",
                turning.role == "problem" and number > 0,
            )
            found.append(Said(start, now, passing))
        elif turning is None and (
            roles.is_courtesy(sentence) or (opening and not marked and roles.is_formula(sentence))
        ):
            found.append(Said(start, None, passing, formula=True))
        elif (here and roles.answers(sentence)) or (passing and not roles.tells_of_lack(sentence)):
            now, here, passing = flow or role, False, False
            found.append(Said(start, flow or "done"))
        else:
            found.append(Said(start, None, passing))
    return found
