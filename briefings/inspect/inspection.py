"""The inspection of one file: read it once, ask every check, put the answers in order."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from briefings.errors import UsageError
from briefings.inspect import others
from briefings.inspect.checks import CHECKS
from briefings.inspect.verdicts import not_applicable, not_run
from briefings.records.inspection import Beside, Inspection, Medium, Result

Family = tuple[tuple[int, ...], Callable[[], Iterable[Result]]]
"""The numbers of some checks, and what makes them."""


def inspect(path: Path, beside: Beside, only: Collection[int] = ()) -> Inspection:
    """Every check of the file ``path``, or those of the numbers ``only``; ``beside`` is what is known of it.

    Raises ``UsageError`` for a file that is not there, or is no PDF or Word file that can be read.
    """
    if not path.is_file():
        raise UsageError(f"{path} does not exist.")
    data = path.read_bytes()
    wanted = frozenset(only) or frozenset(CHECKS)
    try:
        if data[:1024].lstrip().startswith(b"%PDF"):
            return _pdf(path, data, beside, wanted)
        if data.startswith(b"PK"):
            return _word(path, data, beside, wanted)
    except ValueError as error:
        raise UsageError(f"{path.name}: {error}.") from error
    raise UsageError(f"{path.name} is neither a PDF nor a Word file.")


def _pdf(path: Path, data: bytes, beside: Beside, wanted: frozenset[int]) -> Inspection:
    from briefings.inspect.colours import colours
    from briefings.inspect.fonts import fonts
    from briefings.inspect.layout import layout
    from briefings.inspect.lines import lines
    from briefings.inspect.links import citations, links
    from briefings.inspect.metadata import metadata
    from briefings.inspect.official import official
    from briefings.inspect.portable import opened
    from briefings.inspect.proofs import extracts, proofs
    from briefings.inspect.tags import tags
    from briefings.inspect.wording import wording

    with opened(path, data, beside) as file:
        families: tuple[Family, ...] = (
            ((1, 7, 8, 15, 18, 19, 21), lambda: metadata(file)),
            ((2, 3, 4, 5), lambda: fonts(file)),
            ((6,), lambda: [extracts(file.text, beside)]),
            ((9, 10, 11, 12, 13, 16), lambda: tags(file)),
            ((14, 17), lambda: links(file)),
            ((20,), lambda: [others.verapdf(file)]),
            ((22, 23, 24), lambda: official(file)),
            ((25, 26), lambda: lines(file)),
            ((27, 28, 29), lambda: layout(file)),
            ((30, 31, 32, 33, 40), lambda: proofs(file.text, citations(file), beside)),
            ((34, 35), lambda: wording(beside)),
            ((36, 37, 38, 39), lambda: colours(file)),
            ((48,), lambda: [others.elsewhere(48)]),
            ((49,), lambda: [others.published(49, file, data)]),
        )
        return Inspection(path.name, "pdf", file.theme, _asked("pdf", families, wanted))


def _word(path: Path, data: bytes, beside: Beside, wanted: frozenset[int]) -> Inspection:
    from briefings.inspect.proofs import extracts, proofs
    from briefings.inspect.word_colours import word_colours
    from briefings.inspect.word_file import read_word
    from briefings.inspect.word_layout import word_layout
    from briefings.inspect.word_order import order
    from briefings.inspect.word_package import package
    from briefings.inspect.word_text import citations, contents
    from briefings.inspect.wording import wording

    file = read_word(path, data, beside)
    families: tuple[Family, ...] = (
        ((1, 14, 41, 44), lambda: package(file)),
        ((6,), lambda: [extracts(file.text, beside, numbered=False)]),
        ((22, 23, 24), lambda: word_layout(file)),
        ((30, 31, 32, 33, 40), lambda: proofs(file.text, citations(file), beside)),
        ((34, 35), lambda: wording(beside)),
        ((36, 37, 38, 39), lambda: word_colours(file)),
        ((42, 43, 47), lambda: contents(file)),
        ((45,), lambda: [order(file)]),
        ((46,), lambda: [others.libreoffice(file)]),
        ((48,), lambda: [others.elsewhere(48)]),
        ((49,), lambda: [others.published(49, file, data)]),
    )
    return Inspection(path.name, "docx", file.theme, _asked("docx", families, wanted))


def _answered(numbers: tuple[int, ...], make: Callable[[], Iterable[Result]]) -> dict[int, Result]:
    """The results of a family; a file whose objects are not of the shape they should be has none, and why."""
    try:
        return {result.number: result for result in make()}
    except Exception as error:
        # Files of other programs break in as many ways as there are programs: one family's trouble is not the others'.
        why = f"the file is not as it should be: {type(error).__name__}: {error}"[:200]
        return {number: not_run(number, why) for number in numbers}


def _asked(medium: Medium, families: tuple[Family, ...], wanted: frozenset[int]) -> tuple[Result, ...]:
    """The results in the order of their numbers; families of which nothing is wanted are not asked."""
    found: dict[int, Result] = {}
    for numbers, make in families:
        if wanted & frozenset(numbers):
            found.update(_answered(numbers, make))
    other = {"pdf": "a PDF", "docx": "a Word file"}[medium]
    for number, check in CHECKS.items():
        if medium not in check.media:
            found[number] = not_applicable(number, f"not for {other}")
    found[50] = Result(50, "by_eye", "look at page 1 with somebody who does not know it")
    return tuple(found[number] for number in sorted(wanted))
