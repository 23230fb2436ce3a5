"""The commands as click knows them; each lives in a module of its own that is imported when the command is called."""

import importlib
import sys
from pathlib import Path

import click

from briefings import __version__
from briefings.cli.overview import COMMANDS, overview


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, from its module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"briefings.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` call; an unknown one is a usage error with a suggestion."""
        if args and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"There is no command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the whole, the same text whoever asks for it."""
        formatter.write(overview())


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefings")
@click.option("-C", "--workspace", type=click.Path(path_type=Path), default=Path())
@click.option("--debug", is_flag=True)
@click.pass_context
def group(ctx: click.Context, workspace: Path, debug: bool) -> None:
    """Comparative briefings from work summaries; every number leads to its sentence."""
    ctx.obj = workspace.absolute()


def run() -> None:
    """Run the command that was called; ends with exit code 2, and a sentence, where it was called wrongly."""
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
