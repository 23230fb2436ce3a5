"""The page and the API: what people and programs see of a workspace over HTTP, and may do to it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from briefings.records.run import Event
    from briefings.settings import Settings
    from briefings.store.store import Store

__all__ = ["create_app"]


def create_app(
    settings: "Settings",
    store: "Store",
    wake: "Callable[..., None]" = lambda *_: None,
    tell: "Callable[[Event], None]" = lambda _: None,
) -> "FastAPI":
    """The application on a workspace; ``wake`` is called with the names of tasks that have something to do.

    ``tell`` is told of what comes in.
    """
    from briefings.web.app import create

    return create(settings, store, wake, tell)
