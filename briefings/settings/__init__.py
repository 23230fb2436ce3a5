"""``briefings.toml``, environment and flags, read once at the entrance into one record.

Order of precedence: a flag, an environment variable (``BRIEFINGS_WORKSPACE__OUTPUT``), the file, the default.
"""

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import ConfigurationError
from briefings.records.briefing import Masthead
from briefings.records.edition import Format, Order
from briefings.records.mail import NO_SERVER, Mailing, MailServer, Recipient, Secret
from briefings.records.run import Schedule
from briefings.settings.told import sentences, suggestion
from briefings.walls.limits import MIB, READ, RENDER, Limits

if TYPE_CHECKING:
    from briefings.settings.shape import Bounds, Mail, Wanted

FILE_NAME = "briefings.toml"
LEXICONS = "lexicons"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a workspace keeps what, and which briefings it makes.

    ``search`` are the folders that may hold ``templates/`` and ``styles/``: the workspace first, then the packed ones.
    ``debounce`` is for how many seconds no document may have come before briefings are made anew. ``address`` is where
    readers reach the page (``https://…``), "" where they cannot.
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
    address: str = ""
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
            f"There is no briefing {briefing!r} in {FILE_NAME}.{suggestion(briefing, known)}"
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

    from briefings.settings.shape import File

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
        model = File(**data)
    except ValidationError as error:
        raise ConfigurationError(f"{FILE_NAME}: {sentences(error, File)}") from error
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
        address=model.service.address,
        mail=_server(model.mail, root),
        mailings=tuple(_mailing(b) for b in model.briefing if b.recipients),
        reading=_limits(model.limits, model.limits.read_megabytes, model.limits.read_seconds),
        rendering=_limits(model.limits, model.limits.render_megabytes, model.limits.render_seconds),
    )


def template() -> str:
    """The commented ``briefings.toml`` that ``briefings init`` writes."""
    return (resources.files("briefings") / "data" / FILE_NAME).read_text(encoding="utf-8")


def packed_assets() -> tuple[Path, ...]:
    """The folder that holds the packed ``templates/`` and ``styles/``: inside a wheel, or the checkout."""
    package = Path(str(resources.files("briefings")))
    for folder in (package / "_assets", package.parent):
        if (folder / "templates").is_dir() and (folder / "styles").is_dir():
            return (folder,)
    raise ConfigurationError(
        "The templates and styles that belong to briefings are missing; install it again."
    )


def _order(wanted: "Wanted") -> Order:
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


def _limits(bounds: "Bounds", megabytes: int, seconds: float) -> Limits:
    return Limits(megabytes * MIB, seconds, bounds.wall_seconds, bounds.written_megabytes * MIB)


def _schedule(wanted: "Wanted", timezone: str) -> Schedule:
    return Schedule(wanted.id, wanted.id, wanted.schedule, wanted.timezone or timezone, wanted.workdays)


def _server(mail: "Mail", root: Path) -> MailServer:
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


def _mailing(wanted: "Wanted") -> Mailing:
    from briefings.deliver.addresses import recipient

    readers: dict[str, Recipient] = {}
    for text in wanted.recipients:
        reader = recipient(text)
        readers.setdefault(reader.mailbox, reader)
    usual: tuple[Format, ...] = ("pdf", "docx")
    attach = [f for f in usual if f in wanted.formats] if wanted.attach is None else wanted.attach
    return Mailing(wanted.id, tuple(readers.values()), tuple(dict.fromkeys(attach)), wanted.language)


_PORTS = {"starttls": 587, "tls": 465, "none": 25}
