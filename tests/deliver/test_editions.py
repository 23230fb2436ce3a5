import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.deliver import editions, fingerprint, latest, lineage, publish, verify
from briefings.deliver.editions import BUILDING, DAMAGED, POINTER
from briefings.errors import ConfigurationError

MARK = fingerprint({"facts": "1", "version": "0.1.0"})
OTHER = fingerprint({"facts": "2", "version": "0.1.0"})
FILES = {"digest.pdf": b"%PDF-1.7 ...", "digest.docx": b"PK...", "data/facts.jsonl": b'{"id": "a"}\n'}
SAYS = {"inputs": {"港口局.txt": "0" * 64}, "audit": {"findings": 0}}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not p.is_symlink()
    }


def test_an_edition_is_a_folder_with_a_manifest_and_the_latest(tmp_path: Path) -> None:
    """The folder's name is the cut-off date and the fingerprint's first eight digits."""
    edition = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    folder = tmp_path / "digest" / f"2021-08-20-{MARK[:8]}"
    assert (edition.folder, edition.new, edition.problems) == (str(folder), True, ())
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    assert [name for name, _ in edition.files] == sorted(FILES)
    assert verify(folder) == ()
    assert (tmp_path / "digest" / "latest").readlink() == Path(folder.name)
    found = latest(tmp_path, "digest")
    assert found is not None
    assert (found.id, found.new) == (edition.id, False)


def test_the_same_fingerprint_writes_nothing(tmp_path: Path) -> None:
    """Not a byte, not a time stamp: the second call only looks."""
    publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    before = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")}
    again = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert not again.new
    assert {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_the_same_input_makes_the_same_bytes(tmp_path: Path) -> None:
    """Wherever and in whatever order it is published."""
    publish(tmp_path / "a", "digest", "2021-08-20", MARK, FILES, SAYS)
    publish(
        tmp_path / "b",
        "digest",
        "2021-08-20",
        MARK,
        dict(reversed(FILES.items())),
        dict(reversed(SAYS.items())),
    )
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_an_older_state_published_again_becomes_the_latest(tmp_path: Path) -> None:
    """The pointer follows what was asked for last; both editions stay."""
    first = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    second = publish(tmp_path, "digest", "2021-08-19", OTHER, FILES, SAYS)
    found = latest(tmp_path, "digest")
    assert found is not None and found.id == second.id
    publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    found = latest(tmp_path, "digest")
    assert found is not None and found.id == first.id
    assert [e.id for e in editions(tmp_path, "digest")] == [second.id, first.id]
    assert editions(tmp_path, "none") == ()
    assert latest(tmp_path, "none") is None


@pytest.mark.parametrize(
    ("harm", "code"), [("change", "file_changed"), ("remove", "file_missing"), ("manifest", "manifest")]
)
def test_a_damaged_edition_is_built_again_and_said(tmp_path: Path, harm: str, code: str) -> None:
    """What was found stays aside for people to look at; no edition counts as new."""
    edition = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    folder = Path(edition.folder)
    target = folder / ("manifest.json" if harm == "manifest" else "digest.pdf")
    target.unlink()
    if harm != "remove":
        target.write_bytes(b"%PDF-1.7 ,,,")
    assert [problem.code for problem in verify(folder)] == [code]
    again = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert [problem.code for problem in again.problems] == [code, "rebuilt"]
    assert not again.new
    assert verify(folder) == ()
    assert (tmp_path / "digest" / f"{DAMAGED}{edition.id}").is_dir()
    assert [e.id for e in editions(tmp_path, "digest")] == [edition.id]


def test_a_file_beside_is_said_and_left(tmp_path: Path) -> None:
    """A foreign file harms nothing; the lock file of an open Word document is not even mentioned."""
    edition = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    (Path(edition.folder) / "~$digest.docx").write_bytes(b"")
    assert publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS).problems == ()
    (Path(edition.folder) / "note.txt").write_bytes(b"mine")
    again = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert [problem.code for problem in again.problems] == ["file_foreign"]
    assert (Path(edition.folder) / "note.txt").exists()


def test_two_fingerprints_with_the_same_beginning_keep_apart(tmp_path: Path) -> None:
    """The later one gets a longer name."""
    twin = MARK[:8] + OTHER[8:]
    one = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    two = publish(tmp_path, "digest", "2021-08-20", twin, FILES, SAYS)
    assert two.id == f"2021-08-20-{twin[:16]}" and two.new
    assert verify(Path(one.folder)) == verify(Path(two.folder)) == ()


