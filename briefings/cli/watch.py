"""The command that leaves briefings to itself: watch."""

import signal
import threading
from pathlib import Path
from typing import cast

import click

from briefings.cli.events import FORMATS, LogFormat, teller
from briefings.cli.workspace import opened


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

    def stop(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        over.set()

    with opened(root) as (loaded, store):
        service = Unattended(loaded, store, teller(cast(LogFormat, log_format), loaded.timezone))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        service.start()
        over.wait()
        service.stop()
