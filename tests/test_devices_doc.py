"""docs/devices.md says what the tables in the code say."""

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scripts" / "device_tables.py"


def test_the_tables_of_the_page_are_the_code_s() -> None:
    spec = importlib.util.spec_from_file_location("device_tables", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    page = tables.PAGE.read_text()
    assert tables.renewed(page) == page, "docs/devices.md is behind the code: run PYTHONPATH=. .venv/bin/python scripts/device_tables.py"
