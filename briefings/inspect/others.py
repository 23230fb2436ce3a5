"""What other programs say of a file: veraPDF, LibreOffice (checks 20 and 46); and whether it is as published (49)."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from briefings.inspect.decided import squeezed
from briefings.inspect.portable import Portable
from briefings.inspect.verdicts import counted, judged, not_applicable, not_run
from briefings.inspect.word_file import WordFile, shown
from briefings.records.inspection import Result, Spot

SECONDS = 240
_RULE = re.compile(r'clause="([^"]+)" testNumber="(\d+)" status="failed"[^>]*>\s*<description>([^<]*)', re.S)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def verapdf(file: Portable) -> Result:
    """Check 20: the profiles ua1 and 3a, where veraPDF is on the machine (on PATH, or a jar named by VERAPDF_JAR)."""
    command = _verapdf()
    if command is None:
        return not_run(20, "veraPDF is not on this machine (PATH, VERAPDF_JAR)")
    spots: list[Spot] = []
    for profile in ("ua1", "3a"):
        try:
            run = subprocess.run(
                [*command, "-f", profile, "--format", "xml", str(file.path)],
                capture_output=True, text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return not_run(20, f"veraPDF could not be run: {error}")
        if 'isCompliant="true"' in run.stdout:
            continue
        if 'isCompliant="false"' not in run.stdout:
            return not_run(20, f"veraPDF said nothing: {run.stderr.strip()[:120] or run.returncode}")
        rules = _RULE.findall(run.stdout) or [("?", "?", "not compliant")]
        spots += (Spot(profile, f"{clause}-{test} {told.strip()}"[:90]) for clause, test, told in rules)
    return judged(20, spots, "profiles ua1 and 3a")


def _verapdf() -> list[str] | None:
    jar = os.environ.get("VERAPDF_JAR", "")
    java = shutil.which("java")
    if jar and java and Path(jar).is_file():
        return [java, "-cp", jar, "org.verapdf.apps.GreenfieldCliWrapper"]
    program = shutil.which("verapdf")
    return [program] if program else None


def libreoffice(file: WordFile) -> Result:
    """Check 46: pages, headings and pictures of what LibreOffice makes of the file, where it is on the machine."""
    program = shutil.which("soffice")
    if program is None:
        return not_run(46, "LibreOffice is not on this machine (soffice)")
    with tempfile.TemporaryDirectory(prefix="briefings-inspect-") as folder:
        copy = Path(folder) / "file.docx"
        copy.write_bytes(file.data)
        home = f"-env:UserInstallation={(Path(folder) / 'home').as_uri()}"
        command = [program, "--headless", home, "--convert-to", "pdf", "--outdir", folder, str(copy)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return not_run(46, f"LibreOffice could not be run: {error}")
        made = copy.with_suffix(".pdf")
        if not made.is_file():
            return judged(46, [Spot("file", "LibreOffice makes no PDF of it")], "no pages")
        return converted(file, made.read_bytes())


def converted(file: WordFile, made: bytes) -> Result:
    """Whether the PDF ``made`` of a Word file holds its headings and pictures."""
    from briefings.inspect.pages import pages

    try:
        found = pages(made)
    except ValueError as error:
        return judged(46, [Spot("file", str(error))], "no pages")
    text = squeezed("".join(line.text for page in found for line in page.lines))
    headings = [(at, shown(p)) for at, p, _ in file.headings()]
    spots = [
        Spot(f"paragraph {at}", f"not on any page: {words[:40]}")
        for at, words in headings
        if squeezed(words) not in text
    ]
    drawn = _pictures(made)
    there = sum(1 for root in file.parts.values() for e in root.iter() if str(e.tag).endswith("/picture}pic"))
    if drawn < there:
        spots.append(Spot("document", f"{counted(there, 'picture')}, {drawn} on the pages"))
    if not found:
        spots.append(Spot("document", "no pages"))
    return judged(
        46,
        spots,
        f"{counted(len(found), 'page')}, {counted(len(headings), 'heading')}, {counted(drawn, 'picture')}",
    )


def _pictures(made: bytes) -> int:
    """How many pictures the pages of a PDF draw; a soft mask is part of its picture."""
    from io import BytesIO

    import pikepdf

    count = 0
    with pikepdf.open(BytesIO(made)) as objects:
        for page in objects.pages:
            resources: Any = page.get("/Resources", {})
            drawings = dict(resources.get("/XObject", {}))
            images = {
                name for name, drawing in drawings.items() if str(drawing.get("/Subtype", "")) == "/Image"
            }
            for drawn in pikepdf.parse_content_stream(page, "Do"):
                count += str(drawn.operands[0]) in images
    return count


def published(number_of: int, file: Portable | WordFile, data: bytes) -> Result:
    """Check 49: the file's digest is the one its edition was published with; a package's parts carry no clock's time."""
    spots: list[Spot] = []
    told = ""
    if isinstance(file, WordFile):
        late = sorted(name for name, date in file.dates.items() if date != _ZIP_EPOCH)
        spots += [
            Spot(name, "dated {}-{:02}-{:02} {:02}:{:02}:{:02}".format(*file.dates[name])) for name in late
        ]
        told = counted(len(file.dates), "part") + " without a date"
    known = file.beside.digests.get(file.path.name)
    if known:
        mine = hashlib.sha256(data).hexdigest()
        if mine != known:
            spots.append(Spot("file", f"sha256 {mine[:12]}…, published as {known[:12]}…"))
        told = ", ".join(part for part in (told, f"sha256 {mine[:12]}…") if part)
    elif isinstance(file, Portable):
        return not_run(number_of, file.beside.why)
    return judged(number_of, spots, told)


def elsewhere(number_of: int) -> Result:
    """Check 48, which only a program's own tests can make."""
    return not_applicable(number_of, "the stored pictures belong to the program's tests")
