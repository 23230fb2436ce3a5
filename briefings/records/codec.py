"""Records to JSON and back: the one way in which records are written to the store and to editions."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from briefings.records import briefing as b
from briefings.records.document import Span

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@cache
def _converter() -> "Converter":
    from cattrs import Converter
    from cattrs.strategies import configure_tagged_union

    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(Span, list)
    converter.register_structure_hook(Span, lambda pair, _: Span(*pair))
    for union in (b.Inline, b.Chart, b.Block):
        for member in get_args(union):
            converter.register_structure_hook(member, converter.gen_structure_attrs_fromdict(member))
        configure_tagged_union(union, converter, tag_name="is")
    return converter


def to_data(record: Any, as_type: Any = None) -> Any:
    """``record`` as plain lists, dicts and strings; ``as_type`` where it is a union or holds one at the top."""
    return _converter().unstructure(record, unstructure_as=as_type or type(record))


def from_data(cls: type[T], data: Any) -> T:
    """The record of type ``cls`` that ``to_data`` made ``data`` from.

    Raises ``cattrs.BaseValidationError`` when the data is not of that shape.
    """
    return _converter().structure(data, cls)


def to_json(record: Any, *, indent: int | None = None) -> str:
    """``record`` as JSON text: keys in field order, non-ASCII kept, same record same text."""
    return json.dumps(to_data(record), ensure_ascii=False, indent=indent)


def from_json(cls: type[T], text: str) -> T:
    """The record of type ``cls`` written by ``to_json``."""
    return from_data(cls, json.loads(text))
