"""Every record survives a JSON round trip: the test walks the modules, so that a new record without one is red by itself."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agent.records
import devices.commands
import devices.home
from agent.codec import CodecError, decode, encode
from agent.records import Hypothesis, Interpretation, Request, Turn
from devices.home import Entity, Home, LiveHome

RECORDS = sorted(
    {c for m in (agent.records, devices.commands, devices.home) for c in vars(m).values() if isinstance(c, type) and dataclasses.is_dataclass(c)},
    key=lambda c: (c.__module__, c.__name__),
)
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2), max_leaves=4
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=OFFSETS),  # noqa: DTZ001 - the bounds are naive
    type(None): st.none(),
    Any: JSON,
    object: JSON,
}


def values(hint: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a type hint; records within records grow small with depth."""
    if hint in PLAIN:
        return PLAIN[hint]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return record(hint, depth + 1)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(values(a, depth) for a in arguments if depth < 4 or not dataclasses.is_dataclass(a)))
    most = 2 if depth < 4 else 0
    if origin is tuple:
        return st.lists(values(arguments[0], depth), max_size=most).map(tuple)
    if origin in (Mapping, dict):
        return st.dictionaries(values(arguments[0], depth), values(arguments[1], depth), max_size=most)
    raise AssertionError(f"a record may not hold {hint}: no way to test it")


def record(kind: type, depth: int = 0) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{f.name: st.deferred(lambda h=hints[f.name]: values(h, depth)) for f in dataclasses.fields(kind)})


@pytest.mark.parametrize("kind", RECORDS, ids=lambda c: f"{c.__module__}.{c.__name__}")
def test_every_record_survives_a_round_trip(kind: type) -> None:
    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(record(kind))
    def survives(value: object) -> None:
        assert decode(kind, encode(value)) == value

    survives()


@pytest.mark.parametrize("kind", RECORDS, ids=lambda c: f"{c.__module__}.{c.__name__}")
def test_every_record_is_slotted_and_frozen_but_the_turn(kind: type) -> None:
    assert "__slots__" in vars(kind)
    assert vars(kind)["__dataclass_params__"].frozen is (kind is not Turn)


def test_a_snapshot_of_a_home_survives() -> None:
    live = LiveHome()
    live.put(Entity("light.desk", "desk lamp", attributes={"supported_color_modes": ["hs"], "brightness": None}))
    assert decode(Home, encode(live.snapshot())) == live.snapshot()


def test_read_only_mappings_are_written_as_mappings() -> None:
    reading = Interpretation("HassTurnOn", types.MappingProxyType({"name": "lamp", "when": types.MappingProxyType({"hour": 9})}))
    assert decode(Interpretation, encode(reading)) == Interpretation("HassTurnOn", {"name": "lamp", "when": {"hour": 9}})


def test_fields_of_a_later_hearth_are_passed_over_and_new_ones_take_their_defaults() -> None:
    assert decode(Hypothesis, '{"text": "hi", "pitch": 3}') == Hypothesis("hi", 1.0)


def test_a_value_that_json_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="not a value that a record may hold"):
        encode(Interpretation("HassTurnOn", {"name": object()}))


@pytest.mark.parametrize("text", ["", "[]", '{"id": "x"}', '{"text": 3}', "{"])
def test_what_is_no_record_is_told(text: str) -> None:
    with pytest.raises(CodecError, match="this is no Request"):
        decode(Request, text)


def test_a_moment_keeps_its_offset() -> None:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    again = decode(Request, encode(Request("r", at, ())))
    assert (again.at, again.at.utcoffset()) == (at, timedelta(hours=5, minutes=45))
    assert decode(Request, encode(Request("r", at.astimezone(UTC), ()))).at.utcoffset() == timedelta(0)
