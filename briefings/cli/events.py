"""Lines of a log, one for each event: for people, or JSON for programs."""

import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from briefings.records.run import Event

LogFormat = Literal["plain", "json"]
FORMATS = ("plain", "json")
TRACE = "traceback"


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
            trace = dict(event.about).get(TRACE, "")
            line += "".join(f"\n    {one}" for one in trace.splitlines())
        with lock:
            print(line, file=sys.stderr, flush=True)

    return tell


class _Heard(logging.Handler):
    """Tells what libraries log as events, with the traceback where there is one."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        super().__init__(logging.WARNING)
        self.tell = tell
        self.plain = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one record."""
        about = [("logger", record.name)]
        if record.exc_info and record.exc_info[0]:
            about.append((TRACE, self.plain.formatException(record.exc_info)))
        self.tell(Event("logged", record.getMessage(), tuple(about), wrong=True))


def hear(tell: Callable[[Event], None]) -> None:
    """Let ``tell`` hear all that libraries log and warn of, and what ends a thread: nothing else is written to stderr."""
    logging.basicConfig(level=logging.WARNING, handlers=[_Heard(tell)], force=True)
    logging.captureWarnings(True)

    def ended(given: threading.ExceptHookArgs) -> None:
        kind = given.exc_type or SystemExit
        if kind is not SystemExit:
            whole = (kind, given.exc_value or kind(), given.exc_traceback)
            logging.getLogger("thread").error("%s: %s", *whole[:2], exc_info=whole)

    threading.excepthook = ended
