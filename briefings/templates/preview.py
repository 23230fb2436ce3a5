"""What a briefing looks like with the templates as they are now: on the specimen or on a real order, nothing published."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import walled
from briefings.gathering import composed, gathered
from briefings.records.briefing import Briefing, Theme
from briefings.records.edition import Format

if TYPE_CHECKING:
    from briefings.records.edition import Order
    from briefings.records.fact import Fact
    from briefings.settings import Settings
    from briefings.store.store import Store

_QUEUED = "2031-07-20T08:00:00+08:00"
_FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")


def preview(
    settings: "Settings",
    folder: Path,
    *,
    made: Collection[str] = ("pdf", "docx", "html", "mail"),
    theme: Theme | None = None,
    order: "Order | None" = None,
    store: "Store | None" = None,
) -> Iterator[Path]:
    """Write into ``folder`` what ``made`` names, and give each path when it is written.

    On the specimen in Chinese and English, or on the facts of ``order`` in ``store``; the names then say that it is no
    edition, for nothing in it was audited. Raises as rendering does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for briefing, facts in _shown(settings, theme, order, store):
        for format_ in _FORMATS:
            if format_ in made:
                path = folder / f"{briefing.id}{'.preview' if order else ''}.{format_}"
                path.write_bytes(walled.render(format_, briefing, facts, settings.search, settings.rendering))
                yield path
    if "mail" in made:
        yield from _letters(settings, folder)


def _shown(
    settings: "Settings", theme: Theme | None, order: "Order | None", store: "Store | None"
) -> "Iterator[tuple[Briefing, tuple[Fact, ...]]]":
    from briefings.render.specimen import specimen

    if order is not None and store is not None:
        material = gathered(order, settings, store)
        briefing = composed(material)
        yield replace(briefing, theme=theme or briefing.theme), material.facts
        return
    chosen: Theme = theme or "modern"
    yield replace(specimen("zh", chosen), id=f"specimen-{chosen}"), ()
    yield replace(specimen("en", chosen), id=f"specimen-{chosen}.en"), ()


def _letters(settings: "Settings", folder: Path) -> Iterator[Path]:
    from briefings.deliver.mail import message
    from briefings.posting import worded
    from briefings.records.mail import Letter, Recipient
    from briefings.render.specimen import mail_specimen

    for language, name in (("zh", "letter"), ("en", "letter.en")):
        wording = worded(mail_specimen("zh" if language == "zh" else "en"), settings)
        reader = Recipient("", "reader@specimen.example")
        letter = Letter(
            id=f"specimen-{language}", briefing="specimen", edition="specimen", recipient=reader, attach=(),
            language="zh" if language == "zh" else "en", state="pending", queued=_QUEUED, due=_QUEUED,
        )  # fmt: skip
        sender = settings.mail.sender or Recipient("", "office@specimen.example")
        for ending, data in (
            ("eml", message(letter, sender, wording)),
            ("txt", f"{wording.subject}\n\n{wording.text}".encode()),
            ("html", wording.html.encode()),
        ):
            path = folder / f"{name}.{ending}"
            path.write_bytes(data)
            yield path
