"""What a feature that raises lacks, as people know it: a file, the network, a variable, an end.

>>> needed(FileNotFoundError(2, "No such file or directory", "model.pkl"))[0]
"it needs the file 'model.pkl'"
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from typedml.laws.limits import NoAnswer
from typedml.laws.watch import library_folders

# The alarm that ends a call is no line of the feature.
OURS = str(Path(__file__).parents[1]) + os.sep
READ_BEFORE = "read it before, and pass what it holds as a parameter."
# error: the fact, and the hint
KNOWN: tuple[tuple[type[BaseException], str, str], ...] = (
    (NoAnswer, "it gives {error}", "see that every loop ends and nothing waits; laws call a feature often."),
    (EOFError, "it asks for input", "take what is asked for as a parameter."),
    (RecursionError, "it calls itself without end", "give the recursion an end."),
    (MemoryError, "it asks for more memory than there is", "allocate by the size of the input."),
    (SystemExit, "it calls sys.exit", "raise an error that a caller can handle, or return a value."),
    (KeyboardInterrupt, "it raises KeyboardInterrupt", "raise an error of its own."),
    (ModuleNotFoundError, "it needs the module {error.name!r}", "install it, or import it at the top."),
    (ConnectionError, "it needs the network", READ_BEFORE),
    (TimeoutError, "it waits for something that does not answer", READ_BEFORE),
)
# Some errors print whole tables in one line.
LONGEST = 200
NETWORK = ("socket", "urllib", "http", "ssl", "requests", "httpx", "aiohttp")


def said_by(error: BaseException) -> str:
    """What an error says in its first line, without the full stop, which is that of the sentence around it.

    >>> said_by(ValueError("nan is missing."))
    'nan is missing'
    """
    try:
        text = str(error).strip().split("\n")[0].rstrip(".")
    except Exception as failing:  # noqa: BLE001  # opaque as the feature: that it cannot be printed is told
        return f"it cannot be printed, for its __str__ raises {type(failing).__name__}"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def needed(error: BaseException) -> tuple[str, str] | None:
    """What is lacking and a hint, where the error tells; None for a mistake like any other."""
    variable = _variable(error)
    if variable is not None:
        return f"it needs the environment variable {variable!r}", "take its value as a parameter."
    # A file that was opened by number has that number for a name.
    if isinstance(error, OSError) and isinstance(error.filename, (str, bytes, os.PathLike)):
        return f"it needs the file {os.fsdecode(error.filename)!r}", READ_BEFORE
    if any(kind.__module__.split(".")[0] in NETWORK for kind in type(error).__mro__):
        return "it needs the network", READ_BEFORE
    for kind, fact, hint in KNOWN:
        if isinstance(error, kind):
            return fact.format(error=error), hint
    return None


def _variable(error: BaseException) -> str | None:
    """The variable that `os.environ[...]` did not have."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, KeyError) and frames and frames[-1].filename in (os.__file__, "<frozen os>"):
        return str(error.args[0])
    return None


def place_of_error(error: BaseException) -> str:
    """The last line of code outside of libraries that an error went through: `pipeline.py, line 12: ...`."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    own = [frame for frame in frames if not frame.filename.startswith((*library_folders(), OURS))]
    if not own or own[-1].filename.startswith("<"):
        return ""
    line = f": `{own[-1].line}`" if own[-1].line else ""
    return f"{_short(own[-1].filename)}, line {own[-1].lineno}{line}"


def _short(file: str) -> str:
    path, here = Path(file), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
