"""Linting of Word base files, style sheets and styles of charts."""

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefings.render.lint import lint

BASE = "templates/word/modern.docx"


def changed(home: Path, root: Path, change: dict[str, tuple[str, str]], name: str = BASE) -> Path:
    """A copy of a base file in the workspace with a place of some parts changed."""
    target = home / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(root / name) as source, ZipFile(target, "w") as package:
        for part in source.namelist():
            data = source.read(part)
            if part in change:
                text = data.decode()
                assert change[part][0] in text
                data = text.replace(*change[part]).encode()
            package.writestr(part, data)
    return target


def told(home: Path, root: Path, name: str = BASE) -> list[tuple[str, str, str, str]]:
    """Severity, place, tag and sentence of each fault."""
    return [
        (f.severity, f.place, f.tag, f.sentence) for f in lint([name], (home, root), ("Noto Sans CJK SC",))
    ]


@pytest.mark.parametrize("name", [BASE, "templates/word/official.en.docx"])
def test_the_packed_base_files_are_good(name: str, root: Path) -> None:
    """Nothing is held against a base file as it comes."""
    assert lint([name], (root,)) == ()


def test_missing_styles(root: Path, tmp_path: Path) -> None:
    """Every style that a briefing asks for and the file has not, by name, in one go."""
    changed(
        tmp_path, root, {"word/styles.xml": ('<w:name w:val="heading 2"/>', '<w:name w:val="heading two"/>')}
    )
    found = told(tmp_path, root)
    assert [(severity, place, tag) for severity, place, tag, _ in found] == [("error", "样式", "heading 2")]
    assert "按名称找" in found[0][3]


def test_the_place_of_the_briefing(root: Path, tmp_path: Path) -> None:
    """Without one a warning; a second one is an error; a tag that is not closed is one too."""
    document = "word/document.xml"
    with ZipFile(root / BASE) as package:
        text = package.read(document).decode()
    here = re.search(r"<w:p>(?:(?!</w:p>).)*\{\{content\}\}.*?</w:p>", text)
    assert here
    changed(tmp_path, root, {document: (here[0], "")})
    assert [(f[0], f[3][:8]) for f in told(tmp_path, root)] == [("warning", "没有单独成段的“")]
    changed(tmp_path, root, {document: (here[0], here[0] * 2)})
    assert [(f[0], f[2]) for f in told(tmp_path, root)] == [("error", "{{content}}")]
    changed(tmp_path, root, {document: (here[0], here[0] + "<w:p><w:r><w:t>{{title</w:t></w:r></w:p>")})
    (fault,) = told(tmp_path, root)
    assert fault[0] == "error" and fault[1].startswith("word/document.xml 第") and "没有写完整" in fault[3]


def test_no_word_file(root: Path, tmp_path: Path) -> None:
    """A file that only has the name is told as one."""
    (tmp_path / BASE).parent.mkdir(parents=True)
    (tmp_path / BASE).write_bytes(b"not a package")
    (fault,) = told(tmp_path, root)
    assert fault[0] == "error" and "无法读取" in fault[3]


def test_style_sheets(root: Path, tmp_path: Path) -> None:
    """What the layout would pass over, and fonts that are not there, are warnings with their line; screens know more."""
    (tmp_path / "styles").mkdir()
    text = (root / "styles/modern.css").read_text(encoding="utf-8")
    lines = text.count("\n")
    (tmp_path / "styles/modern.css").write_text(
        text + 'p { colour: red; }\nq { font-family: "No Such Face", serif; }\n', encoding="utf-8"
    )
    found = told(tmp_path, root, "styles/modern.css")
    at = [(severity, place, tag) for severity, place, tag, _ in found if "Face" in tag or "colour" in tag]
    assert at == [
        ("warning", f"第{lines + 1}行", "p { colour: red; }"),
        ("warning", f"第{lines + 2}行", "No Such Face"),
    ]
    (tmp_path / "styles/web.css").write_text("main { overflow-x: auto }\n) { }\n", encoding="utf-8")
    assert [(severity, place) for severity, place, *_ in told(tmp_path, root, "styles/web.css")] == [
        ("warning", "第2行")
    ]


def test_styles_of_charts(root: Path, tmp_path: Path) -> None:
    """A setting that matplotlib does not know is an error, told of once although Word files are tried with it."""
    (tmp_path / "styles").mkdir()
    shutil.copy(root / "styles/charts.mplstyle", tmp_path / "styles")
    with (tmp_path / "styles/charts.mplstyle").open("a") as file:
        file.write("lines.colour: red\n")
    (fault,) = lint(["styles/charts.mplstyle", BASE], (tmp_path, root))
    assert fault.severity == "error" and "lines.colour" in fault.sentence
