"""The command line: data on stdout, messages on stderr, one sentence for each error, exit codes that mean something.

Exit codes: 0 ok · 1 failure · 2 usage · 3 the audit held an edition · 4 some input quarantined · 5 configuration or
template invalid. Each command lives in a module of its own that is imported only when the command is called.
"""

import importlib
import os
import sys
from pathlib import Path

import click

from briefings import __version__
from briefings.errors import BriefingsError

COMMANDS = {
    "add": ("intake", "Take documents in: files and folders of txt, html, docx, pdf."),
    "audit": ("briefs", "Prove every number of a produced PDF, Word, HTML or XLSX file."),
    "build": ("briefs", "Make the briefings of briefings.toml, all or by id."),
    "demo": ("briefs", "Build the sample digest from the sample documents."),
    "doctor": ("machine", "Say what is fine and what is not on this machine."),
    "documents": ("intake", "List the documents that were found."),
    "extract": ("findings", "Print the facts of one file, without keeping anything."),
    "facts": ("findings", "List and filter the facts of the store."),
    "init": ("briefs", "Write a commented briefings.toml."),
    "list": ("briefs", "List the briefings and their latest editions."),
    "measures": ("findings", "List what was done, the problems and the plans."),
    "quarantine": ("intake", "List the files that could not be read, and why; try them again."),
}


class Commands(click.Group):
    """A group whose commands are imported when they are called; its help needs none of them."""

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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefings")
@click.option(
    "-C",
    "--workspace",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder of briefings.toml.  [default: the current folder]",
)
@click.option("--debug", is_flag=True, help="Show where in the program an unexpected error arose.")
@click.pass_context
def group(ctx: click.Context, workspace: Path, debug: bool) -> None:
    """Comparative briefings from work summaries; every number leads to its sentence."""
    ctx.obj = workspace.absolute()


def main() -> None:
    """Run the command line and end with its exit code."""
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BriefingsError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if "--debug" in sys.argv:
            raise
        _say(f"{error.filename or 'The system'}: {error.strerror or error}.")
        sys.exit(1)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        _say(
            f"An error that should not happen: {type(error).__name__}: {error}. Run with --debug to see where."
        )
        sys.exit(1)


def _say(sentence: str) -> None:
    click.echo(f"briefings: {sentence}", err=True)
