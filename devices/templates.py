"""Value and command templates: the part of Jinja that announcements over MQTT use, in a sandbox, compiled once.

A template sees `value`, `value_json`, what the caller names besides, Jinja's own filters and tests, and the few of Home Assistant's below.
Nothing of the home is reachable from it, and it cannot grow without bounds.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from devices.expected import number

LONGEST_SOURCE = 8_192
"""Characters of a template."""
LONGEST_RESULT = 65_536
"""Characters of what it renders to, and items or characters a multiplication may make."""

RAISED = (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""All that a template of somebody else's may raise."""

_PATH = re.compile(r"""\{\{-?\s*value_json((?:\.[A-Za-z_]\w*|\[\s*(?:'[^'\\]*'|"[^"\\]*"|\d+)\s*\])+)\s*-?\}\}""")
_STEP = re.compile(r"""\.([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]""")

Render = Callable[[Mapping[str, Any]], str]


class TemplateFailedError(Exception):
    """The template could not be rendered; the message says why, in a few words."""


class NothingToSayError(Exception):
    """The template asked for something the message does not hold (`is_defined`): the message is not for this entity."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute of Python's insides, no change of what it is given, and no huge products."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and (abs(number(left) or 0) > 1e6 or abs(number(right) or 0) > 64):
            raise SecurityError("too large a power")
        if operator == "*" and _times(left) * _times(right) > LONGEST_RESULT and (_is_row(left) or _is_row(right)):
            raise SecurityError("too large a product")
        if operator == "%" and isinstance(left, str) and _WIDE.search(left):
            raise SecurityError("too wide a format")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """No way around `is_safe_attribute` for str.format."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr not in _GROWING and super().is_safe_attribute(obj, attr, value)


_GROWING = frozenset({"format", "format_map", "ljust", "rjust", "center", "zfill", "expandtabs"})
"""Methods of texts that can make a giant of a dwarf."""
_WIDE = re.compile(r"[0-9]{4}|\*")


def _is_row(value: object) -> bool:
    return isinstance(value, str | bytes | list | tuple)


def _times(value: Any) -> float:
    """How much longer a product gets by this factor."""
    return len(value) if _is_row(value) else abs(number(value) or 1)


def _format(text: Any, *values: Any) -> str:
    if _WIDE.search(str(text)):
        raise ValueError("too wide a format")
    return str(text) % values


_ASKS: Final = object()


def _int(value: Any, default: Any = _ASKS, base: int = 10) -> Any:
    try:
        return int(value, base) if isinstance(value, str) and base != 10 else int(float(value))
    except (TypeError, ValueError, OverflowError):
        return _default(value, default, "int")


def _float(value: Any, default: Any = _ASKS) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return _default(value, default, "float")


def _default(value: Any, default: Any, what: str) -> Any:
    if default is _ASKS:
        raise ValueError(f"{what} got {str(value)[:40]!r}")
    return default


def _bool(value: Any, default: Any = _ASKS) -> Any:
    told = str(value).casefold()
    if told in ("1", "true", "on", "yes", "enable"):
        return True
    return False if told in ("0", "false", "off", "no", "disable") else _default(value, default, "bool")


_ROUNDING: dict[str, Callable[[float], float]] = {"ceil": math.ceil, "floor": math.floor}


def _round(value: Any, precision: int = 0, method: str = "common", default: Any = _ASKS) -> Any:
    try:
        parsed = float(value)
        how = _ROUNDING.get(method)
        rounded = how(parsed * 10**precision) / 10**precision if how else round(parsed * 2) / 2 if method == "half" else round(parsed, precision)
    except (TypeError, ValueError, OverflowError):
        return _default(value, default, "round")
    return int(rounded) if precision == 0 else rounded


def _is_defined(value: Any) -> Any:
    if isinstance(value, jinja2.Undefined):
        raise NothingToSayError
    return value


