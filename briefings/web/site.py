"""What every page needs: the workspace, its store, the key that signs links, and the words in both languages."""

import re
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from briefings import settings as configuration
from briefings.errors import BriefingsError, UsageError
from briefings.records.run import Event
from briefings.settings import Settings
from briefings.sharing import signing_key
from briefings.store.store import Store

Language = Literal["zh", "en"]
MOST_UPLOADED = 200 * 1024 * 1024
"""Bytes of one upload, all its files together."""


class Site:
    """A workspace as the page knows it; settings are read again when briefings.toml changes."""

    def __init__(
        self, settings: Settings, store: Store, wake: Callable[..., None], tell: Callable[[Event], None]
    ) -> None:
        self.store = store
        self.wake = wake
        self.tell = tell
        self.started = time.time()
        self.key = signing_key(settings.data)
        self._settings = settings
        self._state = _state(settings.root)
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        """The settings as they are now; those read last where briefings.toml cannot be used."""
        state = _state(self._settings.root)
        with self._lock:
            if state != self._state:
                self._state = state
                with suppress(BriefingsError):  # whoever watches the workspace tells of it
                    self._settings = configuration.load(self._settings.root)
            return self._settings

    @property
    def zone(self) -> ZoneInfo:
        """Whose clocks the times are shown on."""
        return ZoneInfo(self.settings.timezone)


class Wrong(UsageError):
    """Something that cannot be done as it was asked for, told by a sentence of the page that is there in both languages."""

    def __init__(self, chinese: str, **slots: object) -> None:
        super().__init__(say("zh", chinese, **slots))
        self.chinese = chinese
        self.slots = slots


@cache
def phrases() -> dict[str, str]:
    """The English of every sentence of the page, by its Chinese."""
    found = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return {str(zh): str(en) for zh, en in found.items()}


def say(language: Language, chinese: str, **slots: object) -> str:
    """A sentence of the page in ``language``, its slots filled."""
    text = phrases()[chinese] if language == "en" else chinese
    return text.format(**slots) if slots else text


def told(language: Language, error: Exception | str) -> str:
    """What is wrong, in ``language``: the page's own sentences, and those of the rooms that ``faults.toml`` knows."""
    if isinstance(error, Wrong):
        return say(language, error.chinese, **error.slots)
    text = str(error)
    if text in phrases():
        return say(language, text)
    for said, way in faults():
        if found := said.fullmatch(text):
            slots = {name: value.strip("'\"") for name, value in found.groupdict().items()}
            return way[language].format(**slots)
    if language == "zh" and text and text.isascii():
        return say("zh", "没有做成。程序的原话：{said}", said=text)
    return text


@cache
def faults() -> tuple[tuple[re.Pattern[str], dict[Language, str]], ...]:
    """What the rooms say in English when something cannot be, as a pattern, and how the page says it."""
    found = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))["fault"]
    return tuple((_pattern(one["said"]), {"zh": one["zh"], "en": one["en"]}) for one in found)


def _pattern(said: str) -> re.Pattern[str]:
    """A sentence whose {slots} stand for any words; ``{_}`` for words that nobody asks for."""
    parts = re.split(r"\{(\w+)\}", said)
    written = [re.escape(parts[0])]
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        written += [".*" if name == "_" else f"(?P<{name}>.+?)", re.escape(rest)]
    return re.compile("".join(written), re.DOTALL)


def _state(root: Path) -> tuple[int, int] | None:
    try:
        found = (root / configuration.FILE_NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
