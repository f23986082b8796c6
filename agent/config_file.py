"""A settings file as plain values, with the line of each key kept for messages. `!env NAME` reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000
"""Bytes; a larger file is no settings file."""

Where = tuple[int | str, ...]


class ConfigError(Exception):
    """The settings cannot be used: one sentence that names the file, the key and the way out."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of each key, by its path."""

    known: Mapping[Where, int]

    def of(self, where: Where) -> int:
        """The line of a key, or of the nearest one around it."""
        while where and where not in self.known:
            where = where[:-1]
        return self.known.get(where, 1)


class _Loader(yaml.SafeLoader):
    """Safe YAML that knows !env and refuses a key given twice."""

    environment: Mapping[str, str] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"`{key.value}` is there twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def from_environment(self, node: yaml.ScalarNode) -> str:
        name = str(self.construct_scalar(node))
        if name not in self.environment:
            raise yaml.MarkedYAMLError(problem=f"the environment has no {name}", problem_mark=node.start_mark)
        return self.environment[name]


_Loader.add_constructor("!env", _Loader.from_environment)


def read(path: Path, environment: Mapping[str, str]) -> tuple[Mapping[str, Any], Lines]:
    """The file's values and their lines. ConfigError where it is not there, not YAML or not a mapping."""
    try:
        node, values = _parsed(_text(path), environment)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}, line {line}: {error.problem or 'this is not YAML'}; settings are written `key: value`, one a line.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: this is not YAML ({str(error).splitlines()[0]}).") from None
    if node is None or values is None:
        return {}, Lines({})
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: settings are written `section:` with `key: value` lines below, and this is a {type(values).__name__}.")
    return values, Lines(_lines(node))


def _parsed(text: str, environment: Mapping[str, str]) -> tuple[yaml.Node | None, Any]:
    loader = type("_EnvironmentLoader", (_Loader,), {"environment": environment})(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path} is larger than a settings file can be.")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"There is no settings file {path}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"The settings file {path} cannot be read (it is not UTF-8 text).") from None
    except OSError as error:
        raise ConfigError(f"The settings file {path} cannot be read ({error.strerror}).") from None


def _lines(node: yaml.Node, where: Where = ()) -> dict[Where, int]:
    """The line of every key in a node."""
    found: dict[Where, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found[(*where, key.value)] = key.start_mark.line + 1
            found |= _lines(value, (*where, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found[(*where, index)] = value.start_mark.line + 1
            found |= _lines(value, (*where, index))
    return found
