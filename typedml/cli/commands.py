"""The table of commands, and the group that loads a command's file when it is called."""

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from typedml.cli.failure import Failure, as_failure, with_usage_hint


class Entry(NamedTuple):
    """Where a command stands and what `typedml --help` says of it, so that help loads no command."""

    target: str
    summary: str


COMMANDS = {
    "demo": Entry("typedml.cli.demo:run", "Show three real mistakes, each caught by another layer."),
    "check": Entry("typedml.cli.check:check", "Run mypy with the plugin; there is nothing to configure."),
    "validate": Entry("typedml.cli.validate:validate", "Check a data file against a schema."),
    "laws": Entry("typedml.cli.laws:laws", "Test functions against the laws that their signatures imply."),
    "explain": Entry("typedml.cli.explain:explain", "Explain an expression, a kind, a unit, or a code."),
    "doctor": Entry("typedml.cli.doctor:doctor", "Tell what is installed, supported and reached."),
}

EPILOG = "Exit status: 0 fine, 1 findings, 2 usage or unreadable input."


class LazyGroup(click.Group):
    """A group whose commands are rows of `COMMANDS`, imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        found = getattr(importlib.import_module(module), name)
        return found if isinstance(found, click.Command) else _command(cmd_name, found)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of `args`; a name that is none gets a suggestion."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise Failure(f'there is no command "{args[0]}"', _suggestion(args[0]))
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options of the group; a mistake in them gets a hint."""
        with with_usage_hint():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what typedml raises becomes a message and exit status 2."""
        with as_failure(), with_usage_hint():
            return super().invoke(ctx)


def _command(name: str, run: Callable[[], int | None]) -> click.Command:
    def callback() -> None:
        click.get_current_context().exit(run() or 0)

    return click.Command(name, callback=callback, help=run.__doc__)


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    return f"did you mean `typedml {near[0]}`?" if near else "`typedml --help` lists the commands"


@click.command(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="typedml", message="typedml %(version)s")
def main() -> None:
    """Declare what a number means once; have it checked by mypy, at boundaries and by laws."""
