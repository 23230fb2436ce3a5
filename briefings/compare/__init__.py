"""Sets facts and measures beside each other: what leads, what is shared, what must not be compared, what adds up."""

from briefings.compare.checks import checks
from briefings.compare.digest import digest
from briefings.compare.editions import editions
from briefings.compare.history import history
from briefings.compare.peers import peers
from briefings.compare.tracker import tracker
from briefings.compare.yoy import yoy

__all__ = ["checks", "digest", "editions", "history", "peers", "tracker", "yoy"]
