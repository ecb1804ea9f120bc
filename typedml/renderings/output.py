"""The table of outputs, and the function that looks them up; a rendering is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from typedml.renderings.finding import Findings

OUTPUTS = {
    "text": "typedml.renderings.terminal",
    "json": "typedml.renderings.json",
    "markdown": "typedml.renderings.markdown",
    "sarif": "typedml.renderings.sarif",
    "github": "typedml.renderings.github",
    "junit": "typedml.renderings.junit",
    "html": "typedml.renderings.html",
}


def render(runs: Sequence[Findings], output: str) -> str:
    """Return what was found about one subject or several as text of the named output.

    Raises: KeyError if there is no such output.
    """
    if output not in OUTPUTS:
        raise KeyError(f"{output!r} is no output; they are {', '.join(OUTPUTS)}")
    return str(import_module(OUTPUTS[output]).render(runs))
