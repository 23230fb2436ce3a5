"""The first pages of every kind of briefing look as approved: compared with stored pictures, the difference shown.

``make test ARGS='tests/documents/test_golden.py --accept-golden'`` stores the pages as they are now; look at them before.
A page that differs is in ``tests/actual`` as three pictures: stored, new, and the new one with what differs in red.
"""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which

import pages
import pytest
import sample_briefings
from PIL import Image, ImageDraw, ImageFilter

from briefings.records.briefing import Theme

TOOLS = pytest.mark.skipif(
    not all(map(which, ("pdftoppm", "pdffonts", "fc-list"))), reason="poppler or fontconfig is not here"
)
SIZE = 1_500_000
"""All pictures together take no more bytes."""


@TOOLS
@pytest.mark.parametrize(("order", "theme"), sample_briefings.MAKES)
def test_the_first_pages_look_as_approved(
    order: str, theme: Theme, accepting: bool, root: Path, tmp_path: Path
) -> None:
    """Two pages of each, the one that is read in half a minute and the next."""
    path = pages.GOLDEN / f"{order}.{theme}.png"
    if not accepting and (reason := pages.other_fonts()):
        pytest.skip(reason)
    pdf = sample_briefings.pdf(order, theme)
    drawn = pages.pages(pdf, tmp_path)
    if accepting:
        store(path, drawn, pages.fonts_of(pdf, tmp_path))
        return
    assert path.is_file(), f"{path.name} is not stored yet"
    kept = Image.open(path)
    found = pages.compared(kept, drawn)
    if not found.same:
        actual = root / "tests/actual" / f"golden-{path.name}"
        actual.parent.mkdir(exist_ok=True)
        pages.difference(kept, drawn).save(actual)
        pytest.fail(f"{found}: the difference is in {actual.relative_to(root)}")


def store(path: Path, drawn: Image.Image, fonts: list[str]) -> None:
    """Keep a picture, and which files its fonts are, one process at a time."""
    import fcntl

    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pages.stored(drawn))
    with (path.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = json.loads(pages.FONTS.read_text(encoding="utf-8")) if pages.FONTS.is_file() else {}
        kept |= {name: digest for name in fonts if (digest := pages.font_file(name))}
        pages.FONTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    Path(lock.name).unlink(missing_ok=True)


def test_the_stored_pictures_are_those_that_are_compared_and_small() -> None:
    """None left over, none too many."""
    if not pages.FONTS.is_file():
        pytest.skip("no pictures are stored yet")
    kept = sorted(p.name for p in pages.GOLDEN.glob("*.png"))
    assert kept == sorted(f"{order}.{theme}.png" for order, theme in sample_briefings.MAKES)
    assert sum(p.stat().st_size for p in pages.GOLDEN.iterdir()) < SIZE


@cache
def page() -> Image.Image:
    """A page of our own: a title, lines of words, a table."""
    drawn = Image.new("RGB", (496, 702), "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((40, 40, 300, 62), fill="#0B5394")
    for line in range(34):
        for word in range(14):
            if (line * 7 + word * 3) % 5:
                pen.rectangle(
                    (40 + word * 30, 90 + line * 16, 60 + word * 30, 98 + line * 16), fill="#333333"
                )
    return drawn


def moved(by: int) -> Image.Image:
    """The page with its lower half set lower."""
    drawn = page().copy()
    half = drawn.crop((0, 300, 496, 702 - by))
    drawn.paste("white", (0, 300, 496, 702))
    drawn.paste(half, (0, 300 + by))
    return drawn


def test_the_same_page_is_the_same_and_the_way_it_is_kept_loses_nothing_that_counts() -> None:
    """Itself, itself from a file, itself drawn a little softer."""
    assert pages.compared(page(), page()) == pages.Compared(1.0, 0.0, 0.0)
    kept = Image.open(BytesIO(pages.stored(page().quantize(pages.COLOURS))))
    assert pages.compared(page(), kept).same
    assert pages.compared(page(), page().filter(ImageFilter.GaussianBlur(0.4))).same
    assert pages.stored(page()) == pages.stored(page().copy())


@pytest.mark.parametrize("by", [2, 5, 16])
def test_a_page_whose_lines_stand_elsewhere_is_another(by: int) -> None:
    """Lines that moved, by a little or by a line."""
    assert not pages.compared(page(), moved(by)).same


def test_a_page_that_lost_something_is_another_and_the_difference_shows_where() -> None:
    """A title that is gone is red in the picture of the difference."""
    without = page().copy()
    without.paste("white", (40, 40, 301, 63))
    assert not pages.compared(page(), without).same
    word = page().copy()
    word.paste("white", (60, 150, 180, 170))
    assert not pages.compared(page(), word).same
    shown = pages.difference(page(), without)
    assert shown.size == (496 * 3, 702)
    assert shown.getpixel((496 * 2 + 150, 50)) == (255, 0, 0)
    assert shown.getpixel((496 * 2 + 150, 690)) == (255, 255, 255)
    assert not pages.compared(page(), page().resize((400, 500))).same


@TOOLS
def test_the_pages_are_drawn_alike_twice(tmp_path: Path) -> None:
    """From one PDF the same picture; one of few colours."""
    made = tmp_path / "made.pdf"
    page().save(made, resolution=60)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = (pages.pages(made.read_bytes(), tmp_path / name, last=1) for name in "ab")
    assert pages.stored(one) == pages.stored(other)
    assert len(one.getcolors() or ()) <= pages.COLOURS


@TOOLS
def test_a_font_that_is_not_here_has_no_file() -> None:
    """And one that is here has one."""
    assert len(pages.font_file(min(pages.font_files()))) == 16
    assert pages.font_file("No-Such-Font") == ""
