"""``briefings.toml``, environment and flags, read once at the entrance into one record.

Order of precedence: a flag, an environment variable (``BRIEFINGS_WORKSPACE__OUTPUT``), the file, the default.
"""

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from briefings.errors import ConfigurationError
from briefings.records.briefing import BriefKind
from briefings.records.edition import Format, Order
from briefings.records.run import Schedule

FILE_NAME = "briefings.toml"
LEXICONS = "lexicons"
PERIOD = re.compile(r"\d{4}(?:-(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])(?:\.\.M(?:0[1-9]|1[0-2]))?))?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a workspace keeps what, and which briefings it makes.

    ``search`` are the folders that may hold ``templates/`` and ``styles/``: the workspace first, then the packed ones.
    ``debounce`` is for how many seconds no document may have come before briefings are made anew.
    """

    root: Path
    data: Path
    store: str
    output: Path
    timezone: str
    search: tuple[Path, ...]
    orders: tuple[Order, ...]
    schedules: tuple[Schedule, ...] = ()
    inbox: Path = Path("inbox")
    debounce: float = 10

    @property
    def lexicons(self) -> Path:
        """The folder of the workspace's own ``indicators.toml`` and ``themes.toml``, which need not be there."""
        return self.root / LEXICONS

    def order(self, briefing: str) -> Order:
        """The briefing with the id ``briefing``; raises ``ConfigurationError`` with a suggestion."""
        for order in self.orders:
            if order.id == briefing:
                return order
        known = [o.id for o in self.orders]
        raise ConfigurationError(
            f"There is no briefing {briefing!r} in {FILE_NAME}.{_suggestion(briefing, known)}"
        )


def load(root: Path) -> Settings:
    """The settings of the workspace ``root``; without a ``briefings.toml`` there are the defaults and no briefings.

    Raises ``ConfigurationError`` for a file that is not TOML, an unknown key (with a suggestion), a wrong value.
    """
    path = root / FILE_NAME
    if not path.exists():
        return parse("", root)
    try:
        return parse(path.read_text(encoding="utf-8"), root)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{FILE_NAME} is not UTF-8 text: {error}.") from error


def parse(text: str, root: Path, *, output: Path | None = None) -> Settings:
    """The settings written in ``text``, relative paths taken from ``root``, ``output`` as given; raises as ``load``."""
    from pydantic import ValidationError

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{FILE_NAME} is not valid TOML: {error}.") from error
    try:
        model = _model()(**data)
    except ValidationError as error:
        raise ConfigurationError(_sentences(error)) from error
    space = model.workspace
    return Settings(
        root=root,
        data=root / space.data,
        store=space.store or str(root / space.data / "store.sqlite3"),
        output=output or root / space.output,
        timezone=space.timezone,
        search=(root, *packed_assets()),
        orders=tuple(_order(b) for b in model.briefing),
        schedules=tuple(_schedule(b, space.timezone) for b in model.briefing if b.schedule),
        inbox=root / model.service.inbox,
        debounce=model.service.debounce,
    )


def shape_fault(
    kind: BriefKind, periods: Sequence[str], issuers: Sequence[str], places: Sequence[str]
) -> str:
    """What a briefing of ``kind`` lacks or has too much of; "" when nothing."""
    match kind:
        case "digest" if len(periods) != 1:
            return "a digest has one period"
        case "yoy" if len(periods) != 2 or not (issuers or places):
            return 'a yoy has two periods, the earlier first, and its issuer: period = ["2020-H1", "2021-H1"], issuers = [...]'
        case "tracker" if len(periods) != 2 or not (issuers or places):
            return 'a tracker has two periods, the earlier first, and its issuer: period = ["2020-H1", "2021-H1"], issuers = [...]'
        case "peers" if len(periods) != 1 or len(places) < 2:
            return 'peers has one period and two places or more, your own first: places = ["甲区", "乙区"]'
        case "history" if len(periods) < 2 or not (issuers or places):
            return 'a history has two periods or more and its place: period = ["2020", "2021"], places = ["甲区"]'
    return ""


def packed_assets() -> tuple[Path, ...]:
    """The folder that holds the packed ``templates/`` and ``styles/``: inside a wheel, or the checkout."""
    package = Path(str(resources.files("briefings")))
    for folder in (package / "_assets", package.parent):
        if (folder / "templates").is_dir() and (folder / "styles").is_dir():
            return (folder,)
    raise ConfigurationError(
        "The templates and styles that belong to briefings are missing; install it again."
    )


def _model() -> Any:
    """The shape of ``briefings.toml``; pydantic is slow to import, so only where settings are needed."""
    from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
    from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

    class Workspace(BaseModel):
        model_config = ConfigDict(extra="forbid")
        data: str = ".briefings"
        store: str = ""
        output: str = "output"
        timezone: str = "Asia/Shanghai"

        @field_validator("timezone")
        @classmethod
        def known_zone(cls, value: str) -> str:
            return _known_zone(value)

    class Service(BaseModel):
        model_config = ConfigDict(extra="forbid")
        inbox: str = Field(default="inbox", min_length=1)
        debounce: float = Field(default=10, ge=0, le=60)

    class Wanted(BaseModel):
        model_config = ConfigDict(extra="forbid")
        id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
        kind: Literal["digest", "yoy", "peers", "history", "tracker"]
        title: str = Field(min_length=1, max_length=60)
        period: str | list[str]
        issuers: list[str] = []
        places: list[str] = []
        formats: list[Format] = Field(["pdf", "docx", "html", "xlsx"], min_length=1)
        language: Literal["zh", "en"] = "zh"
        theme: Literal["modern", "official"] = "modern"
        office: str = ""
        schedule: str = ""
        workdays: bool = False
        timezone: str = ""

        @field_validator("schedule")
        @classmethod
        def readable_schedule(cls, value: str) -> str:
            from briefings.schedule.cron import fields

            if not value:
                return value
            try:
                fields(value)
            except ConfigurationError as error:
                raise ValueError(str(error)) from error
            return value

        @field_validator("timezone")
        @classmethod
        def known_zone(cls, value: str) -> str:
            return _known_zone(value) if value else value

        @field_validator("period")
        @classmethod
        def readable_period(cls, value: str | list[str]) -> list[str]:
            periods = [value] if isinstance(value, str) else value
            for period in periods:
                if not PERIOD.fullmatch(period):
                    raise ValueError(f"{period!r} is not a period; write 2021-H1, 2021-Q2, 2021-M05 or 2021")
            if not periods:
                raise ValueError("at least one period is needed")
            return periods

        @model_validator(mode="after")
        def ready(self) -> "Wanted":
            if self.theme != "modern":
                raise ValueError("theme 'official' cannot be built by this version; it builds: modern")
            if wrong := shape_fault(self.kind, self.period, self.issuers, self.places):
                raise ValueError(wrong)
            for key in ("workdays", "timezone"):
                if getattr(self, key) and not self.schedule:
                    raise ValueError(f'{key} belongs to a schedule; add schedule = "0 9 * * 1-5"')
            return self

    class File(BaseSettings):
        model_config = SettingsConfigDict(
            extra="forbid",
            env_prefix="BRIEFINGS_",
            env_nested_delimiter="__",
            nested_model_default_partial_update=True,
        )
        workspace: Workspace = Workspace()
        service: Service = Service()
        briefing: list[Wanted] = []

        @field_validator("briefing")
        @classmethod
        def different(cls, value: list[Wanted]) -> list[Wanted]:
            ids = [b.id for b in value]
            twice = next((i for i in ids if ids.count(i) > 1), None)
            if twice:
                raise ValueError(f"two briefings have the id {twice!r}")
            return value

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """The environment beats the file, which comes in as ``init_settings``."""
            return env_settings, init_settings

    return File


def _order(wanted: Any) -> Order:
    return Order(
        id=wanted.id,
        kind=wanted.kind,
        title=wanted.title,
        periods=tuple(wanted.period),
        issuers=tuple(wanted.issuers),
        places=tuple(wanted.places),
        formats=tuple(dict.fromkeys(wanted.formats)),
        language=wanted.language,
        theme=wanted.theme,
        office=wanted.office,
    )


def _schedule(wanted: Any, timezone: str) -> Schedule:
    return Schedule(wanted.id, wanted.id, wanted.schedule, wanted.timezone or timezone, wanted.workdays)


def _known_zone(name: str) -> str:
    """``name`` if it is a time zone; raises ``ValueError``."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = difflib.get_close_matches(name, available_timezones(), n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"there is no time zone {name!r}{hint}") from error
    return name


_KEYS = {
    "workspace": ("data", "store", "output", "timezone"),
    "briefing": (
        "id",
        "kind",
        "title",
        "period",
        "issuers",
        "places",
        "formats",
        "language",
        "theme",
        "office",
        "schedule",
        "workdays",
        "timezone",
    ),
    "service": ("inbox", "debounce"),
    "": ("workspace", "service", "briefing"),
}


def _sentences(error: Any) -> str:
    """What pydantic found, one sentence each, in our words."""
    told = []
    for found in error.errors():
        place = [str(p) if not isinstance(p, int) else f"#{p + 1}" for p in found["loc"]]
        where = " ".join(place) or "the file"
        if found["type"] == "extra_forbidden":
            key = str(found["loc"][-1])
            table = str(found["loc"][0]) if len(found["loc"]) > 1 else ""
            inside = f" in [{table}]" if table else ""
            told.append(f"unknown key {key!r}{inside}.{_suggestion(key, _KEYS.get(table, ()))}")
        elif found["type"] == "missing":
            told.append(f"{where} is missing.")
        else:
            said = found["msg"].removeprefix("Value error, ")
            told.append(f"{where}: {said}" if said.endswith("?") else f"{where}: {said}.")
    return f"{FILE_NAME}: " + " ".join(told)


def _suggestion(key: str, known: Any) -> str:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known are: {', '.join(known)}." if known else ""


TEMPLATE = """\
# briefings.toml: which briefings this workspace makes, and where it keeps its things.
# An unknown key is an error. A flag beats an environment variable (BRIEFINGS_WORKSPACE__OUTPUT), which beats this file.

[workspace]
# data = ".briefings"           # originals, quarantine and the store
# store = ""                    # empty: an SQLite file in data; or a database URL
# output = "output"             # editions: output/<briefing>/<edition>/
# timezone = "Asia/Shanghai"

[service]                       # what `briefings watch` does unattended
# inbox = "inbox"               # documents put here are taken in, and moved to inbox/taken
# debounce = 10                 # seconds without a new document before briefings are made anew; after a minute at most

# One [[briefing]] for each. `briefings build` makes them all, `briefings build ID` one.
[[briefing]]
id = "departments-2021h1"       # folder and file name: a-z, 0-9 and -
kind = "digest"                 # digest: the departments of one period
title = "2021年上半年部门工作总结摘编"
period = "2021-H1"              # 2021-H1, 2021-Q2, 2021-M05, 2021
# issuers = ["市发展改革委"]       # only these (aliases are understood); empty: all
# places = ["临澜市"]             # only these; empty: all
# formats = ["pdf", "docx", "html", "xlsx"]
# language = "zh"
# theme = "modern"
# office = "市政府研究室"          # the issuing office, printed under the title
# schedule = "0 9 * * 1-5"      # when `briefings watch` makes it: minute hour day month weekday, or @daily @weekly @monthly
# workdays = true               # only on working days of China
# timezone = "Asia/Shanghai"    # whose clocks the schedule is read on; empty: the workspace's
"""
"""What ``briefings init`` writes."""
