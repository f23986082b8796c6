"""Hearth: a voice agent for the home that understands a request from the state of the home, and learns from the people who live there."""

__version__ = "0.1.0"
