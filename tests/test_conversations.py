"""Whole conversations through the whole turn path: tests/conversations/*.txt."""

from pathlib import Path

import pytest

from tests.conversation import Script, play, scripts

ALL = tuple(scripts())


@pytest.mark.parametrize("script", ALL, ids=[f"{s.file}: {s.title}" for s in ALL])
async def test_conversation(script: Script, tmp_path: Path) -> None:
    await play(script, tmp_path / "store")
