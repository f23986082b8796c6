"""Where the benchmark's agents are born: one process that has loaded the phrases and the model, and forks each `hearth pipe` from itself.

    python -m benchmarks.learning.nursery DESCRIPTOR

Reading the phrases and loading the model costs each agent some seconds, and a home of the benchmark has a dozen of them. An agent born here is a
process of its own all the same, with its own store, home and pipe; what it shares is what is the same in each: code, phrases and weights.
A request is one message on the socket of that descriptor, the arguments of `hearth` as JSON, with the descriptors of the agent's input and output.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from functools import cache
from typing import NoReturn

LONGEST = 4096


def serve(descriptor: int) -> None:
    """Answers requests until its parent closes the socket."""
    from agent import app
    from agent.config import Config

    loaded = app.reader(Config())
    loaded[0].wait(120)
    app.reader = lambda config: loaded
    with socket.socket(fileno=descriptor) as taken:
        while True:
            message, descriptors, _, _ = socket.recv_fds(taken, LONGEST, 2)
            if not message:
                return
            if os.fork() == 0:
                _live(json.loads(message), *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
            _bury()
            taken.send(b".")


def _live(arguments: list[str], lines: int, answers: int) -> NoReturn:
    """The agent's whole life."""
    from agent.cli import app

    os.dup2(lines, 0)
    os.dup2(answers, 1)
    os.closerange(3, 256)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - they last as long as the process
    status = 1
    try:
        app(arguments, standalone_mode=False)
        status = 0
    finally:
        sys.stdout.flush()
        os._exit(status)


def _bury() -> None:
    """Those that have ended."""
    while True:
        try:
            gone, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not gone:
            return


class Nursery:
    """The process, started when it is first asked; one for each process of the benchmark."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        descriptor = theirs.fileno()
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.learning.nursery", str(descriptor)], pass_fds=[descriptor])
        theirs.close()
        atexit.register(self.close)

    def close(self) -> None:
        """No more agents; those that live end with their own lines."""
        self._socket.close()
        self._process.wait(30)

    def born(self, arguments: list[str]) -> tuple[int, int]:
        """A new agent: where its lines are written, where its answers are read."""
        lines, to_lines = os.pipe()
        from_answers, answers = os.pipe()
        socket.send_fds(self._socket, [json.dumps(arguments).encode()], [lines, answers])
        os.close(lines)
        os.close(answers)
        if not self._socket.recv(1):
            raise RuntimeError("the nursery ended")
        return to_lines, from_answers


@cache
def nursery() -> Nursery:
    """This process's."""
    return Nursery()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
