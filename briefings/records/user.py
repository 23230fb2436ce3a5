"""Who uses the page, and what each may do."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "editor", "admin")
"""Each may do what those before it may: read; change what is read and made; say who may."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user by name."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this one may do what ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)
