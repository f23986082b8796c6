"""The voice: pyttsx3 (espeak-ng) in a worker process that lives as long as the agent.

pyttsx3 itself cannot be interrupted, hangs now and then, and after its first file plays nothing any more. So the worker renders one file at
a time and the file is played by another program (agent.player). A worker that dies or hangs is started anew once for each sentence.
"""

import asyncio
import contextlib
import ctypes.util
import json
import logging
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agent.config import VoiceSettings
from agent.stages import SpeechError

MISSING = "pyttsx3 is not installed, so nothing is spoken; install it with: pip install 'hearth-agent[voice]'."
NO_ESPEAK = "espeak-ng is not installed, so nothing is spoken; install it with: apt install espeak-ng."
FAILED = "The voice did not answer twice in a row, so that was not spoken; run `espeak-ng hello` to see whether it works."

log = logging.getLogger("hearth.voice")

_PATIENCE = 10.0
"""Seconds a sentence may take to be rendered: more than a hundred times the usual."""
_BARE_HEADER = 44
"""Bytes of a WAV file without any sound: a busy espeak-ng now and then leaves one."""
_LONGEST_LINE = 1 << 20


class Pyttsx3:
    """A voice of `rate` words a minute. `command` is the worker's, so that tests can give one that fails."""

    name = "pyttsx3"

    def __init__(self, rate: int = 165, command: tuple[str, ...] = (), patience: float = _PATIENCE) -> None:
        self._command = command or (sys.executable, "-m", "agent.engines.pyttsx3_worker", str(rate))
        self._patience = patience
        self._worker: asyncio.subprocess.Process | None = None
        self._rendering = asyncio.Lock()

    async def render(self, text: str) -> bytes:
        """The spoken text as a WAV file's bytes. Raises SpeechError where the worker fails twice."""
        if not text.strip():
            return b""
        async with self._rendering:
            for _ in range(2):
                spoken = await self._try(text)
                if spoken:
                    return spoken
                await self._stop_worker()
        raise SpeechError("voice_failed", FAILED)

    async def close(self) -> None:
        """End the worker."""
        await self._stop_worker()

    async def _try(self, text: str) -> bytes:
        """The WAV, or nothing where the worker failed or took too long."""
        with tempfile.TemporaryDirectory(prefix="hearth-voice-") as folder:
            path = Path(folder) / "said.wav"
            try:
                async with asyncio.timeout(self._patience):
                    answer = await self._ask({"text": text, "path": str(path)})
            except (TimeoutError, OSError, ValueError) as error:
                log.warning("The voice's worker failed: %s", str(error) or type(error).__name__)
                return b""
            if "error" in answer:
                log.warning("The voice's worker says: %s", answer["error"])
            spoken = path.read_bytes() if path.exists() else b""
            return spoken if len(spoken) > _BARE_HEADER else b""

    async def _ask(self, line: dict[str, str]) -> dict[str, Any]:
        worker = await self._running()
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write(json.dumps(line).encode() + b"\n")
        await worker.stdin.drain()
        answer: dict[str, Any] = json.loads(await worker.stdout.readline() or b'{"error": "it ended"}')
        return answer

    async def _running(self) -> asyncio.subprocess.Process:
        if self._worker is None or self._worker.returncode is not None:
            pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
            self._worker = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe, stderr=none, limit=_LONGEST_LINE)
        return self._worker

    async def _stop_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        await worker.communicate()


def load(settings: VoiceSettings) -> Pyttsx3:
    """The voice; its worker starts with the first sentence. Raises SpeechError where it cannot be had."""
    problem = available(settings)
    if problem:
        raise SpeechError("no_voice", problem)
    return Pyttsx3(settings.rate)


def available(settings: VoiceSettings) -> str | None:
    """None where it can render here (a sound card is not needed for that), else one sentence."""
    if find_spec("pyttsx3") is None:
        return MISSING
    return None if ctypes.util.find_library("espeak-ng") or shutil.which("espeak-ng") else NO_ESPEAK
