"""The option `--output`, the same for every command that finds something, and what it prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from typedml.cli.console import console

if TYPE_CHECKING:
    from typedml.renderings import Findings

Command = TypeVar("Command", bound=Callable[..., object])
# As in `typedml.renderings`, which help must not load.
OUTPUTS = ("text", "json", "markdown", "sarif", "github", "junit", "html")


def output_option(*names: str) -> Callable[[Command], Command]:
    """Return the option; `names` are further ones that it goes by."""
    option: Callable[[Command], Command] = click.option(
        *names,
        "--output",
        type=click.Choice(OUTPUTS),
        default="text",
        show_default=True,
        help="For people, programs, summaries, code scanning, annotations, test reports, or one page.",
    )
    return option


def emit(runs: Sequence[Findings], output: str, *, listed: bool = False) -> None:
    """Print what was found: text with colours where standard output is a terminal, all else as it is.

    `listed`: JSON is an array even of one subject.
    """
    if output == "text":
        from typedml.renderings import terminal

        terminal.show(runs, console())
        return
    from typedml.renderings import json, render

    text = json.listed(runs) if listed and output == "json" else render(runs, output)
    # As bytes: what programs read is UTF-8 whatever the terminal is set to.
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
