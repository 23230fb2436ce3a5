"""The command that serves the page: serve, with the API and the scheduler in the same process."""

import signal
from pathlib import Path
from typing import cast

import click

from briefings.cli.events import FORMATS, LogFormat, hear, teller
from briefings.cli.workspace import opened
from briefings.errors import UsageError


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8600, show_default=True)
@click.option(
    "--page-only", is_flag=True, help="Only the page and the API; `briefings watch` runs elsewhere."
)
@click.option("--log-format", type=click.Choice(FORMATS), default="plain", show_default=True)
@click.pass_obj
def serve_command(root: Path, host: str, port: int, page_only: bool, log_format: str) -> None:
    """Serve the page and the API, take in the inbox, and make what changed or is due, until stopped.

    On this machine it needs no user; to listen elsewhere it needs one: `briefings users add`. SIGTERM and Ctrl-C let what
    is under way finish.
    """
    from briefings.web.auth import is_loopback

    with opened(root, checked=True) as (loaded, store):
        if not is_loopback(host) and not store.users.any():
            raise UsageError(
                f"{host} is open to others, and there is no user yet: `briefings users add NAME --role admin` first."
            )
        import uvicorn

        from briefings.records.run import Event
        from briefings.unattended import Unattended
        from briefings.web import create_app

        tell = teller(cast(LogFormat, log_format), loaded.timezone)
        service = None if page_only else Unattended(loaded, store, tell)
        hear(tell)
        app = create_app(loaded, store, service.wake if service else lambda *_: None, tell)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                host,
                port,
                log_config=None,
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=6,
            )
        )
        if service:
            service.start()
        shown = f"[{host}]" if ":" in host else host
        tell(Event("serving", f"http://{shown}:{port}/"))
        # uvicorn hears a signal, ends, and raises it once more: what is under way must still be finished then.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        try:
            server.run()
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            if service:
                service.stop()
    if not server.started:
        raise UsageError(f"Nothing can listen on {host}:{port}; another program may do so already.")
