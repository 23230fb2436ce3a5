"""Commands about keeping a workspace safe: backup, restore."""

import sys
from pathlib import Path

import click

_FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Write FILE anew where it is there already.")
@click.pass_obj
def backup_command(root: Path, file: Path, force: bool) -> None:
    """Write the workspace into the archive FILE, or into that folder: store, originals, editions, and what you edit.

    The service may run meanwhile. Secrets stay out, and what stays out is said. The archive holds documents and addresses
    of readers: keep it as safe as the workspace. Exit code 1: something in the workspace is damaged.
    """
    from briefings import backup, settings

    made = backup.back_up(settings.load(root), file, force=force)
    click.echo(made.path)
    click.echo(f"{made.files} files: {made.originals} originals, {made.editions} editions.", err=True)
    for what in made.left_out:
        click.echo(f"left out: {what}", err=True)
    for sentence in made.wrong:
        click.echo(sentence, err=True)
    if made.wrong:
        sys.exit(1)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="The workspace to make of it.")
@click.option("--force", is_flag=True, help="Move aside what is there; without it nothing is touched.")
@click.pass_obj
def restore_command(root: Path, file: Path, into: Path | None, force: bool) -> None:
    """Make a workspace of the archive FILE again; stop the service of that workspace first.

    Every file is checked before one is put in its place. Letters that had not gone when the archive was written may have
    gone since: they are in doubt, and `briefings mail resend` sends them where you say so.
    """
    from briefings import backup

    restored = backup.restore(file, (into or root).absolute(), force=force)
    click.echo(f"Restored as of {restored.made_at}:", err=True)
    for place in restored.places:
        click.echo(place)
    for place in restored.aside:
        click.echo(f"moved aside: {place}", err=True)
    if restored.doubted:
        click.echo(
            f"{restored.doubted} letters may have gone since and are in doubt; `briefings mail outbox` lists them.",
            err=True,
        )
