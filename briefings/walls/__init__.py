"""Untrusted work done in child processes that memory, time, output, network and secrets are withheld from."""

from briefings.walls.foreign import run_program
from briefings.walls.gate import network_namespace, ready, run
from briefings.walls.limits import READ, RENDER, Limits
from briefings.walls.stopped import Stopped

__all__ = ["READ", "RENDER", "Limits", "Stopped", "network_namespace", "ready", "run", "run_program"]
