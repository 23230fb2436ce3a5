"""The process that does tasks for another: it keeps the libraries loaded and forks for each task.

It reads no untrusted byte itself, so what it is stays as it was: each task begins with the same clean memory, its own
processor clock and its own limits. Started as ``python -m briefings.walls.child``.
"""

import contextlib
import gc
import os
import select

from briefings.walls import frames, network, task
from briefings.walls.limits import Limits

IDLE = 300.0
"""Seconds without a task after which the process ends and gives its memory back; the next task starts another."""


def main() -> None:
    """Do what is asked on standard input, and answer on what was standard output, until the asker is gone."""
    asker, answers = 0, os.dup(1)
    os.dup2(2, 1)  # whatever prints must not print into the answers
    # A program that had nothing to ask after all is gone already.
    with contextlib.suppress(frames.Ended, task.Left, BrokenPipeError):
        frames.write(answers, {"network": network.cut_off()})
        _serve(asker, answers)


def _serve(asker: int, answers: int) -> None:
    warmed: set[str] = set()
    while select.select([asker], [], [], IDLE)[0]:
        request, data = frames.read(asker)
        if request["warm"] not in warmed:
            warmed.add(request["warm"])
            _warm(request["warm"])
        if not request["task"]:
            continue
        frames.write(answers, {"accepted": True})
        limits = Limits(**request["limits"])
        head, result = task.perform(request["task"], request["argument"], data, limits, asker)
        del data
        frames.write(answers, head, result)


def _warm(name: str) -> None:
    """Load what tasks will need. What cannot be loaded is told by the task that misses it."""
    if name:
        with contextlib.suppress(Exception):
            task.named(name)(None, b"")
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
