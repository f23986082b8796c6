"""`python -m agent` is the `hearth` command."""

from agent.cli import app

app(prog_name="hearth")
