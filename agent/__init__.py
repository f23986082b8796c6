"""Hearth: a voice agent for the home that understands a request from the state of the home, and learns from the people who live there."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's matrices are small here: more threads wait for each other, longer than they work

__version__ = "0.1.0"
