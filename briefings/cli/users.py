"""Commands about who may use the page: users add, list, role, password, remove, token, tokens, revoke."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import cast

import click

from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import opened
from briefings.records.user import ROLES, Role

LEAST = 8
_ROLE = click.Choice(ROLES)
_STDIN = click.option(
    "--password-stdin", "stdin", is_flag=True, help="Read the password from standard input."
)


@click.group("users")
def users_command() -> None:
    """Say who may use the page, and as what: a viewer reads, an editor changes, an admin says who may."""


@users_command.command("add")
@click.argument("name")
@click.option("--role", type=_ROLE, default="viewer", show_default=True)
@_STDIN
@click.pass_obj
def add_command(root: Path, name: str, role: str, stdin: bool) -> None:
    """Add a user; the password is asked for. From the first user on everybody has to log in."""
    from briefings.web.auth import password_hash

    with opened(root) as (_, store):
        if role != "admin" and not any(p.role == "admin" for p in store.users.all()):
            raise click.UsageError("The first user has to be an admin: --role admin.")
        made = store.users.add(name, cast(Role, role), password_hash(_password(stdin)))
    click.echo(f"{made.name}: {made.role}")


@users_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a user.")
@click.pass_obj
def list_command(root: Path, as_json: bool) -> None:
    """List the users."""
    with opened(root) as (_, store):
        found = store.users.all()
    if as_json:
        as_json_lines({"name": p.name, "role": p.role} for p in found)
    else:
        as_table(
            ("name", "role"), [(p.name, p.role) for p in found], "There are no users; nobody has to log in."
        )


@users_command.command("role")
@click.argument("name")
@click.argument("role", type=_ROLE)
@click.pass_obj
def role_command(root: Path, name: str, role: str) -> None:
    """Give a user another role; sessions end."""
    with opened(root) as (_, store):
        store.users.change(name, role=cast(Role, role))
    click.echo(f"{name}: {role}")


@users_command.command("password")
@click.argument("name")
@_STDIN
@click.pass_obj
def password_command(root: Path, name: str, stdin: bool) -> None:
    """Give a user another password; sessions and tokens end."""
    from briefings.web.auth import password_hash

    with opened(root) as (_, store):
        store.users.change(name, password=password_hash(_password(stdin)))
    click.echo(f"{name}: new password")


@users_command.command("remove")
@click.argument("name")
@click.pass_obj
def remove_command(root: Path, name: str) -> None:
    """Remove a user with all sessions, tokens and share links."""
    with opened(root) as (_, store):
        store.users.remove(name)
    click.echo(f"{name}: removed")


@users_command.command("token")
@click.argument("name")
@click.option("--note", default="", help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True)
@click.pass_obj
def token_command(root: Path, name: str, note: str, days: int) -> None:
    """Make a token by which a program acts as NAME; it is printed once and not kept."""
    with opened(root) as (_, store):
        secret, token = store.users.add_token(name, note, timedelta(days=days))
    click.echo(secret)
    click.echo(f"{token.id}, until {token.until}; send it as: Authorization: Bearer …", err=True)


@users_command.command("tokens")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a token.")
@click.pass_obj
def tokens_command(root: Path, as_json: bool) -> None:
    """List the tokens, without what they say."""
    with opened(root) as (_, store):
        found = store.users.tokens()
    rows = [(t.id, t.person, t.note, t.made_at, t.until) for t in found]
    names = ("id", "user", "note", "made", "until")
    if as_json:
        as_json_lines(dict(zip(names, row, strict=True)) for row in rows)
    else:
        as_table(names, rows, "There are no tokens.")


@users_command.command("revoke")
@click.argument("token")
@click.pass_obj
def revoke_command(root: Path, token: str) -> None:
    """Take a token back, by its id."""
    with opened(root) as (_, store):
        store.users.remove_token(token)
    click.echo(f"{token}: revoked")


def _password(stdin: bool) -> str:
    given = (
        sys.stdin.readline().rstrip("\r\n")
        if stdin
        else str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    )
    if len(given) < LEAST:
        raise click.UsageError(f"A password has at least {LEAST} characters.")
    return given
