"""Write the tables of docs/devices.md anew from the tables in the code. With --check: exit 1 where they differ."""

import sys
from collections.abc import Iterable
from pathlib import Path

from devices.commands import REASONS
from devices.components import COMPONENTS
from devices.components.light import SCHEMAS
from devices.components.wire import Component
from devices.discovery import SILENT
from devices.kinds import KINDS

PAGE = Path(__file__).parents[1] / "docs" / "devices.md"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _component(name: str, component: Component) -> str:
    read = list(dict.fromkeys(reading.topic for reading in component.readings))
    return _row((f"`{name}`", _code(read), _code(component.writings)))


def components() -> list[str]:
    named = {**COMPONENTS, **{f"light ({schema})": component for schema, component in SCHEMAS.items() if schema != "basic"}}
    head = [_row(("component", "topics it reports on", "services it is commanded by")), _row(("---",) * 3)]
    return [*head, *(_component(name, named[name]) for name in sorted(named)), _row((_code(sorted(SILENT)), "passed over", ""))]


def kinds() -> list[str]:
    head = [_row(("kind", "domains", "people say", "°C")), _row(("---",) * 4)]
    rows = []
    for kind in KINDS.values():
        degrees = f"{kind.temperature[0]:g} to {kind.temperature[1]:g}" if kind.temperature else ""
        rows.append(_row((f"`{kind.name}`", ", ".join(kind.domains), ", ".join(kind.words), degrees)))
    return [*head, *rows]


def reasons() -> list[str]:
    head = [_row(("reason", "the reply says that it")), _row(("---",) * 2)]
    return [*head, *(_row((f"`{reason}`", said)) for reason, said in REASONS.items())]


def renewed(page: str) -> str:
    """The page with its tables as the code has them now."""
    for name, table in (("components", components()), ("kinds", kinds()), ("reasons", reasons())):
        before, opening, rest = page.partition(f"<!-- table: {name} -->\n")
        _old, closing, after = rest.partition("<!-- end -->\n")
        page = before + opening + "\n".join(table) + "\n" + closing + after
    return page


def main(arguments: list[str]) -> int:
    page = PAGE.read_text()
    now = renewed(page)
    if "--check" in arguments:
        return int(now != page)
    PAGE.write_text(now)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
