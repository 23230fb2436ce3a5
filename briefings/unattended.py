"""The journeys without anybody there: the inbox is taken in, what changed and what is due is made, one line told of each.

Four tasks that a clock wakes. Each does what the store says there is to do, so that it makes no difference who woke it,
how often, or what died in between: ``inbox`` takes settled files in, ``requests`` asks for runs, ``runs`` makes them,
``mail`` sends letters.
"""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import gathering, pipeline, posting, schedule, settings
from briefings.errors import BriefingsError, UsageError
from briefings.ingest import inbox, shown
from briefings.records.run import Ended, Event, Run, RunKind
from briefings.schedule import debounce
from briefings.schedule.clock import Clock, Task
from briefings.schedule.runner import affected, owner_of_this_process, run_next
from briefings.schedule.workdays import is_known
from briefings.settings import Settings
from briefings.walls import program

if TYPE_CHECKING:
    from briefings.store.store import Store

ROOMS = (
    "records", "settings", "store", "ingest", "structure", "extract", "compare", "compose", "render", "audit", "deliver",
    "schedule", "walls", "web", "walled", "pipeline", "posting", "sharing",
)  # fmt: skip
"""What the service is made of: loaded at its start, so that an update of its files finds it whole."""
Tell = Callable[[Event], None]
GLANCE = timedelta(seconds=5)
"""So often the store is asked whether another process left something to do."""
SECOND = timedelta(seconds=1)
LEFT = timedelta(days=1)
"""For how long an edition is looked for that was about to be published."""
LATER = timedelta(minutes=1)
"""When a file is tried again that could not be opened, kept or written down."""


