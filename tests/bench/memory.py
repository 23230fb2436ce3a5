"""The memory of a real ``briefings watch``: idle, and after it has made briefings anew many times."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ORDERS = 10
"""Briefings that one changed document makes anew, so that the looks into the inbox cost less of the time."""
PATIENCE = 120
_TEXT = """云河市港口局2021年上半年工作总结
2021-07-20
一、主要工作情况
上半年，货物吞吐量完成{whole}.5万吨，同比增长6.2%。新增航线{more}条，完成年度计划的60%。
二、存在问题
部分泊位偏小，集疏运能力不足。
"""
_ORDER = """[[briefing]]
id = "harbour-{n}"
kind = "digest"
title = "港口工作摘编（{n}）"
period = "2021-H1"
formats = ["html"]
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: of the process itself, and with all it started (what they share counted once)."""

    alone: float
    whole: float


def of_watch(home: Path, regenerations: int) -> tuple[Memory, Memory, Memory]:
    """The memory of a watch that is idle, has made ``ORDERS`` briefings, and has made ``regenerations``."""
    orders = "".join(_ORDER.format(n=n) for n in range(ORDERS))
    (home / "briefings.toml").write_text("[service]\ndebounce = 0\n" + orders, encoding="utf-8")
    log = home / "watch.log"
    command = [sys.executable, "-m", "briefings", "-C", str(home), "watch", "--log-format", "json"]
    with log.open("w") as out:
        process = subprocess.Popen(command, stderr=out, stdin=subprocess.DEVNULL)
    try:
        _wait(log, "started", 1)
        time.sleep(5)  # whatever it begins with is over
        idle = of_process(process.pid)
        made: list[Memory] = []
        for turn in range(1, -(-regenerations // ORDERS) + 1):
            text = _TEXT.format(whole=100 + turn, more=turn)
            (home / "inbox" / f"港口局{turn}.txt").write_text(text, encoding="utf-8")
            _wait(log, "ended", turn * ORDERS)
            made.append(of_process(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    ended = [line for line in _lines(log) if line["event"] == "ended"]
    if wrong := [line["sentence"] for line in ended if line["state"] != "done"]:
        raise SystemExit(f"not every run made an edition: {wrong[0]}")
    return idle, made[0], made[-1]


def of_process(pid: int) -> Memory:
    """The memory of a process, as Linux counts it."""
    alone = _kilobytes(Path(f"/proc/{pid}/status"), "VmRSS:")
    tree = [pid]
    for one in tree:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            tree += map(int, task.read_text(encoding="ascii").split())
    whole = sum(_kilobytes(Path(f"/proc/{one}/smaps_rollup"), "Pss:") for one in tree)
    return Memory(alone / 1000, whole / 1000)


def _kilobytes(path: Path, key: str) -> int:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except (OSError, ProcessLookupError):
        return 0  # it has ended meanwhile
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)


def _wait(log: Path, event: str, number: int) -> None:
    until = time.monotonic() + PATIENCE
    while sum(line["event"] == event for line in _lines(log)) < number:
        if time.monotonic() > until:
            raise SystemExit(
                f"the service told of no {event} for {PATIENCE} s: {log.read_text(encoding='utf-8')[-500:]}"
            )
        time.sleep(0.1)


def _lines(log: Path) -> list[dict[str, str]]:
    text = log.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.endswith("}")]
