"""The command line: data on stdout, messages on stderr, one sentence for each error, exit codes that mean something.

Exit codes: 0 ok · 1 failure · 2 usage · 3 the audit held an edition · 4 some input quarantined · 5 configuration or
template invalid · 7 some letters have not gone. This module loads next to nothing: the help and the version are said
before click is there.
"""

import os
import sys

from briefings import __version__
from briefings.cli.overview import overview
from briefings.errors import BriefingsError


def main() -> None:
    """Run the command line and end with its exit code."""
    try:
        if sys.argv[1:] in (["--help"], ["-h"]):
            print(overview(), end="", flush=True)
        elif sys.argv[1:] == ["--version"]:
            print(f"briefings, version {__version__}", flush=True)
        else:
            from briefings.cli.group import run

            run()
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
    print(f"briefings: {sentence}", file=sys.stderr)
