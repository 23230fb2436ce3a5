"""Tags that WeasyPrint does not write: quotations, the language of words in another one, and no element without content.

One private function of WeasyPrint is exchanged while a PDF of ours is written, and only if it is the one this was tested
with; else the tags are WeasyPrint's own.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from briefings.render.exchanged import changed, exchanged

SHAPES = {
    "weasyprint.pdf.tags._build_box_tree": "f716251a83e7096e",
    "weasyprint.pdf.tags.add_tags": "f0e74575b0bafaf3",
}
"""The function exchanged and the one that calls it, with the digests of their sources."""

_ONCE = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/P", "/Caption", "/BlockQuote"})
"""What never stands within its like."""


def unavailable() -> bool:
    """Whether the WeasyPrint at hand is another than this was tested with."""
    return bool(changed(SHAPES))


def tagged(language: str) -> AbstractContextManager[None]:
    """Elements in another language than ``language`` (as in HTML) say so, as long as this lasts."""
    from weasyprint.pdf import tags

    return exchanged((tags, "_build_box_tree", lambda original: _building(original, language)))


def _building(original: Callable[..., Iterator[Any]], language: str) -> Callable[..., Iterator[Any]]:
    """``_build_box_tree`` that adds to each element what its HTML says, and leaves out the empty ones."""
    import pydyf  # type: ignore[import-untyped]

    def build_box_tree(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        for element in original(box, parent, *rest):
            if not element["K"] and element["S"] not in ("/TD", "/TH"):
                continue
            if element["S"] in _ONCE and element["S"] == parent["S"]:
                # The lines of a heading with something before them are in a box of their own, which is no second heading.
                element["S"] = "/NonStruct"
            html = box.element
            if html is not None and box.element_tag == html.tag:
                if html.tag == "q":
                    element["S"] = "/Quote"
                if (said := html.get("lang")) and said != language and html.tag != "html":
                    element["Lang"] = pydyf.String(said)
            yield element

    return build_box_tree
