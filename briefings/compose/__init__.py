"""Words a briefing: decides what is said, in which order, from which sentence; the formats only lay it out."""

from briefings.compose.changes import since_last
from briefings.compose.digest import digest
from briefings.compose.history import history
from briefings.compose.peers import peers
from briefings.compose.tracker import tracker
from briefings.compose.yoy import yoy

__all__ = ["digest", "history", "peers", "since_last", "tracker", "yoy"]
