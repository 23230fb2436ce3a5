"""What can go wrong with the program or its use; what is wrong with a document is a Problem instead.

Each error is one sentence for a person; the entrance turns it into an exit code or an HTTP answer.
"""


class BriefingsError(Exception):
    """The root of all errors that briefings raises; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(BriefingsError):
    """The call asks for something that does not exist or cannot be: a missing path, an unknown id."""

    exit_code = 2


class AuditHeld(BriefingsError):
    """The audit found a number without a source in a produced file; the edition is not published."""

    exit_code = 3


class ConfigurationError(BriefingsError):
    """``briefings.toml``, an environment variable or a template cannot be used as it is."""

    exit_code = 5
