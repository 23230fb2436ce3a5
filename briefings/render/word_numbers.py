"""Heading numbers: which of them Word counts by itself, and which are written out."""

from collections.abc import Sequence

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``number`` (1 to 999) as Word's ``chineseCountingThousand`` prints it: 一, 十, 十一, 二十, 一百零二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += DIGITS[0]
    return words + (DIGITS[ones] if ones else "")


def counted(headings: Sequence[tuple[int, str]], scheme: Sequence[tuple[str, str]]) -> tuple[bool, ...]:
    """For each heading (its level from 0, its number) whether Word's own count gives just that number.

    Word restarts a level after a higher one, and a heading that is not counted leaves the count as it was.
    """
    counts = [0] * len(scheme)
    answers: list[bool] = []
    for level, number in headings:
        if level >= len(scheme) or not number:
            answers.append(False)
            continue
        _, text = scheme[level]
        following = counts[level] + 1
        said = text
        for rank, count in enumerate((*counts[:level], following)):
            said = said.replace(f"%{rank + 1}", _shown(count, scheme[rank][0]))
        same = said == number
        if same:
            counts[level:] = [following] + [0] * (len(counts) - level - 1)
        answers.append(same)
    return tuple(answers)


def _shown(count: int, form: str) -> str:
    """``count`` in one of Word's forms; "" in one that briefings does not number by, so that the number is written out."""
    if form.startswith("chineseCounting"):
        return chinese(count)
    return str(count) if form == "decimal" else ""
