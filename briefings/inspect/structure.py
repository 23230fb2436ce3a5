"""The structure tree of a tagged PDF as plain records, and which element owns which characters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BLOCKS = frozenset(
    {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "TD", "TH", "Caption", "BlockQuote", "TOCI"}
)
"""What a line of text belongs to: the nearest of these above it."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element. ``marks`` are its own marked contents as (page, mark), ``objects`` the annotations it holds, by object number.

    ``above`` is the index of its parent, -1 for the root's children; ``page`` the page it says it is on, 0 for none.
    """

    at: int
    above: int
    tag: str
    page: int
    marks: tuple[tuple[int, int], ...]
    objects: tuple[tuple[int, int], ...]
    kids: int
    alt: str
    scope: str
    headers: bool
    box: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All elements in reading order, and the element that owns each marked content."""

    elements: tuple[Element, ...]
    owner: Mapping[tuple[int, int], int]

    def up(self, at: int) -> Iterator[Element]:
        """The element ``at`` and those above it, inside out."""
        while at >= 0:
            yield self.elements[at]
            at = self.elements[at].above

    def block(self, page: int, mark: int) -> Element | None:
        """The block that the marked content ``mark`` of ``page`` belongs to; None for what is outside the tree."""
        at = self.owner.get((page, mark), -1)
        return next((e for e in self.up(at) if e.tag in BLOCKS), None)

    def within(self, page: int, mark: int, *tags: str) -> Element | None:
        """The nearest element with one of ``tags`` around the marked content."""
        at = self.owner.get((page, mark), -1)
        return next((e for e in self.up(at) if e.tag in tags), None)


def tree(pdf: Any) -> Tree:
    """The structure tree of an opened pikepdf file; empty where there is none."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return Tree((), {})
    numbers = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
    roles = {str(name): str(role) for name, role in dict(root.get("/RoleMap", {})).items()}
    elements: list[Element] = []
    owner: dict[tuple[int, int], int] = {}
    waiting = [(kid, -1, 0) for kid in reversed(_kids(root)) if not isinstance(kid, int) and "/S" in kid]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node, above, page = waiting.pop()
        if node.objgen in seen and node.objgen != (0, 0):  # a broken file may lead back to where it came from
            continue
        seen.add(node.objgen)
        at = len(elements)
        page = numbers.get(node["/Pg"].objgen, page) if "/Pg" in node else page
        marks, objects, inner = _content(node, page, numbers)
        tag = str(node["/S"])
        elements.append(
            Element(
                at, above, roles.get(tag, tag).removeprefix("/"), page, marks, objects, len(inner),
                str(node.get("/Alt", "")), *_attributes(node),
            )
        )  # fmt: skip
        owner.update(dict.fromkeys(marks, at))
        waiting += [(kid, at, page) for kid in reversed(inner)]
    return Tree(tuple(elements), owner)


def _kids(node: Any) -> list[Any]:
    import pikepdf

    found = node.get("/K")
    if found is None:
        return []
    kids = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in kids if isinstance(kid, int | pikepdf.Dictionary)]


def _content(
    node: Any, page: int, numbers: Mapping[Any, int]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...], list[Any]]:
    """Its marked contents, the objects it refers to, and the elements in it."""
    marks: list[tuple[int, int]] = []
    objects: list[tuple[int, int]] = []
    inner = []
    for kid in _kids(node):
        if isinstance(kid, int):
            marks.append((page, int(kid)))
        elif "/MCID" in kid:
            there = numbers.get(kid["/Pg"].objgen, page) if "/Pg" in kid else page
            marks.append((there, int(kid["/MCID"])))
        elif "/Obj" in kid:
            objects.append(tuple(kid["/Obj"].objgen))
        elif "/S" in kid:
            inner.append(kid)
    return tuple(marks), tuple(objects), inner


def _attributes(node: Any) -> tuple[str, bool, tuple[float, ...]]:
    """Scope, whether headers are named, and the box, from its attribute dictionaries."""
    import pikepdf

    found = node.get("/A", [])
    scope, headers = "", False
    box: tuple[float, ...] = ()
    for item in list(found) if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(item, pikepdf.Dictionary):
            scope = str(item.get("/Scope", scope)).removeprefix("/")
            headers = headers or len(item.get("/Headers", [])) > 0
            box = tuple(float(edge) for edge in item.get("/BBox", box))
    return scope, headers, box
