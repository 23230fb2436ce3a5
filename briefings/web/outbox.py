"""The page of letters: what went to whom, what waits, what is in doubt; send again because a person says so."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import posting
from briefings.records.mail import UNSENT
from briefings.web import editions
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer

router = APIRouter()
MOST = 300


@router.get("/outbox")
def outbox_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """The letters, those queued last first."""
    asked = request.query_params.get("state", "")
    letters = site.store.outbox.letters(states=UNSENT if asked == "unsent" else None)
    return page(
        request,
        visitor,
        "outbox",
        letters=letters[:MOST],
        counts=site.store.outbox.counts(),
        server=site.settings.mail.host,
        titles={o.id: o.title for o in site.settings.orders},
        unsent=asked == "unsent",
        readers=[(m.briefing, len(m.recipients)) for m in site.settings.mailings],
    )


@router.post("/outbox/{letter}/resend")
def resend(letter: str, visitor: Editor, site: SiteOf) -> Response:
    """Let a letter that failed or is in doubt go once more."""
    reason = str(visitor.form.get("reason", "")).strip() or "sent again on the page"
    site.store.outbox.resend(letter, author=visitor.name, reason=reason)
    site.wake("mail")
    return onward("/outbox", "resent")


@router.post("/briefings/{briefing}/missing")
def resend_missing(briefing: str, visitor: Editor, site: SiteOf) -> Response:
    """The latest edition to all who have it not."""
    order = editions.order_of(site, briefing)
    queued = posting.resend_missing(site.settings, site.store, order.id, author=visitor.name)
    site.wake("mail")
    return onward("/outbox", "resent" if queued else "nobody_missing")
