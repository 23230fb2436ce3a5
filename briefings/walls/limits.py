"""How much a child process may take, and how it binds itself to that."""

import math
import resource
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take: ``memory`` (address space) and ``written`` (a file, or the answer) in bytes, times in seconds.

    ``cpu`` is computing time, ``wall`` the time on the clock until the process is killed.
    """

    memory: int = 1024 * MIB
    cpu: float = 20
    wall: float = 60
    written: int = 50 * MIB


READ = Limits()
RENDER = Limits(memory=2048 * MIB, cpu=30)
"""The PDF of a digest of eighteen departments takes 900 MB and 10 s; a large city has twice as many."""


def bind(limits: Limits) -> None:
    """Bind this process to ``limits`` for the rest of its life; where the machine sets a lower one, that one stays."""
    seconds = math.ceil(limits.cpu)
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, limits.written, limits.written),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        most = resource.getrlimit(kind)[1]
        capped = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
        resource.setrlimit(kind, capped)