def test_where_links_cannot_be_a_file_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer is then a file with the edition's id."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    edition = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert (tmp_path / "digest" / "latest").read_text(encoding="utf-8") == edition.id + "\n"
    found = latest(tmp_path, "digest")
    assert found is not None and found.id == edition.id


def test_a_pointer_copied_into_a_folder_is_put_aside(tmp_path: Path) -> None:
    """Copying without links makes ``latest`` a folder; the next edition points rightly again."""
    home = tmp_path / "digest"
    (home / "latest").mkdir(parents=True)
    edition = publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert (home / "latest").readlink() == Path(edition.id)
    assert (home / f"{DAMAGED}latest").is_dir()


@pytest.mark.parametrize("name", ["../x.pdf", "/x.pdf", "a//b", "manifest.json", "a\\b"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    """Nothing is ever written outside of the edition's folder."""
    with pytest.raises(ConfigurationError):
        publish(tmp_path, "digest", "2021-08-20", MARK, {name: b""}, {})
    for order in ("..", "a/b", "", ".hidden", "latest"):
        with pytest.raises(ConfigurationError):
            publish(tmp_path, order, "2021-08-20", MARK, {}, {})
    assert list(tmp_path.iterdir()) == []


def test_publishers_of_one_briefing_wait_for_each_other(tmp_path: Path) -> None:
    """Of eight that publish the same at once exactly one makes it new."""
    new: list[bool] = []

    def work() -> None:
        new.append(publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS).new)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 7 + [True]


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4),
    st.text(max_size=5),
    st.text(max_size=5),
)
@settings(max_examples=50, deadline=None)
def test_a_fingerprint_is_of_its_parts_only(parts: dict[str, str], key: str, value: str) -> None:
    """Order does not matter; any other key or value makes another one."""
    assert fingerprint(parts) == fingerprint(dict(reversed(parts.items())))
    if parts.get(key) != value:
        assert fingerprint(parts) != fingerprint({**parts, key: value})


CHILD = """
import sys
from pathlib import Path
from briefings.deliver import fingerprint, publish
n = int(sys.argv[2])
while True:
    n += 1
    files = {f"part-{i}.bin": bytes([n % 251]) * 60_000 for i in range(6)}
    publish(Path(sys.argv[1]), "digest", "2021-08-20", fingerprint({"n": str(n)}), files, {"n": n})
"""


def test_a_publisher_killed_anywhere_leaves_only_whole_editions(tmp_path: Path) -> None:
    """A reader that hashes while publishers are killed never sees half an edition nor a pointer to nothing."""
    rounds, looks = 8, 0
    pause = 0.005
    for turn in range(rounds):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path), str(turn * 10_000)])
        began = time.monotonic()
        ready = tmp_path / "digest"
        count = len(editions(tmp_path, "digest"))
        while time.monotonic() - began < 10:  # the first edition appears a moment before the pointer to it
            if len(editions(tmp_path, "digest")) > count and latest(tmp_path, "digest"):
                break
            time.sleep(pause)
        until = time.monotonic() + 0.05 + 0.017 * turn
        while time.monotonic() < until:
            found = latest(tmp_path, "digest")
            assert found is not None
            assert verify(Path(found.folder)) == ()
            looks += 1
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert all(verify(Path(edition.folder)) == () for edition in editions(tmp_path, "digest"))
        found = latest(tmp_path, "digest")
        assert found is not None and verify(Path(found.folder)) == ()
        assert ready.is_dir()
    assert looks >= rounds
    publish(tmp_path, "digest", "2021-08-20", MARK, FILES, SAYS)
    assert not [p for p in (tmp_path / "digest").iterdir() if p.name.startswith((BUILDING, POINTER))]


def test_editions_stand_in_the_line_in_which_they_were_made(tmp_path: Path) -> None:
    """The latest first, then what each says its changes against; an edition of no line stands behind."""
    marks = [fingerprint({"facts": str(n)}) for n in range(4)]
    alone = publish(tmp_path, "digest", "2021-08-20", marks[0], FILES, SAYS)
    made: list[str] = []
    for mark in marks[1:]:
        before = made[-1] if made else ""
        edition = publish(
            tmp_path, "digest", "2021-08-20", mark, FILES, {**SAYS, "previous": before, "made_from": "m"}
        )
        assert (edition.previous, edition.made_from) == (before, "m")
        made.append(edition.id)
    assert [e.id for e in lineage(tmp_path, "digest")] == [*reversed(made), alone.id]
    assert alone.made_from == marks[0]
    assert lineage(tmp_path, "none") == ()
