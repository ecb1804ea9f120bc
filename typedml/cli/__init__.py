"""The command line: `typedml COMMAND`, one file per command, each loaded only when it is asked for."""

from typedml.cli.commands import main

__all__ = ["main"]
