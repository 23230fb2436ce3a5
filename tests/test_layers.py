"""The house keeps to its plan: heavy libraries stay in their rooms and out of the way of light commands."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HEAVY = [
    "apscheduler",
    "cattrs",
    "docx",
    "fastapi",
    "jinja",
    "lxml",
    "matplotlib",
    "numpy",
    "pandas",
    "pdfplumber",
    "pikepdf",
    "pydantic",
    "pydantic_settings",
    "pypdf",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "weasyprint",
    "xlsxwriter",
]
ROOM_OF = {
    "apscheduler": {"schedule"},
    "cattrs": {"records"},
    "chinese_calendar": {"schedule"},
    "argon2": {"web"},
    "click": {"cli"},
    "fastapi": {"web"},
    "itsdangerous": {"sharing"},
    "cronsim": {"schedule"},
    "matplotlib": {"render"},
    "pandas": {"compare"},
    "pdfplumber": {"structure", "audit"},
    "pydantic_settings": {"settings"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "starlette": {"web"},
    "uvicorn": {"cli"},
    "watchfiles": {"ingest"},
    "weasyprint": {"render"},
    "xlsxwriter": {"render"},
}
EAGER = {
    ("settings", "pydantic"),
    ("settings", "pydantic_settings"),
    ("store", "sqlalchemy"),
    ("web", "fastapi"),
    ("web", "pydantic"),
    ("web", "starlette"),
}
"""The store is statements, the web routes, the settings' shape fields through and through; whoever needs them imports late."""
CLUTTER = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "service", "factory"}


def modules(root: Path) -> list[Path]:
    """All modules of the program."""
    return sorted((root / "briefings").rglob("*.py"))


def room(root: Path, module: Path) -> str:
    """The room, or the top-level module, that ``module`` belongs to."""
    return module.relative_to(root / "briefings").parts[0].removesuffix(".py")


def imported(node: ast.AST) -> Iterator[str]:
    """The top-level names of the packages that ``node`` itself imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module.partition(".")[0]


def at_import(body: list[ast.stmt]) -> Iterator[str]:
    """What is imported when the module is: not inside functions, not for type checking only."""
    for node in body:
        yield from imported(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from at_import(node.body + node.orelse)
        elif isinstance(node, ast.Try):
            yield from at_import(node.body + node.orelse + node.finalbody)
        elif isinstance(node, ast.ClassDef):
            yield from at_import(node.body)


def test_heavy_imports(root: Path) -> None:
    """No module imports a heavy library when it is itself imported."""
    found = {
        f"{module.relative_to(root)}: {name}"
        for module in modules(root)
        for name in at_import(ast.parse(module.read_text(encoding="utf-8")).body)
        if name in HEAVY and (room(root, module), name) not in EAGER
    }
    assert found == set()


def test_rooms_of_libraries(root: Path) -> None:
    """A foreign library lives in the room that is written down for it."""
    found = {
        f"{module.relative_to(root)}: {name}"
        for module in modules(root)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for name in imported(node)
        if room(root, module) not in ROOM_OF.get(name, {room(root, module)})
    }
    assert found == set()


def test_clutter(root: Path) -> None:
    """No module is named after nothing in particular."""
    assert [module for module in modules(root) if CLUTTER & set(module.stem.split("_"))] == []


def test_package_door(root: Path) -> None:
    """The package's own ``__init__`` imports nothing, so that no knot is tied there."""
    assert list(at_import(ast.parse((root / "briefings/__init__.py").read_text(encoding="utf-8")).body)) == []


SAMPLE = str(Path(__file__).parents[1] / "briefings/data/samples/departments-2021h1.txt")


@pytest.mark.parametrize("words", [["--help"], ["extract", "--help"], ["extract", SAMPLE, "--json"]])
def test_light_start(words: list[str]) -> None:
    """Asking for help, and extracting from a text file, load no heavy library; what a child answers is read by one of them."""
    program = (
        "import sys\nfrom briefings.cli import main\nsys.argv = ['briefings', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n    assert not leaving.code, leaving.code\n"
        "print('LOADED', *sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)

    loaded = run.stdout.rpartition("LOADED ")[2].split()
    assert "briefings.cli" in loaded
    answered = {"cattrs"} if SAMPLE in words else set()
    assert [name for name in HEAVY if name in loaded and name not in answered] == []
