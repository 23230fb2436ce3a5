"""F1 against hand-annotated documents, where they are at hand: a gold folder beside the project."""

import subprocess
import sys
from pathlib import Path

import pytest

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
    """Precision and recall over all annotated documents give an F1 of at least 0.94."""
    command = [sys.executable, "-c", SCRIPT]
    score = [sys.executable, str(GOLD / "score.py"), "--min-f1", "0.94", str(GOLD / "dev"), "--", *command]
    done = subprocess.run(score, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout[-800:] + done.stderr[-800:]