def _iif(value: Any, if_true: Any = True, if_false: Any = False, if_none: Any = _ASKS) -> Any:
    if value is None and if_none is not _ASKS:
        return if_none
    return if_true if value else if_false


def _multiply(value: Any, by: Any, default: Any = _ASKS) -> Any:
    left, right = number(value), number(by)
    return left * right if left is not None and right is not None else _default(value, default, "multiply")


def _environment() -> _Sandbox:
    sandbox = _Sandbox(autoescape=False, cache_size=0)
    shared: dict[str, Callable[..., Any]] = {
        "int": _int,
        "float": _float,
        "bool": _bool,
        "iif": _iif,
        "is_number": lambda value: number(value) is not None,
        "from_json": json.loads,
        "to_json": lambda value: json.dumps(value, separators=(",", ":")),
    }
    sandbox.filters |= shared | {"round": _round, "is_defined": _is_defined, "multiply": _multiply, "format": _format}
    sandbox.filters |= {"ordinal": str, "bitwise_and": lambda value, by: int(value) & int(by), "bitwise_or": lambda value, by: int(value) | int(by)}
    for dangerous in ("center", "indent", "pprint", "xmlattr"):
        sandbox.filters.pop(dangerous, None)
    sandbox.globals = {name: sandbox.globals[name] for name in ("dict", "namespace", "range")} | shared
    sandbox.tests["is_number"] = lambda value: number(value) is not None
    return sandbox


_SANDBOX = _environment()


def _read(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step), _ASKS)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return _ASKS
        if value is _ASKS:
            return _ASKS
    return value


def _path(source: str) -> tuple[str | int, ...] | None:
    """The keys of a template that only reads one thing, by far the most common: "{{ value_json.a.b }}" -> ("a", "b")."""
    whole = _PATH.fullmatch(source.strip())
    if whole is None:
        return None
    return tuple(int(index) if index else name or single or double for name, single, double, index in _STEP.findall(whole[1]))


@lru_cache(maxsize=4096)
def compiled(source: str) -> Render:
    """The template as a function of its variables. A source that is wrong gives a function that says so each time."""
    path = _path(source)
    if path is not None and not _METHODS & set(map(str, path)):
        return lambda variables: _written(_read(variables.get("value_json"), path))
    if len(source) > LONGEST_SOURCE:
        return _failing(f"it is longer than {LONGEST_SOURCE} characters")
    try:
        template = _SANDBOX.from_string(source)
    except RAISED as error:
        return _failing(str(error))
    return lambda variables: _streamed(template, variables)


_METHODS = frozenset(name for kind in (dict, list) for name in dir(kind))
"""Keys that Jinja would take for a method of the value."""


def _written(value: Any) -> str:
    return "" if value is _ASKS else str(value)


def _failing(why: str) -> Render:
    def fail(variables: Mapping[str, Any]) -> str:
        raise TemplateFailedError(why)

    return fail


def _streamed(template: jinja2.Template, variables: Mapping[str, Any]) -> str:
    pieces: list[str] = []
    length = 0
    for piece in template.generate(variables):
        length += len(piece)
        if length > LONGEST_RESULT:
            raise TemplateFailedError(f"it renders to more than {LONGEST_RESULT} characters")
        pieces.append(piece)
    return "".join(pieces).strip()


def render(source: str, variables: Mapping[str, Any]) -> str:
    """The rendered text, stripped. Raises TemplateFailedError, or NothingToSayError where `is_defined` found nothing."""
    try:
        return compiled(source)(variables)
    except RAISED as error:
        raise TemplateFailedError(str(error) or type(error).__name__) from error


def variables_of(payload: str) -> dict[str, Any]:
    """What a value template sees of a message: `value`, and `value_json` where it is JSON."""
    try:
        return {"value": payload, "value_json": json.loads(payload)}
    except (ValueError, RecursionError):
        return {"value": payload}


def read(source: str, payload: str) -> str:
    """What a value template makes of a payload; without a template the payload as it is."""
    return render(source, variables_of(payload)) if source else payload