class Unattended:
    """Runs until it is stopped. ``tell`` is told of every event, from several threads.

    ``more`` are further tasks for the clock by name, such as sending mail; ``wake`` wakes any of them.
    """

    def __init__(
        self,
        loaded: Settings,
        store: "Store",
        tell: Tell,
        *,
        more: Mapping[str, Task] | None = None,
        owner: str = "",
    ) -> None:
        self.settings = loaded
        self.store = store
        self.tell = tell
        self.owner = owner or owner_of_this_process()
        self.files = _Files()
        self.stopping = threading.Event()
        self.look_again = True
        self.replaced = False
        self.missing = ""
        self.pruned: date | None = None
        self.file_state = _state(loaded.root / settings.FILE_NAME)
        self.tasks: dict[str, Task] = {
            "inbox": self.take_in,
            "requests": self.ask,
            "runs": self.make,
            "mail": self.post,
            **(more or {}),
        }
        self.clock = Clock(self.tasks, self._failed)
        self.watcher = threading.Thread(target=self._watch_inbox, name="inbox-events", daemon=True)

    def start(self) -> None:
        """Begin, in threads of its own."""
        program.load(*ROOMS)
        program.replaced()
        self._make_inbox()
        self.tell(
            Event("started", f"watching {self.settings.inbox}; {len(self.settings.schedules)} schedules")
        )
        self.clock.start()
        self.watcher.start()

    def stop(self) -> None:
        """Begin nothing more, and wait until what is under way is done."""
        self.tell(Event("stopping", "told to stop; finishing what is under way"))
        self.stopping.set()
        self.clock.stop()
        self.tell(Event("stopped", "stopped"))

    def wake(self, *tasks: str) -> None:
        """Wake tasks by name, all without names: a document was uploaded, a run was asked for."""
        self.clock.wake(*tasks)

    def take_in(self) -> datetime | None:
        """Take in the files of the inbox that have come to rest; in a second again while some have not."""
        folder, files = self.settings.inbox, self.files
        if not self._make_inbox():
            return None
        seen, now = inbox.look(folder), time.time_ns()
        for path, problem in seen.others.items():
            if files.is_new(path, problem.code):
                self.tell(_about(path, Event("left", problem.sentence, wrong=True)))
        files.rests = inbox.resting(files.rests, seen.files, now)
        latest = now + int(LATER.total_seconds() * 1e9)  # what lies beyond is of a clock that was set back
        files.later = {
            p: until for p, until in files.later.items() if p in seen.files and now < until <= latest
        }
        for path in inbox.settled(files.rests, now):
            if self.stopping.is_set():
                return None
            if path not in files.later:
                self._take(path, files.rests[path].mark)
        moving = set(seen.files) - set(inbox.settled(files.rests, now))
        return datetime.now(UTC) + SECOND if moving else None

    def ask(self) -> datetime | None:
        """Ask for the runs that changed sources and due times call for."""
        self._reload()
        self._say_replaced()
        for run in ask_for_changed(self.settings, self.store, anyway=self.look_again):
            self.tell(
                _of_run(run, "asked", f"{run.briefing} will be made at {_clock(run.ready_at, self.settings)}")
            )
        if self.look_again:
            self._say_unknown_holidays()
        self.look_again = False
        self.store.runs.plan(self.settings.schedules, schedule.plan)
        for due in self.store.runs.claim_due(self.owner):
            told = f"{due.schedule} was due at {_clock(due.at, self.settings)}"
            self.tell(Event("due", told, (("schedule", due.schedule), ("run", due.run))))
        self.wake("runs")
        now = self.store.runs.now()
        if self.pruned != now.date():
            self.pruned = now.date()
            self.store.runs.prune()
            self.store.outbox.forget_old(LEFT)
        paused = {state.id for state in self.store.runs.schedules() if state.paused}
        times = [
            at.astimezone(UTC)
            for one in self.settings.schedules
            if one.id not in paused
            for at in schedule.upcoming(one, now, 1)
        ]
        return min([*times, datetime.now(UTC) + GLANCE])

    def make(self) -> datetime | None:
        """Make the runs that are ready, one after the other."""
        for dead in self.store.runs.recover():
            told = f"{dead.id} of {dead.briefing}: its process died; it is {dead.state} now"
            self.tell(_of_run(dead, "died", told, wrong=True))
        self._mend()
        while not self.stopping.is_set():
            if make_next(self.settings, self.store, self.tell, owner=self.owner) is None:
                break
            self.wake("mail")
        soon = datetime.now(UTC) + SECOND
        ready = self.store.runs.next_ready() or soon + GLANCE
        return min(max(ready, soon), soon + GLANCE)

    def _mend(self) -> None:
        """Finish what a publisher left that died: its edition is there, its letters are not written."""
        for edition in pipeline.mend(self.settings, self.store, now=_now()):
            told = f"{edition.briefing} {edition.id} was published by a process that died; its letters are written now"
            about = (("briefing", edition.briefing), ("edition", edition.id))
            self.tell(Event("mended", told, about, wrong=True))
            self.wake("mail")

    def post(self) -> datetime | None:
        """Send the letters that are due."""
        return posting.rounds(self.settings, self.store, self.tell, self.stopping.is_set)

    def _take(self, path: Path, mark: inbox.Mark) -> None:
        folder = self.settings.inbox
        try:
            original = inbox.claim(path, folder, mark, self.settings.data)
            if original is None:
                return
            outcome = pipeline.take_original(original, self.settings, self.store, now=_now())
            put = inbox.REFUSED if outcome.state == "quarantined" else inbox.TAKEN
            inbox.put_away(path, folder, mark, put)
        except Exception as error:
            if isinstance(error, FileNotFoundError) and not path.exists():
                return  # another process took it, and tells of it
            self.files.later[path] = time.time_ns() + int(LATER.total_seconds() * 1e9)
            if self.files.is_new(path, str(error)):
                self.tell(_about(path, Event("not_taken", f"will be tried again: {error}", wrong=True)))
            return
        self.tell(_about(path, _of_outcome(outcome)))
        self.wake("requests")

    def _say_unknown_holidays(self) -> None:
        now = self.store.runs.now()
        years = {
            at.year
            for one in self.settings.schedules
            if one.workdays
            for at in schedule.upcoming(one, now, 1)
            if not is_known(at.year)
        }
        for year in sorted(years):
            told = f"the holidays of {year} are not known to this version; only weekends are left out"
            self.tell(Event("holidays_unknown", told, (("year", str(year)),), wrong=True))

    def _reload(self) -> None:
        """Read briefings.toml again when it was changed; one that cannot be used leaves the last one in force."""
        path = self.settings.root / settings.FILE_NAME
        if (state := _state(path)) == self.file_state:
            return
        self.file_state = state
        try:
            self.settings = settings.load(self.settings.root)
        except BriefingsError as error:
            self.tell(Event("settings", f"{error} What was read before stays in force.", wrong=True))
            return
        self.look_again = True
        self.tell(Event("settings", f"{settings.FILE_NAME} was changed and read again"))

    def _say_replaced(self) -> None:
        """Say once that the program's files are others now: what runs is the program of before."""
        if self.replaced or not program.replaced():
            return
        self.replaced = True
        told = (
            "the program's files were changed; the version that was started goes on until it is started again"
        )
        self.tell(Event("replaced", told, wrong=True))

    def _make_inbox(self) -> bool:
        """Make the folder where it is missing; say once when that cannot be, and once when it can be again."""
        folder = self.settings.inbox
        try:
            folder.mkdir(parents=True, exist_ok=True)
            missing = ""
        except OSError as error:
            missing = error.strerror or str(error)
        if missing != self.missing:
            told = f"{folder} cannot be made: {missing}" if missing else f"{folder} is there again"
            self.tell(Event("inbox", told, wrong=bool(missing)))
        self.missing = missing
        return not missing

    def _watch_inbox(self) -> None:
        """Let events of the file system wake the look; where there are none the look each minute makes sure."""
        while not self.stopping.is_set():
            try:
                for _ in inbox.events(self.settings.inbox, self.stopping):
                    self.wake("inbox")
            except (OSError, RuntimeError):  # the folder is away, or there are no more events to be had
                self.stopping.wait(LATER.total_seconds())

    def _failed(self, task: str, error: Exception) -> None:
        self.tell(
            Event("task_failed", f"{task}: {type(error).__name__}: {error}", (("task", task),), wrong=True)
        )


