"""The clock: it wakes tasks and knows nothing else. What is due stands in the store, so a lost or doubled wake-up harms none."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Task = Callable[[], datetime | None]
"""Does what there is to do, and says when it next wants to be woken, where it knows."""
LOOK = timedelta(minutes=1)
"""So often every task is woken, whatever it asked for: a computer that slept wakes up late, and events get lost."""
LEAST = timedelta(milliseconds=50)


class Clock:
    """Wakes each task at once, at the times it asks for, each minute, and when ``wake`` is called; one call at a time each.

    ``fail`` is told of what a task raises; it is woken again all the same.
    """

    def __init__(
        self, tasks: Mapping[str, Task], fail: Callable[[str, Exception], None], look: timedelta = LOOK
    ) -> None:
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        self.tasks = dict(tasks)
        self.fail = fail
        self.look = look
        self.lock = threading.Lock()
        self.busy: set[str] = set()
        self.again: set[str] = set()
        self.stopping = False
        self.over = threading.Event()
        self.called = dict.fromkeys(self.tasks, time.monotonic())
        self.scheduler: Any = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(self.tasks))},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )

    def start(self) -> None:
        """Begin; every task is woken."""
        for name in self.tasks:
            self._at(name, datetime.now(UTC))
        self.scheduler.start()
        threading.Thread(target=self._beat, name="clock-beat", daemon=True).start()

    def wake(self, *names: str) -> None:
        """Wake these tasks, all without names; one that is at work is woken again when it is done."""
        with self.lock:
            if self.stopping:
                return
            for name in names or tuple(self.tasks):
                if name in self.busy:
                    self.again.add(name)
                else:
                    self._at(name, datetime.now(UTC))

    def stop(self) -> None:
        """Wake no more, and wait for the tasks that are at work."""
        with self.lock:
            self.stopping = True
        self.over.set()
        self.scheduler.shutdown(wait=True)

    def _beat(self) -> None:
        """Wake whatever was not woken for too long: a clock that was set back lets the scheduler wait until it is that late again."""
        look = self.look.total_seconds()
        while not self.over.wait(look / 2):
            now = time.monotonic()
            late = [name for name, at in self.called.items() if now - at > look and name not in self.busy]
            if late:
                self.wake(*late)

    def _at(self, name: str, when: datetime) -> None:
        # An interval and no single date: APScheduler takes a job that is over out of a store that a stop may have closed.
        self.scheduler.add_job(
            self._call,
            "interval",
            seconds=self.look.total_seconds(),
            start_date=when,
            next_run_time=when,
            args=(name,),
            id=name,
            replace_existing=True,
            max_instances=2,
        )

    def _call(self, name: str) -> None:
        with self.lock:
            if self.stopping:
                return
            if name in self.busy:
                self.again.add(name)
                return
            self.busy.add(name)
            self.called[name] = time.monotonic()
        wanted: datetime | None = None
        try:
            wanted = self.tasks[name]()
        except Exception as error:
            self.fail(name, error)
        now = datetime.now(UTC)
        with self.lock:
            self.busy.discard(name)
            when = now + self.look if wanted is None else min(wanted, now + self.look)
            if name in self.again:
                self.again.discard(name)
                when = now
            if not self.stopping:
                self._at(name, max(when, now + LEAST))
