"""What the tests in a real browser share: where Chromium and axe-core are, and what axe-core finds serious in a page."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "briefings"
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not here")


def axe() -> Path | None:
    """axe-core's one file, where ``.ci/setup.sh test`` keeps it; None where it is not there."""
    return max(CACHE.glob("axe-core-*.js"), default=None)


def serious(page: "Page", script: str) -> list[tuple[str, list[str]]]:
    """What axe-core finds serious or critical in a page: the rule, and where."""
    # By the debugger's way in, for the page's own policy lets no other script run.
    page.evaluate(script)
    found = page.evaluate("axe.run(document, {iframes: false}).then(r => r.violations)")
    return [
        (v["id"], [n["html"][:160] for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def overflow(page: "Page") -> int:
    """How many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
