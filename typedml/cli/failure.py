"""What the command line says when it cannot do what it was asked: the fact, then a hint; exit status 2."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

TRACEBACK = "TYPEDML_TRACEBACK"


class Failure(click.ClickException):
    """A command cannot go on: `fact` says why, `hint` what would work."""

    exit_code = 2

    def __init__(self, fact: str, hint: str | None = None) -> None:
        super().__init__(fact)
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the fact and the hint on standard error."""
        told = escaped(self.message)
        click.echo(f"{click.style('Error:', fg='red', bold=True)} {told}", err=True, file=file)
        if self.hint:
            click.echo(
                f"{click.style('Hint:', fg='cyan', bold=True)} {escaped(self.hint)}", err=True, file=file
            )


def escaped(text: str) -> str:
    """Text from a file or a library with its control characters spelled, so that no terminal obeys them."""
    return "".join(
        each if each == "\n" or each.isprintable() else each.encode("unicode_escape").decode()
        for each in text
    )


@contextmanager
def with_usage_hint() -> Iterator[None]:
    """Turn a mistake in how a command is called into a `Failure` whose hint names the command's help."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx is not None else "typedml"
        raise Failure(error.format_message(), f"`{path} --help` lists what it takes") from error


@contextmanager
def as_failure() -> Iterator[None]:
    """Turn what typedml raises into a `Failure`; anything else is a defect of typedml and says so."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        raise _failure(error) from error


def _failure(error: Exception) -> Failure:
    fact = getattr(error, "fact", None)
    if isinstance(fact, str):
        return Failure(fact, getattr(error, "hint", None))
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failure(
        f"typedml itself failed with {what}  [typedml-internal]",
        f"this is a defect of typedml; {TRACEBACK}=1 shows where it arose",
    )
