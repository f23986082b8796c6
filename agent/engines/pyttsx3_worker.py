"""The worker of agent.engines.pyttsx3: `python -m agent.engines.pyttsx3_worker RATE`.

A JSON line {"text", "path"} in, a WAV file at that path and a JSON line {"ok"} or {"error"} out. Ends with its standard input. Imports
nothing of ours, so that it starts at once and stays small.
"""

import json
import os
import sys
import threading

LONGEST = 60.0
"""Seconds after which a sentence is given up."""


def work(rate: int) -> None:
    """pyttsx3 prints on standard output, so the answers keep the real one for themselves. One file for each runAndWait: two lose the first.

    The first runAndWait does not wait: it comes back 10 ms after espeak-ng began, and a busy machine has written no sound by then.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("rate", rate)
    written = threading.Event()
    engine.connect("finished-utterance", lambda name, completed: written.set())
    for line in sys.stdin:
        asked = json.loads(line)
        written.clear()
        try:
            engine.save_to_file(asked["text"], asked["path"])
            engine.runAndWait()
            answers.write('{"ok": true}\n' if written.wait(LONGEST) else '{"error": "it did not end"}\n')
        except (RuntimeError, ValueError, OSError) as error:
            answers.write(json.dumps({"error": str(error)}) + "\n")


if __name__ == "__main__":
    work(int(sys.argv[1]))
