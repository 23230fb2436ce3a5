"""F1 against hand-annotated documents, where they are at hand: a gold folder beside the project."""

import importlib.util
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest

from briefings.extract import find
from briefings.structure import read

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "../shared/gold"
SCRIPT = """
import dataclasses, json, sys
from pathlib import Path
from briefings.extract import find
from briefings.structure import read
path = Path(sys.argv[1])
reading = read(path.read_bytes(), path.name)
for document in reading.documents:
    for fact in find(document, reading.source).facts:
        assert reading.source.text[fact.start : fact.end] == fact.surface
        print(json.dumps(dataclasses.asdict(fact)))
"""


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold documents beside the project")
def test_gold_documents_reach_the_bar() -> None:
    """Precision and recall over all annotated documents give an F1 of at least 0.95."""
    command = [sys.executable, "-c", SCRIPT]
    score = [sys.executable, str(GOLD / "score.py"), "--min-f1", "0.95", str(GOLD / "dev"), "--", *command]
    done = subprocess.run(score, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout[-800:] + done.stderr[-800:]


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold documents beside the project")
def test_precision_with_and_without_what_is_flagged(capsys: pytest.CaptureFixture[str]) -> None:
    """What carries no flag is at least nine times in ten right, and so is what carries one; both figures are printed."""
    score = _scorer()
    right, told = Counter[str](), Counter[str]()
    for gold in sorted((GOLD / "dev").glob("*.gold.tsv")):
        path = gold.with_name(gold.name.replace(".gold.tsv", ".txt"))
        reading = read(path.read_bytes(), path.name)
        facts = [asdict(f) for d in reading.documents for f in find(d, reading.source).facts]
        spans = score.mentions(reading.source.text)
        for row in score.read_gold(gold, spans):
            start, end = row["span"]
            for fact in (f for f in facts if f["start"] < end and start < f["end"] and row["kind"] != "?"):
                key = "flagged" if fact["flags"] else "plain"
                told[key] += 1
                right[key] += (
                    row["kind"] == fact["kind"]
                    and score.same_value(row, fact)
                    and score.same_unit(row, fact)
                    and score.same_indicator(row["indicator"], fact["indicator"])
                )
    with capsys.disabled():
        every = right.total() / told.total()
        parts = ", ".join(f"{key} {right[key] / told[key]:.3f} of {told[key]}" for key in sorted(told))
        print(f"\nprecision {every:.3f}: {parts}")
    assert min(right[key] / told[key] for key in told) >= 0.9


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
