"""Who may use the page: users with their roles, their sessions and tokens. Of passwords and tokens only hashes are here."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete, func, insert, select, update

from briefings.errors import UsageError
from briefings.records.user import ROLES, Person, Role
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.times import time_of, written

_u, _s, _k = t.users.c, t.sessions.c, t.tokens.c


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session: whose it is ("" for nobody's), and the word that its forms must carry."""

    person: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; what it says is known to its owner only. Times are ISO in UTC."""

    id: str
    person: str
    note: str
    made_at: str
    until: str


class Users:
    """The users with their sessions and tokens; times are the database's."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> tuple[Person, ...]:
        """Every user, by name."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(t.users).order_by(_u.name)).all()
        return tuple(Person(row.name, row.role) for row in rows)

    def any(self) -> bool:
        """Whether there is a user at all."""
        with self.engine.connect() as connection:
            return bool(connection.execute(select(func.count()).select_from(t.users)).scalar())

    def find(self, name: str) -> Person | None:
        """The user of that name."""
        with self.engine.connect() as connection:
            row = connection.execute(select(t.users).where(_u.name == name)).first()
        return Person(row.name, row.role) if row else None

    def password(self, name: str) -> str | None:
        """The hash of a user's password."""
        with self.engine.connect() as connection:
            found = connection.execute(select(_u.password).where(_u.name == name)).scalar()
        return None if found is None else str(found)

    def add(self, name: str, role: Role, password: str) -> Person:
        """Write a user down, ``password`` being a hash. Raises ``UsageError`` for a name that is taken or cannot be one."""
        if not 0 < len(name) <= 64 or name != name.strip() or any(not c.isprintable() for c in name):
            raise UsageError(f"{name!r} is no name of a user: 1 to 64 characters, no blanks around them.")
        if role not in ROLES:
            raise UsageError(f"{role!r} is no role; there are {', '.join(ROLES)}.")
        with writing(self.engine) as connection:
            if connection.execute(select(_u.name).where(_u.name == name)).first():
                raise UsageError(f"There is a user {name!r} already.")
            made = {"name": name, "role": role, "password": password}
            connection.execute(insert(t.users), {**made, "made_at": written(time_of(connection))})
        return Person(name, role)

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give a user another role or password; the sessions end, with a new password the tokens too."""
        values = {k: v for k, v in (("role", role), ("password", password)) if v is not None}
        with writing(self.engine) as connection:
            if not connection.execute(update(t.users).where(_u.name == name).values(**values)).rowcount:
                raise _nobody(name)
            connection.execute(delete(t.sessions).where(_s.person == name))
            if password is not None:
                connection.execute(delete(t.tokens).where(_k.person == name))

    def remove(self, name: str) -> None:
        """Forget a user with all sessions and tokens. Raises ``UsageError`` where there is none of that name."""
        with writing(self.engine) as connection:
            connection.execute(delete(t.sessions).where(_s.person == name))
            connection.execute(delete(t.tokens).where(_k.person == name))
            if not connection.execute(delete(t.users).where(_u.name == name)).rowcount:
                raise _nobody(name)

    def begin_session(self, person: str, lasts: timedelta) -> tuple[str, Session]:
        """Begin a session; gives the secret for the browser, which is not kept. What is over is swept out."""
        secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        with writing(self.engine) as connection:
            now = time_of(connection)
            connection.execute(delete(t.sessions).where(_s.until < written(now)))
            row = {"hash": hashed(secret), "person": person, "csrf": csrf, "made_at": written(now)}
            connection.execute(insert(t.sessions), {**row, "until": written(now + lasts)})
        return secret, Session(person, csrf)

    def session(self, secret: str) -> Session | None:
        """The session of a browser that shows ``secret``; None where it is over."""
        with self.engine.connect() as connection:
            live = (_s.hash == hashed(secret)) & (_s.until >= written(time_of(connection)))
            row = connection.execute(select(t.sessions).where(live)).first()
        return Session(row.person, row.csrf) if row else None

    def end_session(self, secret: str) -> None:
        """End a session."""
        with writing(self.engine) as connection:
            connection.execute(delete(t.sessions).where(_s.hash == hashed(secret)))

    def add_token(self, person: str, note: str, lasts: timedelta) -> tuple[str, Token]:
        """Make a token for a user; gives it, which is not kept, and how it is listed."""
        if self.find(person) is None:
            raise _nobody(person)
        secret = "brf_" + secrets.token_urlsafe(32)
        with writing(self.engine) as connection:
            now = time_of(connection)
            token = Token(secrets.token_hex(4), person, note, written(now), written(now + lasts))
            row = {"id": token.id, "hash": hashed(secret), "person": person, "note": note}
            connection.execute(insert(t.tokens), {**row, "made_at": token.made_at, "until": token.until})
        return secret, token

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """The tokens (of a user), oldest first."""
        query = select(t.tokens).order_by(_k.made_at, _k.id)
        if person is not None:
            query = query.where(_k.person == person)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(Token(row.id, row.person, row.note, row.made_at, row.until) for row in rows)

    def remove_token(self, id_: str) -> None:
        """Forget a token by its id. Raises ``UsageError`` where there is none."""
        with writing(self.engine) as connection:
            if not connection.execute(delete(t.tokens).where(_k.id == id_)).rowcount:
                raise UsageError(f"There is no token {id_!r}; `briefings users tokens` lists them.")

    def of_token(self, secret: str) -> Person | None:
        """The user whose token ``secret`` is; None where it is none or is over."""
        with self.engine.connect() as connection:
            live = (_k.hash == hashed(secret)) & (_k.until >= written(time_of(connection)))
            person = connection.execute(select(_k.person).where(live)).scalar()
        return self.find(person) if person else None


def hashed(secret: str) -> str:
    """How a secret of 256 random bits is kept: nothing is gained by a slow hash where nothing can be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _nobody(name: str) -> UsageError:
    return UsageError(f"There is no user {name!r}; `briefings users list` names them.")
