"""The command that leaves briefings to itself: watch."""

import signal
import threading
import time
from pathlib import Path
from typing import cast

import click

from briefings.cli.events import FORMATS, LogFormat, hear, teller
from briefings.cli.workspace import opened

DOUBLED = 1.0
"""Whoever stops a group of processes may signal each twice within so many seconds, and means it once."""


@click.command("watch")
@click.option("--log-format", type=click.Choice(FORMATS), default="plain", show_default=True)
@click.pass_obj
def watch_command(root: Path, log_format: str) -> None:
    """Take in what is put into the inbox, and make the briefings that changed or are due, until stopped.

    One line is told of each event on stderr. SIGTERM and Ctrl-C let what is under way finish; a second one does not. Several
    of these on one workspace share the work.
    """
    from briefings.unattended import Unattended

    over = threading.Event()
    told: list[float] = []

    def stop(number: int, _: object) -> None:
        told.append(time.monotonic())
        over.set()
        if told[-1] - told[0] > DOUBLED:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    with opened(root, checked=True) as (loaded, store):
        tell = teller(cast(LogFormat, log_format), loaded.timezone)
        hear(tell)
        service = Unattended(loaded, store, tell)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        service.start()
        over.wait()
        service.stop()
