"""Page pictures: drawn from a PDF, kept small, compared with a tolerance, and the difference as a picture."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

DPI = 60
COLOURS = 24
"""A stored picture has at most so many colours."""
ALIKE = 0.99
"""Two pages are one from this structural similarity on …"""
OTHER = 0.003
"""… or when less than this share of their pixels differs after a slight blur."""
SPOT = 0.2
"""In no square of 24 pixels does more than this share differ: a word that is gone is little of a page."""
VISIBLE = 32
"""Levels of 255 by which a pixel has to differ."""
GOLDEN = Path(__file__).with_name("golden")
FONTS = GOLDEN / "fonts.json"


@dataclass(frozen=True, slots=True)
class Compared:
    """How alike two pictures are, and the share of pixels that differ: of all, and of the spot that differs most."""

    similarity: float
    share: float
    worst: float

    @property
    def same(self) -> bool:
        """Whether they are one page."""
        return (self.similarity >= ALIKE or self.share < OTHER) and self.worst < SPOT


def pages(pdf: bytes, folder: Path, last: int = 2) -> Image.Image:
    """The first pages of a PDF side by side, in few colours."""
    path = folder / "pages.pdf"
    path.write_bytes(pdf)
    command = [
        "pdftoppm",
        "-r",
        str(DPI),
        "-f",
        "1",
        "-l",
        str(last),
        "-png",
        str(path),
        str(folder / "page"),
    ]
    subprocess.run(command, check=True, timeout=120)
    drawn = [Image.open(p).convert("RGB") for p in sorted(folder.glob("page-*.png"))]
    sheet = Image.new("RGB", (sum(p.width for p in drawn), max(p.height for p in drawn)), "white")
    across = 0
    for picture in drawn:
        sheet.paste(picture, (across, 0))
        across += picture.width
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def stored(picture: Image.Image) -> bytes:
    """A picture as it is kept: the same bytes for the same picture."""
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()


def compared(one: Image.Image, other: Image.Image) -> Compared:
    """Two pictures set against each other; those of different sizes are not alike at all."""
    if one.size != other.size:
        return Compared(0.0, 1.0, 1.0)
    first, second = _levels(one), _levels(other)
    differs = (np.abs(first - second).max(axis=2) > VISIBLE).astype("float64")
    similarity = _similarity(first.mean(axis=2), second.mean(axis=2))
    return Compared(similarity, float(differs.mean()), float(_mean(differs, 24).max()))


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """Stored, new, and the new one with what differs in red, side by side."""
    width, height = max(one.width, other.width), max(one.height, other.height)
    sides = [Image.new("RGB", (width, height), "white") for _ in range(2)]
    for side, picture in zip(sides, (one, other), strict=True):
        side.paste(picture.convert("RGB"))
    differs = (np.abs(_levels(sides[0]) - _levels(sides[1])).max(axis=2) > VISIBLE).astype("uint8") * 255
    marked = Image.composite(
        Image.new("RGB", (width, height), "red"),
        sides[1].convert("L").convert("RGB"),
        Image.fromarray(differs),
    )
    sheet = Image.new("RGB", (width * 3, height), "white")
    for n, picture in enumerate((*sides, marked)):
        sheet.paste(picture, (n * width, 0))
    return sheet


def _levels(picture: Image.Image) -> Any:
    blurred = picture.convert("RGB").filter(ImageFilter.GaussianBlur(0.8))
    return np.asarray(blurred, dtype="float64")


def _similarity(one: Any, other: Any) -> float:
    """The mean structural similarity (SSIM) over windows of 8 by 8 pixels."""
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_one, mean_other = _mean(one), _mean(other)
    spread_one, spread_other = _mean(one * one) - mean_one**2, _mean(other * other) - mean_other**2
    shared = _mean(one * other) - mean_one * mean_other
    above = (2 * mean_one * mean_other + small) * (2 * shared + large)
    below = (mean_one**2 + mean_other**2 + small) * (spread_one + spread_other + large)
    return float((above / below).mean())


def _mean(levels: Any, size: int = 8) -> Any:
    """The mean of every window."""
    sums = np.pad(levels, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    return (sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]) / size**2


def fonts_of(pdf: bytes, folder: Path) -> list[str]:
    """The names of the fonts in a PDF."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    ran = subprocess.run(
        ["pdffonts", str(path)], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    return sorted({re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in ran.stdout.splitlines()[2:]})


@cache
def font_files() -> Mapping[str, str]:
    """This machine's font files by the full name of each font, written as a PDF writes it."""
    command = ["fc-list", "--format", "%{file}|%{fullname}\n"]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60)
    found: dict[str, str] = {}
    for line in sorted(ran.stdout.splitlines()):
        file, _, names = line.partition("|")
        for name in names.split(","):
            found.setdefault(name.strip().replace(" ", "-"), file)
    return found


@cache
def font_file(name: str) -> str:
    """The digest of this machine's file of a font, and "" when it has none."""
    file = font_files().get(name)
    return sha256(Path(file).read_bytes()).hexdigest()[:16] if file else ""


def other_fonts() -> str:
    """Why the stored pictures cannot be compared on this machine; "" when they can."""
    if not FONTS.is_file():
        return "no pictures are stored; make test ARGS='tests/documents/test_golden.py --accept-golden' stores them"
    kept: dict[str, str] = json.loads(FONTS.read_text(encoding="utf-8"))
    missing = [name for name, digest in kept.items() if font_file(name) != digest]
    return f"not compared: other fonts than the stored pages have ({', '.join(missing)})" if missing else ""
