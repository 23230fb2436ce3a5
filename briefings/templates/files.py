"""The files that people may change: which of them there are, what each is for, a copy of one, and the way back."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from briefings.errors import UsageError
from briefings.settings import Settings

_PATTERNS = (
    "templates/briefing/*.j2",
    "templates/mail/*.j2",
    "templates/word/*.docx",
    "styles/*.css",
    "styles/*.mplstyle",
)
"""What a workspace may have of its own; the pages of the web are the program's."""
_PAGES = "templates/web/*.j2"
_USES = {
    "templates/briefing/": "the PDF and the HTML page",
    "templates/mail/": "letters to readers",
    "templates/word/": "the Word file",
    "templates/web/": "the pages of `briefings serve`",
    "styles/modern": "the modern theme in PDF and HTML",
    "styles/official": "the official theme in PDF and HTML",
    "styles/charts-official": "the charts of the official theme",
    "styles/charts": "the charts of the modern theme",
    "styles/print": "all themes on paper",
    "styles/justified": "the PDF, its lines justified",
    "styles/ragged": "the PDF where lines cannot be justified",
    "styles/screen": "the HTML page",
    "styles/source": "the page of `briefings coverage --html`, and sources on the page",
    "styles/web": "the pages of `briefings serve`",
}
_THEMES = {"modern.docx": "modern, Chinese", "modern.en.docx": "modern, English", "official.docx": "official, Chinese", "official.en.docx": "official, English"}  # fmt: skip
BACKUP = ".bak"


@dataclass(frozen=True, slots=True)
class Template:
    """A file by its ``name`` below the workspace: what it is ``used_for``, the packed one and the workspace's own."""

    name: str
    used_for: str
    packed: Path | None
    own: Path | None

    @property
    def path(self) -> Path:
        """The file that is used."""
        found = self.own or self.packed
        assert found
        return found


def templates(settings: Settings, *, pages: bool = False) -> tuple[Template, ...]:
    """All that may be changed, the workspace's own first looked for; with the ``pages`` of the web too, which may not."""
    packed, own = settings.search[-1], settings.root
    names = {*_names(packed)} | ({*_names(own)} if own != packed else set())
    if pages:
        names |= {path.relative_to(packed).as_posix() for path in packed.glob(_PAGES)}
    found = []
    for name in sorted(names):
        mine = own / name if own != packed and not name.startswith("templates/web/") else None
        shipped = packed / name
        found.append(
            Template(
                name,
                _use(name),
                shipped if shipped.is_file() else None,
                mine if mine and mine.is_file() else None,
            )
        )
    return tuple(found)


def named(given: str, settings: Settings, *, pages: bool = False) -> Template:
    """The one that ``given`` names: its whole name, or its last parts where only one has them.

    Raises ``UsageError`` with a suggestion for none, and with the names for several.
    """
    there = templates(settings, pages=pages)
    wanted = given.strip("/")
    exact = [one for one in there if one.name == wanted]
    fitting = exact or [one for one in there if f"/{one.name}".endswith(f"/{wanted}")]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"{given!r} may be {', '.join(one.name for one in fitting)}; say which.")
    near = get_close_matches(
        wanted, [*(o.name for o in there), *(o.name.rpartition("/")[2] for o in there)], 1
    )
    hint = f" Did you mean {near[0]!r}?" if near else " `briefings templates list` lists them."
    raise UsageError(f"There is no template {given!r}.{hint}")


def copied(given: str, settings: Settings) -> Path:
    """Put the packed file into the workspace for editing. Raises ``UsageError`` where there is one already."""
    one = named(given, settings)
    target = settings.root / one.name
    if target.exists() or one.packed is None:
        raise UsageError(f"{target} is there already; nothing was copied.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file, one.packed.open("rb") as source:
        shutil.copyfileobj(source, file)
    return target


def reset(given: str, settings: Settings) -> Path:
    """Move the workspace's own file aside, so that the packed one is used again; the new path, never one that exists."""
    one = named(given, settings)
    if one.own is None:
        raise UsageError(f"The workspace has no {one.name} of its own; the packed one is used.")
    return one.own.rename(_aside(one.own))


def _aside(path: Path) -> Path:
    for number in range(1, 10_000):
        free = path.with_name(f"{path.name}{'' if number == 1 else f'.{number}'}{BACKUP}")
        if not free.exists():
            return free
    raise UsageError(f"There are too many backups of {path.name}; move some away.")


def _names(folder: Path) -> Iterator[str]:
    for pattern in _PATTERNS:
        for path in folder.glob(pattern):
            # Word and editors leave such files beside one that is open.
            if path.is_file() and not path.name.startswith((".", "~$")):
                yield path.relative_to(folder).as_posix()


def _use(name: str) -> str:
    file = name.rpartition("/")[2]
    use = next(
        (use for head, use in _USES.items() if name.startswith(head)), "nothing that the program knows"
    )
    return f"{use} ({_THEMES[file]})" if file in _THEMES else use


def kinds(names: Sequence[str]) -> frozenset[str]:
    """What changes when these files do: pdf, html, docx, mail."""
    changed: set[str] = set()
    for name in names:
        if name.startswith("templates/mail/"):
            changed.add("mail")
        elif name.startswith("templates/word/"):
            changed.add("docx")
        elif name.endswith(".mplstyle"):
            changed |= {"pdf", "html", "docx"}
        else:
            changed |= {"pdf", "html"}
    return frozenset(changed)
