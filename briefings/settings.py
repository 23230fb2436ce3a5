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
from briefings.records.briefing import BriefKind, Masthead, Theme
from briefings.records.edition import Format, Order
from briefings.records.mail import NO_SERVER, Mailing, MailServer, Recipient, Secret
from briefings.records.run import Schedule
from briefings.walls.limits import MIB, READ, RENDER, Limits

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
    mail: MailServer = NO_SERVER
    mailings: tuple[Mailing, ...] = ()
    reading: Limits = READ
    rendering: Limits = RENDER

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

    def mailing(self, briefing: str) -> Mailing | None:
        """To whom the editions of ``briefing`` go by mail; None where to nobody."""
        return next((m for m in self.mailings if m.briefing == briefing), None)


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
    if "password" in data.get("mail", {}):
        raise ConfigurationError(
            f"{FILE_NAME}: the password of [mail] does not belong in this file; set BRIEFINGS_MAIL__PASSWORD, "
            "or BRIEFINGS_MAIL__PASSWORD_FILE to the path of a file that holds it."
        )
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
        mail=_server(model.mail, root),
        mailings=tuple(_mailing(b) for b in model.briefing if b.recipients),
        reading=_limits(model.limits, model.limits.read_megabytes, model.limits.read_seconds),
        rendering=_limits(model.limits, model.limits.render_megabytes, model.limits.render_seconds),
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

    class Bounds(BaseModel):
        model_config = ConfigDict(extra="forbid")
        read_megabytes: int = Field(default=READ.memory // MIB, ge=512, le=1 << 20)
        render_megabytes: int = Field(default=RENDER.memory // MIB, ge=512, le=1 << 20)
        read_seconds: float = Field(default=READ.cpu, ge=1, le=3600)
        render_seconds: float = Field(default=RENDER.cpu, ge=1, le=3600)
        wall_seconds: float = Field(default=READ.wall, ge=1, le=7200)
        written_megabytes: int = Field(default=READ.written // MIB, ge=1, le=4096)

    class Mail(BaseModel):
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
        masthead=Masthead(**wanted.masthead.model_dump()) if wanted.masthead else None,
    )


def _limits(bounds: Any, megabytes: int, seconds: float) -> Limits:
    return Limits(megabytes * MIB, seconds, bounds.wall_seconds, bounds.written_megabytes * MIB)


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


def _server(mail: Any, root: Path) -> MailServer:
    from briefings.deliver.addresses import recipient

    return MailServer(
        host=mail.host,
        port=mail.port or _PORTS[mail.security],
        security=mail.security,
        sender=recipient(mail.sender) if mail.sender else None,
        user=mail.user,
        password=_password(mail.password, root / mail.password_file if mail.password_file else None),
        ca_file=str(root / mail.ca_file) if mail.ca_file else "",
        cap=int(mail.max_megabytes * 1_000_000),
        seconds=mail.timeout,
    )


def _password(given: str, path: Path | None) -> Secret | None:
    """The password of the mail server; one in a file is read when it is used, without the line's end."""
    if path is None:
        return Secret(lambda: given) if given else None

    def read() -> str:
        try:
            return path.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            # What the file holds is in no sentence, not even where it is no text.
            told = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise ConfigurationError(f"The password file {path} cannot be read: {told}.") from None

    return Secret(read)


def _mailing(wanted: Any) -> Mailing:
    from briefings.deliver.addresses import recipient

    readers: dict[str, Recipient] = {}
    for text in wanted.recipients:
        reader = recipient(text)
        readers.setdefault(reader.mailbox, reader)
    usual: tuple[Format, ...] = ("pdf", "docx")
    attach = [f for f in usual if f in wanted.formats] if wanted.attach is None else wanted.attach
    return Mailing(wanted.id, tuple(readers.values()), tuple(dict.fromkeys(attach)), wanted.language)


def _address_checked(text: str) -> str:
    from briefings.deliver.addresses import BadAddress, recipient

    try:
        recipient(text)
    except BadAddress as error:
        raise ValueError(str(error).rstrip(".")) from error
    return text


_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
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
        "recipients",
        "attach",
    ),
    "service": ("inbox", "debounce"),
    "limits": (
        "read_megabytes",
        "render_megabytes",
        "read_seconds",
        "render_seconds",
        "wall_seconds",
        "written_megabytes",
    ),
    "mail": (
        "host",
        "port",
        "security",
        "from",
        "user",
        "password_file",
        "ca_file",
        "max_megabytes",
        "timeout",
    ),
    "": ("workspace", "service", "mail", "limits", "briefing"),
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

[mail]                          # the server that `briefings mail send` and the service hand letters to
# host = "smtp.example.org"     # empty: no letters go; the outbox keeps them
# port = 587                    # default: 587 for starttls, 465 for tls, 25 for none
# security = "starttls"         # starttls, tls; none on this machine only
# from = "市政府研究室 <office@example.org>"
# user = ""                     # its password: BRIEFINGS_MAIL__PASSWORD, or a file's path in BRIEFINGS_MAIL__PASSWORD_FILE
# ca_file = ""                  # certificates to trust besides the system's
# max_megabytes = 10            # a larger letter goes without attachments and names the edition
# timeout = 60                  # seconds to wait for each answer of the server

[limits]                        # what the process that reads a file, or makes one, may take before it is stopped
# read_megabytes = 1024         # of memory
# render_megabytes = 2048
# read_seconds = 20             # of computing
# render_seconds = 30           # of computing
# wall_seconds = 60             # on the clock
# written_megabytes = 50

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
# recipients = ["王主任 <wang@example.org>"]  # who gets each new edition by mail
# attach = ["pdf", "docx"]      # with which of its files
"""
"""What ``briefings init`` writes."""