def ask_for_changed(loaded: Settings, store: "Store", *, anyway: bool = False) -> tuple[Run, ...]:
    """Ask for runs of the briefings that changed sources belong or belonged to, and of those never looked at.

    Without news nothing is looked at, unless ``anyway``.
    """
    news = store.news()
    if not news and not anyway:
        return ()
    before = store.choices()
    after = {order.id: frozenset(d.id for d in gathering.chosen(order, store)) for order in loaded.orders}
    changed = {d.id: d.name for d in store.documents(replaced=True) if d.sha256 in news}
    why = {
        briefing: _why(after[briefing], changed, briefing in before)
        for briefing in affected(before, after, changed)
    }
    ready = partial(debounce.ready, quiet=timedelta(seconds=loaded.debounce))
    return store.settle_news(news, after, why, ready)


def make_next(
    loaded: Settings, store: "Store", tell: Tell, *, owner: str, briefing: str | None = None
) -> Run | None:
    """Make the next run that is ready; None where none is."""

    def build(run: Run) -> Ended:
        tell(_of_run(run, "begun", f"{run.id} makes {run.briefing}"))

        def on_step(step: str) -> None:
            store.runs.at_step(run.id, owner, step)
            tell(_of_run(replace(run, step=step), "step", f"{run.id} of {run.briefing}: {step}"))

        built = pipeline.build(loaded.order(run.briefing), loaded, store, now=_now(), on_step=on_step)
        return Ended("done" if built.reports else "unchanged", edition=built.edition.id)

    run = run_next(store.runs, build, owner=owner, briefing=briefing)
    if run:
        told = " ".join(filter(None, (f"{run.id} of {run.briefing}: {run.state}", run.edition, run.reason)))
        tell(_of_run(run, "ended", told, wrong=run.state not in ("done", "unchanged")))
    return run


def run_now(briefing: str, kind: RunKind, why: str, loaded: Settings, store: "Store", tell: Tell) -> Run:
    """Ask for a run and make it here and now; it stays queued where another process makes the briefing at this moment."""
    asked = store.runs.ask(loaded.order(briefing).id, kind, why)
    store.runs.recover()
    while (
        run := make_next(loaded, store, tell, owner=owner_of_this_process(), briefing=briefing)
    ) is not None:
        if run.id == asked.id:
            return run
    return store.runs.run(asked.id)


def retry(run: str, loaded: Settings, store: "Store", tell: Tell) -> Run:
    """Make what a run that is over was to make, as a run of its own. Raises ``UsageError`` for one that is not over."""
    old = store.runs.run(run)
    if not old.over:
        raise UsageError(f"{old.id} is {old.state}; only a run that is over can be tried again.")
    return run_now(old.briefing, "retry", f"{old.id} is tried again", loaded, store, tell)


class _Files:
    """What the looks into the inbox know of its files from one to the next; lost, it is found again."""

    def __init__(self) -> None:
        self.rests: dict[Path, inbox.Rest] = {}
        self.later: dict[Path, int] = {}
        self.told: dict[Path, str] = {}

    def is_new(self, path: Path, what: str) -> bool:
        """Whether ``what`` has not been told of ``path`` yet."""
        new = self.told.get(path) != what
        self.told[path] = what
        return new


def _why(documents: Collection[str], changed: Mapping[str, str], seen_before: bool) -> str:
    names = sorted({changed[id_] for id_ in documents if id_ in changed})
    if not names:
        return "the documents it speaks of are others now" if seen_before else "it has not been made yet"
    return "new in " + ", ".join(shown(name) for name in names[:5]) + (" …" if len(names) > 5 else "")


def _of_outcome(outcome: pipeline.Outcome) -> Event:
    about = (("sha256", outcome.sha256),)
    match outcome.state:
        case "taken":
            told = f"{len(outcome.documents)} documents, {outcome.facts} facts, {outcome.measures} measures"
            return Event("taken", told, about)
        case "known":
            return Event("known", "the same bytes are here already", about)
        case "quarantined":
            problem = outcome.problem
            assert problem is not None
            return Event("quarantined", problem.sentence, (*about, ("code", problem.code)), wrong=True)


def _about(path: Path, event: Event) -> Event:
    name = shown(path.name)
    return Event(event.name, f"{name}: {event.sentence}", (("file", name), *event.about), event.wrong)


def _of_run(run: Run, name: str, sentence: str, *, wrong: bool = False) -> Event:
    about: tuple[tuple[str, str], ...] = (
        ("run", run.id), ("briefing", run.briefing), ("kind", run.kind), ("state", run.state)
    )  # fmt: skip
    if run.step:
        about = (*about, ("step", run.step))
    return Event(name, sentence, about, wrong)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _clock(at: datetime, loaded: Settings) -> str:
    from zoneinfo import ZoneInfo

    return at.astimezone(ZoneInfo(loaded.timezone)).isoformat(sep=" ", timespec="seconds")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
