"""Records as JSON and back: one generic codec for every dataclass of agent.records and devices.

Inside slots, data and attributes stand JSON values (texts, numbers, lists, mappings); numbers are finite. Moments keep their offset, not
the name of their zone. Fields that a later Hearth added take their defaults, fields it dropped are passed over.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

R = TypeVar("R")


class CodecError(ValueError):
    """The text is no such record."""


def encode(record: object) -> str:
    """A record as JSON; about 30 us for a turn."""
    kind: Any = type(record)
    return _adapter(kind).dump_json(record, fallback=_plain, warnings=False).decode()


def decode(record: type[R], text: str) -> R:
    """A record back from its JSON. CodecError where the text is none."""
    kind: Any = record
    try:
        found: R = _adapter(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "it"
        raise CodecError(f"this is no {record.__name__}: {place}: {first['msg']}") from None
    return found


def prepare(*records: type) -> None:
    """Have the codecs of these records ready (about 10 ms), so that the first turn does not wait for them."""
    for record in records:
        _adapter(record)


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _plain(value: object) -> Mapping[Any, Any]:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not a value that a record may hold")
