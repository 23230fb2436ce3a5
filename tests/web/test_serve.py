"""The commands of the page: serve refuses to be open to others without a user; users are set up by name."""

from pathlib import Path

from click.testing import CliRunner

from briefings.cli.serve import serve_command
from briefings.cli.users import users_command
from briefings.errors import UsageError
from briefings.settings import load
from briefings.store import open_store
from briefings.web.auth import right_password


def test_serve_is_not_open_to_others_without_a_user(tmp_path: Path) -> None:
    """Before anything listens."""
    ran = CliRunner().invoke(serve_command, ["--host", "0.0.0.0", "--port", "0"], obj=tmp_path)
    assert isinstance(ran.exception, UsageError) and "users add" in str(ran.exception)


def test_users_are_set_up_on_the_command_line(tmp_path: Path) -> None:
    """The first is an admin; a short password is refused; only a hash is kept."""
    run = CliRunner()
    first = run.invoke(
        users_command, ["add", "王敏", "--password-stdin"], input="long enough\n", obj=tmp_path
    )
    assert first.exit_code == 2
    add = ["add", "王敏", "--role", "admin", "--password-stdin"]
    assert run.invoke(users_command, add, input="short\n", obj=tmp_path).exit_code == 2
    assert run.invoke(users_command, add, input="long enough\n", obj=tmp_path).exit_code == 0
    token = run.invoke(users_command, ["token", "王敏"], obj=tmp_path).output.split()[0]
    store = open_store(load(tmp_path).store)
    try:
        held = store.users.password("王敏")
        assert held and held.startswith("$argon2id$") and right_password(held, "long enough")
        assert store.users.of_token(token) == store.users.find("王敏")
    finally:
        store.close()
