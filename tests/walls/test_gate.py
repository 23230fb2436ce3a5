"""Each wall holds: whatever a task does, the program gets an answer or a reason, and the next task is done."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefings.errors import ConfigurationError
from briefings.walls import READ, Limits, Stopped, network_namespace, program, run
from briefings.walls.limits import MIB
from briefings.walls.stopped import ProgramReplaced

OFFENCES = "tests.walls.offences:"


def echoes() -> bool:
    """Whether the next task is done."""
    return run(OFFENCES + "echo", {"a": [1, "二"]}, b"\0\xff", READ) == b"{'a': [1, '\xe4\xba\x8c']}\0\xff"


def alive(process: int) -> bool:
    """Whether there is a process of this number that still does something."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(process: int) -> bool:
    """Whether the process ends within five seconds."""
    until = time.monotonic() + 60
    while alive(process) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(process)


@pytest.fixture
def canary() -> Iterator[tuple[int, list[int]]]:
    """A port on which somebody listens and writes down who calls."""
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(1)
                caller.close()

        listening = threading.Thread(target=listen)
        listening.start()
        yield server.getsockname()[1], calls
        time.sleep(0.1)
        stop.set()
        listening.join()


@pytest.mark.parametrize(
    ("offence", "limits", "code"),
    [
        ("loop", Limits(cpu=1), "time_limit"),
        ("sleep", Limits(wall=0.5), "time_limit"),
        ("memory", Limits(memory=300 * MIB), "memory_limit"),
        ("writes", READ, "too_big"),
        ("answers", READ, "too_big"),
        ("dies", READ, "crashed"),
        ("fails", READ, "crashed"),
        ("starts", READ, "crashed"),
    ],
)
def test_what_a_task_may_not_do(offence: str, limits: Limits, code: str) -> None:
    """It is stopped within a second of its limit, the reason is said in two languages, and the next task is done."""
    started = time.monotonic()
    with pytest.raises(Stopped) as stopped:
        run(OFFENCES + offence, None, b"", limits)
    assert stopped.value.code == code
    assert str(stopped.value).endswith(".") and stopped.value.reason
    assert time.monotonic() - started < 30
    assert echoes()


def test_where_a_task_tripped_is_kept() -> None:
    """The traceback goes along for those who look for the fault; the sentence says its last line."""
    with pytest.raises(Stopped, match="ZeroDivisionError: nothing goes into nought") as stopped:
        run(OFFENCES + "fails", None, b"", READ)
    assert "offences.py" in "".join(stopped.value.__notes__)


def test_an_error_of_ours_comes_through() -> None:
    """What a task says to a person is said as if it were done here."""
    with pytest.raises(ConfigurationError, match=r"^The template is no good\.$"):
        run(OFFENCES + "raises", None, b"", READ)


def test_python_reaches_no_network(canary: tuple[int, list[int]]) -> None:
    """Python's guard refuses a socket, and nobody is called."""
    port, calls = canary
    with pytest.raises(Stopped, match="refused behind the walls"):
        run(OFFENCES + "connects", port, b"", READ)
    assert calls == []


def test_a_library_reaches_no_network(canary: tuple[int, list[int]]) -> None:
    """Where the system grants a namespace of its own, not even a library in C reaches this machine."""
    if not network_namespace():
        pytest.skip("this system grants no network namespaces; Python's guard is all there is")
    port, calls = canary
    assert run(OFFENCES + "connects_unguarded", port, b"", READ) == b"-1"
    assert calls == []


