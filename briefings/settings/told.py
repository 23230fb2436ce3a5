"""What is wrong with a ``briefings.toml``, in sentences that name the place and suggest what was meant."""

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError


def sentences(error: "ValidationError", model: "type[BaseModel]") -> str:
    """What pydantic found against ``model``, one sentence each, in our words."""
    told = []
    for found in error.errors():
        place = [str(p) if not isinstance(p, int) else f"#{p + 1}" for p in found["loc"]]
        where = " ".join(place) or "the file"
        if found["type"] == "extra_forbidden":
            tables = [str(p) for p in found["loc"][:-1] if not isinstance(p, int)]
            key = str(found["loc"][-1])
            inside = f" in [{'.'.join(tables)}]" if tables else ""
            told.append(f"unknown key {key!r}{inside}.{suggestion(key, _keys(model, tables))}")
        elif found["type"] == "missing":
            told.append(f"{where} is missing.")
        else:
            said = found["msg"].removeprefix("Value error, ")
            told.append(f"{where}: {said}" if said.endswith("?") else f"{where}: {said}.")
    return " ".join(told)


def suggestion(key: str, known: Iterable[str]) -> str:
    """Which of ``known`` was meant by ``key``, or all of them; "" where there is none."""
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" Known are: {', '.join(known)}." if known else ""


def _keys(model: "type[BaseModel]", tables: Iterable[str]) -> list[str]:
    """The keys of the table that ``tables`` lead to."""
    from typing import get_args

    from pydantic import BaseModel

    for table in tables:
        annotation = model.model_fields[table].annotation
        inner = (annotation, *get_args(annotation))
        model = next(t for t in inner if isinstance(t, type) and issubclass(t, BaseModel))
    return [found.alias or name for name, found in model.model_fields.items() if name not in _HIDDEN]


_HIDDEN = ("password",)
"""Keys that are read from the environment only: none is suggested for the file."""
