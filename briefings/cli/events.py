"""Lines of a log, one for each event: for people, or JSON for programs."""

import json
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from briefings.records.run import Event

LogFormat = Literal["plain", "json"]
FORMATS = ("plain", "json")


def teller(form: LogFormat, timezone: str) -> Callable[[Event], None]:
    """Writes events to stderr as they come, whole lines from whichever thread, with the time on the clocks of ``timezone``."""
    zone, lock = ZoneInfo(timezone), threading.Lock()

    def tell(event: Event) -> None:
        at = datetime.now(zone).isoformat(timespec="seconds")
        if form == "json":
            data = {"at": at, "event": event.name, "wrong": event.wrong, "sentence": event.sentence}
            line = json.dumps({**data, **dict(event.about)}, ensure_ascii=False)
        else:
            line = f"{at} {'! ' if event.wrong else ''}{event.name}: {' '.join(event.sentence.split())}"
        with lock:
            print(line, file=sys.stderr, flush=True)

    return tell
