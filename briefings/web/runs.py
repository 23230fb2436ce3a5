"""Pages of runs and schedules: what is made, what came of it, when the next is due; run now, pause, resume."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import schedule
from briefings.records.run import Run, Schedule
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.site import Site, Wrong

router = APIRouter()
MOST = 200
JUST = timedelta(minutes=5)


@router.get("/runs")
def runs_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """The runs, the newest first."""
    found = site.store.runs.all(most=MOST)
    return page(
        request, visitor, "runs", runs=found, moving=any(not r.over for r in found), titles=_titles(site)
    )


@router.get("/runs/now")
def runs_now(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """What is being made at the moment and what has just been: a part of other pages, looked for again and again."""
    return page(request, visitor, "now", 200, **moving_of(site))


@router.get("/runs/{run}")
def run_page(request: Request, run: str, visitor: Viewer, site: SiteOf) -> Response:
    """A run with its log; the page looks again by itself until it is over."""
    found = site.store.runs.run(run)
    log = site.store.runs.log(found.id)
    moving, news = not found.over, bool(site.store.news())
    return page(request, visitor, "run", run=found, log=log, moving=moving, news=news, titles=_titles(site))


@router.post("/runs/{run}/retry")
def retry_run(run: str, visitor: Editor, site: SiteOf) -> Response:
    """Make again what a run that is over was to make."""
    return onward(f"/runs/{again(site, run, visitor.name).id}", "asked")


@router.get("/schedules")
def schedules_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """When briefings are made, in words, and the next five times."""
    paused = {s.id for s in site.store.runs.schedules() if s.paused}
    rows = [
        (
            one,
            schedule.in_words(one, visitor.language),
            schedule.upcoming(one, datetime.now(UTC), 5),
            one.id in paused,
        )
        for one in site.settings.schedules
    ]
    return page(request, visitor, "schedules", rows=rows, titles=_titles(site))


@router.post("/schedules/{id_}/{wanted}")
def change_schedule(id_: str, wanted: str, visitor: Editor, site: SiteOf) -> Response:
    """Run now, pause or resume a schedule."""
    one = schedule_of(site, id_)
    if wanted == "run":
        run = site.store.runs.ask(one.briefing, "person", f"{visitor.name} asked on the page")
        site.wake("runs")
        return onward(f"/runs/{run.id}", "asked")
    return onward("/schedules", paused(site, one, wanted))


def paused(site: Site, one: Schedule, wanted: str) -> str:
    """Pause or resume a schedule; gives what was done."""
    if wanted == "pause":
        site.store.runs.pause(one)
        return "paused"
    if wanted == "resume":
        site.store.runs.resume(one)
        site.wake("requests")
        return "resumed"
    raise Wrong("没有这种操作。")


def again(site: Site, run: str, name: str) -> Run:
    """Ask for what a run that is over was to make, once more."""
    old = site.store.runs.run(run)
    if not old.over:
        raise Wrong("{run}还没有结束。", run=old.id)
    made = site.store.runs.ask(site.settings.order(old.briefing).id, "retry", f"{name} tries {old.id} again")
    site.wake("runs")
    return made


def schedule_of(site: Site, given: str) -> Schedule:
    """The schedule with that id."""
    for one in site.settings.schedules:
        if one.id == given:
            return one
    raise Wrong("没有名为{name}的日程。", name=given)


def moving_of(site: Site) -> dict[str, object]:
    """The runs that wait or are under way, the briefings made in the last minutes, and whether there is unread news."""
    found, since = site.store.runs.all(most=MOST), site.store.runs.now() - JUST
    seen: set[str] = set()
    fresh = []
    for run in found:
        if run.over and run.ended_at and run.ended_at > since and run.briefing not in seen:
            fresh.append(run)
        seen.add(run.briefing)
    return {
        "runs": [r for r in found if not r.over],
        "fresh": fresh,
        "titles": _titles(site),
        "news": bool(site.store.news()),
    }


def _titles(site: Site) -> dict[str, str]:
    return {o.id: o.title for o in site.settings.orders}