def test_no_secret_is_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child sees where things lie, and nothing that is named otherwise."""
    monkeypatch.setenv("BRIEFINGS_MAIL__PASSWORD", "geheim-4711")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim-4711")
    program = "from briefings.walls import READ, run; print(run('tests.walls.offences:environment', None, b'', READ).decode())"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "PATH=" in told
    assert "geheim" not in told and "SECRET" not in told


def test_nothing_goes_from_one_task_to_the_next() -> None:
    """Each task begins with the same clean process."""
    assert [run(OFFENCES + "remembers", None, b"", READ) for _ in range(2)] == [b"nothing", b"nothing"]


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them"
)
def test_a_task_is_killed_with_its_children(tmp_path: Path) -> None:
    """What a task has started does not outlive it."""
    with pytest.raises(Stopped):
        run(OFFENCES + "breeds", str(tmp_path / "born"), b"", Limits(wall=0.5))
    assert gone(int((tmp_path / "born").read_text()))


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them"
)
def test_a_program_that_dies_takes_its_task_along(tmp_path: Path) -> None:
    """Nothing goes on computing for a service that was killed."""
    born = tmp_path / "born"
    program = "import sys; from briefings.walls import READ, run; run('tests.walls.offences:breeds', sys.argv[1], b'', READ)"
    service = subprocess.Popen([sys.executable, "-c", program, str(born)])
    until = time.monotonic() + 60
    while not (born.exists() and born.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    service.kill()
    service.wait()
    assert gone(int(born.read_text()))


def test_a_child_that_died_is_replaced() -> None:
    """A process that somebody killed between two tasks is no trouble of the next task."""
    from briefings.walls import gate

    assert echoes()
    for child in gate._idle:
        os.kill(child.process, 9)
    assert echoes()


def test_threads_do_not_wait_for_each_other() -> None:
    """Four tasks of two seconds each take less than eight seconds together, and each gets its own answer."""
    started = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: run(OFFENCES + "naps", n, b"", READ), range(4)))
    assert answers == [b"0", b"1", b"2", b"3"]
    assert time.monotonic() - started < 7


def test_a_crash_is_tried_again_in_a_fresh_process_once_the_program_was_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What dies once and not twice is done; what dies twice is nobody's fault; without a new program it is the task's."""
    assert echoes()
    with pytest.raises(Stopped):
        run(OFFENCES + "dies_once", str(tmp_path / "a"), b"", READ)
    monkeypatch.setattr(program, "replaced", lambda: True)
    assert run(OFFENCES + "dies_once", str(tmp_path / "b"), b"", READ) == b"alive"
    with pytest.raises(ProgramReplaced):
        run(OFFENCES + "dies", None, b"", READ)


UPDATED = """
import sys
from pathlib import Path
from briefings import pipeline, settings, walls
from briefings.store import open_store
from briefings.unattended import Unattended
from briefings.walls import gate

root, package = Path(sys.argv[1]), Path(settings.__file__).parents[1]
loaded = settings.load(root)
store = open_store(loaded.store)
lines = []
service = Unattended(loaded, store, lines.append)
pipeline.take_in([root / "a.txt"], loaded, store, now="2021-08-01T00:00:00+00:00")
(package / "structure" / "__init__.py").write_text("raise SystemError('half an update')")
gate._leave()
path = loaded.inbox / "b.txt"
path.parent.mkdir()
(root / "b.txt").rename(path)
found = path.stat()
from briefings.ingest.inbox import Mark
service._take(path, Mark(found.st_size, found.st_mtime_ns, found.st_ino))
service._say_replaced()
print(len(store.documents()), len(store.quarantined()), path.exists(), *[line.name for line in lines])
"""


def test_a_file_is_not_quarantined_for_an_update_of_the_program(tmp_path: Path, root: Path) -> None:
    """A service whose program is replaced by one that does not fit leaves the file where it is, and says so."""
    shutil.copytree(
        root / "briefings", tmp_path / "code/briefings", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("templates", "styles"):
        (tmp_path / "code" / name).symlink_to(root / name)
    for name, place in (("a", "教育"), ("b", "民政")):
        text = (
            f"云栖市{place}局2021年上半年工作总结\n2021-07-20\n上半年，全市新增学位1.8万个，同比增长9.2%。\n"
        )
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", UPDATED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "code")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["1", "0", "True", "not_taken", "replaced"]
