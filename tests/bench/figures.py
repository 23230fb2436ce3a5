"""Prints what briefings costs, as ratios taken in one run: seconds differ from machine to machine, ratios hardly do.

Times are CPU seconds (of the child, where a command is measured), which other work on the machine disturbs less than
the clock; each is the median of a few rounds in which the things compared take turns.
"""

import argparse
import contextlib
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import memory

from briefings import gathering, pipeline, settings
from briefings.records.briefing import Briefing, Column, Heading, Table, Words

BAD = (
    "7",
    "1,234,",
    "，",
    "、",
    "“甲3",
    "(3亿元",
    "a",
    "a1",
    " ",
    "   3",
    "一是抓3个",
    "分别增长3%、4%、",
    "其中工业5亿元",
    "粮食3万吨、",
    "3天",
    "今年",
)
"""What a line of figures repeats where a careless reader looks back again and again."""
BAD_LINE = 17_000
"""Characters of such a line; twice that is 100 kB of Chinese."""
NOW = "2026-01-01T00:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the answer: what was measured, ours and theirs in ``unit``, the target of their ratio ("" for none)."""

    what: str
    ours: float
    unit: str
    theirs: float | None = None
    target: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to theirs: small is good for seconds, great for speeds."""
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def kept(self) -> bool | None:
        """Whether the target is kept; None where there is none."""
        if self.ratio is None or not self.target:
            return None
        sign, bound = self.target.split()
        return self.ratio <= float(bound) if sign == "≤" else self.ratio >= float(bound)


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds that ``work`` takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def child_cpu(*command: str) -> float:
    """The CPU seconds of a command that must succeed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def in_turns(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median seconds of each of ``works``, which take turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(work())
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def starts(sample: Path, rounds: int) -> list[Figure]:
    """How fast the light commands start, against Python that does nothing."""
    briefings = [sys.executable, "-m", "briefings"]
    took = in_turns(
        {
            "python": lambda: child_cpu(sys.executable, "-c", "pass"),
            "help": lambda: child_cpu(*briefings, "--help"),
            "extract": lambda: child_cpu(*briefings, "extract", str(sample), "--json"),
        },
        rounds,
    )
    return [
        seconds("briefings --help / bare Python start", took, "help", "python", "≤ 4"),
        seconds("briefings extract, cold / bare Python start", took, "extract", "python"),
    ]


def seconds(what: str, took: Mapping[str, float], ours: str, theirs: str, target: str = "") -> Figure:
    """``ours`` against ``theirs``, in seconds."""
    return Figure(what, took[ours], "s", took[theirs], target)


def reading(samples: Sequence[Path], rounds: int) -> list[Figure]:
    """How many characters a second are read out of text: structure, extraction, both; and JioNLP on the same text.

    JioNLP looks for amounts of money and for times only, and says neither what they measure nor against what.
    """
    from briefings import extract, structure

    path = next(path for path in samples if path.suffix == ".txt")
    data = path.read_bytes()
    taken = structure.read(data, path.name)
    text = taken.source.text
    peer = jionlp()
    peer(text)
    facts = sum(len(found.facts) for found in pipeline.read(data, path.name)[1])
    took = in_turns(
        {
            "both": lambda: cpu(lambda: pipeline.read(data, path.name)),
            "structure": lambda: cpu(lambda: structure.read(data, path.name)),
            "extract": lambda: cpu(lambda: [extract.find(d, taken.source) for d in taken.documents]),
            "peer": lambda: cpu(lambda: peer(text)),
        },
        rounds,
    )
    speed = {name: len(text) / took[name] / 1000 for name in took}
    told = f"({len(text)} characters, {facts} facts)"
    return [
        Figure(f"structure alone {told}", speed["structure"], "k/s"),
        Figure("extract alone / JioNLP, money and time", speed["extract"], "k/s", speed["peer"], "≥ 10"),
        Figure("structure + extract / JioNLP, money and time", speed["both"], "k/s", speed["peer"], "≥ 10"),
    ]


def growth(samples: Sequence[Path], rounds: int) -> list[Figure]:
    """Twice the text takes twice as long: a usual document, and the lines that a careless reader looks back over."""
    path = next(path for path in samples if path.suffix == ".txt")
    text = path.read_text(encoding="utf-8")
    # A passage that stands there twice is read once, so that each copy ends its sentences in its own way.
    copies = [
        "".join(text.replace("。", f"{mark}。") for mark in marks) for marks in ("甲乙丙", "甲乙丙丁戊己")
    ]
    usual = seconds_of(copies[1], rounds), seconds_of(copies[0], rounds)
    lines = {repeated: "全县收入3亿元" + repeated * (BAD_LINE // len(repeated)) for repeated in BAD}
    both = {
        bad: (seconds_of(f"{line}{line}。", rounds), seconds_of(f"{line}。", rounds))
        for bad, line in lines.items()
    }
    worst, taken = max(both.items(), key=lambda pair: pair[1][0] / pair[1][1])
    return [
        Figure("twice the text / once, structure + extract", usual[0], "s", usual[1], "≤ 2.2"),
        Figure(f"a bad line twice as long / once, worst: {worst!r}", taken[0], "s", taken[1], "≤ 2.2"),
    ]


def seconds_of(text: str, rounds: int) -> float:
    """The best seconds of a few readings of ``text``."""
    data = text.encode()
    return min(cpu(lambda: pipeline.read(data, "text.txt")) for _ in range(rounds))


def jionlp() -> Callable[[str], object]:
    """JioNLP's reading of money and time out of a text; it greets on stdout when it is imported."""
    with contextlib.redirect_stdout(io.StringIO()):
        from jionlp import ner

    def both(text: str) -> object:
        return (
            ner.extract_money(text, with_parsing=True),
            ner.extract_time(text, time_base=1625011200.0, with_parsing=True),
        )

    return both


def journeys(samples: Sequence[Path], toml: str, home: Path, rounds: int) -> list[Figure]:
    """The sample digest from documents to an edition, its formats one by one, and the same again with nothing changed."""
    from briefings.store import open_store

    loaded = settings.parse(toml, home, output=home / "output")
    order = loaded.orders[0]
    store = open_store(loaded.store)
    try:
        took = {"take in": cpu(lambda: pipeline.take_in(samples, loaded, store, now=NOW))}
        briefing, facts = composed(order, loaded, store)
        took |= formats(briefing, facts, loaded.search, rounds)
        took["full"] = cpu(lambda: pipeline.build(order, loaded, store, now=NOW))
        took["again"] = statistics.median(
            cpu(lambda: pipeline.build(order, loaded, store, now=NOW)) for _ in range(rounds)
        )
    finally:
        store.close()
    took["four"] = took["pdf"] + took["word"] + took["html"] + took["workbook"]
    return [
        Figure(f"the {len(samples)} sample files taken in", took["take in"], "s"),
        seconds("our PDF / plain WeasyPrint on the same HTML", took, "pdf", "plain", "≤ 0.75"),
        seconds("PDF + Word + HTML + XLSX / plain WeasyPrint", took, "four", "plain", "≤ 1.25"),
        seconds("Word / PDF", took, "word", "pdf", "≤ 0.05"),
        seconds("whole build with audit / plain WeasyPrint", took, "full", "plain"),
        seconds("build again, nothing changed / whole build", took, "again", "full", "≤ 0.02"),
    ]


def composed(order: Any, loaded: settings.Settings, store: Any) -> tuple[Briefing, Any]:
    """The briefing of ``order`` with its facts, from what the store holds."""
    material = gathering.gathered(order, loaded, store)
    return gathering.composed(material), material.facts


def formats(briefing: Briefing, facts: Any, search: tuple[Path, ...], rounds: int) -> dict[str, float]:
    """The seconds of each format, and of WeasyPrint without us on the HTML that our PDF is made from."""
    from briefings import render

    plain = recorded(lambda: render.pdf(briefing, search))
    works: dict[str, Callable[[], object]] = {
        "pdf": lambda: render.pdf(briefing, search),
        "plain": plain,
        "word": lambda: render.word(briefing, search),
        "html": lambda: render.html(briefing, search),
        "workbook": lambda: render.workbook(briefing, facts),
    }
    for work in works.values():
        work()
    return in_turns({name: lambda work=work: cpu(work) for name, work in works.items()}, rounds)  # type: ignore[misc]


def recorded(make: Callable[[], object]) -> Callable[[], object]:
    """What ``make`` asks WeasyPrint for, as a plain ``HTML(…).write_pdf()`` that can be called again."""
    import weasyprint

    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    original: Any = weasyprint.HTML

    class Recording(original):  # type: ignore[misc]
        """Keeps the arguments it is made with."""

        def __init__(self, *args: Any, **words: Any) -> None:
            calls.append((args, words))
            super().__init__(*args, **words)

    weasyprint.HTML = Recording
    try:
        make()
    finally:
        weasyprint.HTML = original
    args, words = max(calls, key=lambda call: len(str(call[1].get("string", ""))))
    return lambda: original(*args, **words).write_pdf()


def word_tables(search: tuple[Path, ...], rounds: int) -> Figure:
    """A Word table with four times the rows takes four times as long, not sixteen."""
    from briefings import render

    def table(rows: int) -> Briefing:
        cells = tuple(
            tuple((Words(f"{row}行{column}列"),) for column in ("甲", "乙", "丙", "丁"))
            for row in range(rows)
        )
        columns = tuple(Column(header) for header in ("甲", "乙", "丙", "丁"))
        return Briefing(
            "bench", "digest", "长表", "", "zh", "modern", "2021-H1", "2021-06-30", "",
            (Heading(1, "长表", "top"), Table("t1", 1, "长表", columns, cells)), (), (), (),
        )  # fmt: skip

    short, long = table(150), table(600)
    render.word(short, search)
    took = in_turns(
        {
            "short": lambda: cpu(lambda: render.word(short, search)),
            "long": lambda: cpu(lambda: render.word(long, search)),
        },
        rounds,
    )
    return seconds("Word table of 600 rows / of 150", took, "long", "short", "≤ 4.4")


def service(home: Path, regenerations: int) -> list[Figure]:
    """What a watch holds in memory when it is idle, after its first briefings, and after ``regenerations``."""
    idle, first, last = memory.of_watch(home, regenerations)
    return [
        Figure("memory of an idle watch, with its children", idle.whole, "MB"),
        Figure(f"memory after {regenerations} regenerations / idle", last.alone, "MB", idle.alone, "≤ 3"),
        Figure(f"… / after {memory.ORDERS}", last.alone, "MB", first.alone, "≤ 1.2"),
        Figure("… with its children", last.whole, "MB", first.whole, "≤ 1.2"),
    ]


def line(figure: Figure) -> str:
    """A figure as a line of the table."""
    theirs = "" if figure.theirs is None else shown(figure.theirs, figure.unit)
    ratio = "" if figure.ratio is None else shown(figure.ratio, "×")
    mark = {True: "✓", False: "✗", None: ""}[figure.kept]
    return row(figure.what, shown(figure.ours, figure.unit), theirs, ratio, figure.target, mark)


def row(what: str, ours: str, theirs: str, ratio: str, target: str, mark: str = "") -> str:
    """The cells of the table at their widths."""
    return f"{what:50} {ours:>10} {theirs:>10} {ratio:>10} {target:>7} {mark}".rstrip()


def shown(value: float, unit: str) -> str:
    """Three digits that count, more only before the point."""
    digits = max(0, 2 - math.floor(math.log10(value))) if value > 0 else 0
    return f"{value:.{digits}f} {unit}"


def main() -> None:
    """Measures everything and prints it, as a table or as JSON."""
    parser = argparse.ArgumentParser(description="Print what briefings costs, as ratios taken in one run.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured (default 3)")
    parser.add_argument("--json", action="store_true", help="one JSON object a figure")
    parser.add_argument(
        "--service",
        type=int,
        default=200,
        metavar="N",
        help="the memory of the service, idle and after N regenerations (default 200, which take a minute or two; 0: not)",
    )
    chosen = parser.parse_args()

    folder = Path(str(resources.files("briefings"))) / "data/samples"
    samples = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html", ".docx", ".pdf"))
    figures = starts(next(path for path in samples if path.suffix == ".txt"), max(9, chosen.rounds))
    figures += reading(samples, chosen.rounds)
    figures += growth(samples, chosen.rounds)
    with tempfile.TemporaryDirectory(prefix="briefings-bench-") as home:
        toml = (folder / settings.FILE_NAME).read_text(encoding="utf-8")
        figures += journeys(samples, toml, Path(home), chosen.rounds)
    figures.append(word_tables(settings.packed_assets(), chosen.rounds))
    if chosen.service:
        with tempfile.TemporaryDirectory(prefix="briefings-bench-") as home:
            figures += service(Path(home), chosen.service)

    if chosen.json:
        for figure in figures:
            told = {**asdict(figure), "ratio": figure.ratio, "kept": figure.kept}
            print(json.dumps(told, ensure_ascii=False))
        return
    head = row("ours / theirs (CPU seconds, k characters a second)", "ours", "theirs", "ratio", "target")
    print(head, "─" * len(head), *map(line, figures), sep="\n")


if __name__ == "__main__":
    main()
