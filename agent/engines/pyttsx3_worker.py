"""The worker of agent.engines.pyttsx3: `python -m agent.engines.pyttsx3_worker RATE`.

A JSON line {"text", "path"} in, a WAV file at that path and a JSON line {"ok"} or {"error"} out. Ends with its standard input. Imports
nothing of ours, so that it starts at once and stays small.
"""

import json
import os
import sys


def work(rate: int) -> None:
    """pyttsx3 prints on standard output, so the answers keep the real one for themselves. One file for each runAndWait: two lose the first."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("rate", rate)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            engine.save_to_file(asked["text"], asked["path"])
            engine.runAndWait()
            answers.write('{"ok": true}\n')
        except (RuntimeError, ValueError, OSError) as error:
            answers.write(json.dumps({"error": str(error)}) + "\n")


if __name__ == "__main__":
    work(int(sys.argv[1]))
