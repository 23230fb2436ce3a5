"""The shape of ``briefings.toml``: its tables and keys, what each may hold, and how the environment goes before it.

pydantic is slow to import, so this module is imported only where a file of settings is read.
"""

import difflib
import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from briefings.deliver.addresses import BadAddress, recipient
from briefings.errors import ConfigurationError
from briefings.records.briefing import BriefKind, Theme
from briefings.records.edition import Format
from briefings.schedule.cron import fields
from briefings.walls.limits import MIB, READ, RENDER

PERIOD = re.compile(r"\d{4}(?:-(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])(?:\.\.M(?:0[1-9]|1[0-2]))?))?")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Workspace(BaseModel):
    """``[workspace]``: where its things are kept, and whose clocks hold."""

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
    """``[service]``: what happens unattended, and under which address the page is reached."""

    model_config = ConfigDict(extra="forbid")
    inbox: str = Field(default="inbox", min_length=1)
    debounce: float = Field(default=10, ge=0, le=60)
    address: str = ""

    @field_validator("address")
    @classmethod
    def web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (
            parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
        ):
            raise ValueError(f'{value!r} is not the address of a site; write "https://briefings.example.org"')
        return value.rstrip("/")


class Bounds(BaseModel):
    """``[limits]``: what a child process may take."""

    model_config = ConfigDict(extra="forbid")
    read_megabytes: int = Field(default=READ.memory // MIB, ge=512, le=1 << 20)
    render_megabytes: int = Field(default=RENDER.memory // MIB, ge=512, le=1 << 20)
    read_seconds: float = Field(default=READ.cpu, ge=1, le=3600)
    render_seconds: float = Field(default=RENDER.cpu, ge=1, le=3600)
    wall_seconds: float = Field(default=READ.wall, ge=1, le=7200)
    written_megabytes: int = Field(default=READ.written // MIB, ge=1, le=4096)


class Mail(BaseModel):
    """``[mail]``: the server that letters are handed to."""

    # By its alias, because the defaults are written out and read in again below the file and the environment.
    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)
    host: str = ""
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = Field(default="", alias="from")
    user: str = ""
    password: str = ""
    password_file: str = ""
    ca_file: str = ""
    max_megabytes: float = Field(default=10, gt=0, le=100)
    timeout: float = Field(default=60, ge=1, le=600)

    @field_validator("sender")
    @classmethod
    def one_sender(cls, value: str) -> str:
        return _address_checked(value) if value else value

    @model_validator(mode="after")
    def ready(self) -> "Mail":
        if self.host and not self.sender:
            raise ValueError('letters need a sender; add from = "name <person@example.org>"')
        if self.user and self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError('a password is not sent in the clear; set security to "starttls" or "tls"')
        return self


class Printed(BaseModel):
    """``[briefing.masthead]``: the office's own words over and under its papers."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(default="", max_length=30)
    issue: str = Field(default="", max_length=40)
    unit: str = Field(default="", max_length=40)
    date: str = Field(default="", max_length=20)
    classification: str = Field(default="", max_length=20)
    urgency: str = Field(default="", max_length=20)
    serial: str = Field(default="", max_length=20)
    foreword: str = Field(default="", max_length=200)
    report_to: str = Field(default="", max_length=200)
    copy_to: str = Field(default="", max_length=200)
    printed: str = Field(default="", max_length=60)

    @field_validator("foreword")
    @classmethod
    def without_figures(cls, value: str) -> str:
        if re.search(r"[0-9０-９]", value):
            raise ValueError("figures need a source; write the foreword without any")
        return value


class Wanted(BaseModel):
    """``[[briefing]]``: one briefing."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    kind: Literal["digest", "yoy", "peers", "history", "tracker"]
    title: str = Field(min_length=1, max_length=120)
    period: str | list[str]
    issuers: list[str] = []
    places: list[str] = []
    formats: list[Format] = Field(["pdf", "docx", "html", "xlsx"], min_length=1)
    language: Literal["zh", "en"] = "zh"
    theme: Theme = "modern"
    office: str = ""
    masthead: Printed | None = None
    schedule: str = ""
    workdays: bool = False
    timezone: str = ""
    recipients: list[str] = []
    attach: list[Format] | None = None

    @field_validator("recipients")
    @classmethod
    def one_address_each(cls, value: list[str]) -> list[str]:
        return [_address_checked(one) for one in value]

    @field_validator("schedule")
    @classmethod
    def readable_schedule(cls, value: str) -> str:
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
        if self.masthead is not None and self.theme != "official":
            raise ValueError('a masthead belongs to the official theme; add theme = "official"')
        if wrong := shape_fault(self.kind, self.period, self.issuers, self.places):
            raise ValueError(wrong)
        for key in ("workdays", "timezone"):
            if getattr(self, key) and not self.schedule:
                raise ValueError(f'{key} belongs to a schedule; add schedule = "0 9 * * 1-5"')
        for format_ in self.attach or ():
            if format_ not in self.formats:
                raise ValueError(f"attach names {format_!r}, which is not among its formats")
        return self


class File(BaseSettings):
    """The whole file."""

    model_config = SettingsConfigDict(
        extra="forbid",
        hide_input_in_errors=True,  # it may hold the password
        env_prefix="BRIEFINGS_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )
    workspace: Workspace = Workspace()
    service: Service = Service()
    mail: Mail = Mail()
    limits: Bounds = Bounds()
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


def _address_checked(text: str) -> str:
    """``text`` if it is the address of a reader; raises ``ValueError``."""
    try:
        recipient(text)
    except BadAddress as error:
        raise ValueError(str(error).rstrip(".")) from error
    return text


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
