"""Linting of Jinja templates: each mistake with its line, what is written there, and what may have been meant."""

import shutil
from pathlib import Path

import pytest

from briefings.records.template import TemplateFault
from briefings.render.lint_jinja import lint_jinja


def linted(home: Path, root: Path, family: str, changes: dict[str, tuple[str, str]]) -> list[TemplateFault]:
    """The faults of ``family`` with one place of some templates changed in the workspace ``home``."""
    folder = home / "templates" / family
    folder.mkdir(parents=True, exist_ok=True)
    for name, (before, after) in changes.items():
        text = (root / "templates" / family / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    names = sorted(
        {f"{family}/{p.name}" for at in (root, home) for p in (at / "templates" / family).glob("*.j2")}
    )
    return list(lint_jinja(family, names, (home, root)))


@pytest.mark.parametrize("family", ["briefing", "mail"])
def test_the_packed_ones_are_good(family: str, root: Path, tmp_path: Path) -> None:
    """Nothing is held against the templates as they come, not even a warning."""
    assert linted(tmp_path, root, family, {}) == []


@pytest.mark.parametrize(
    ("family", "name", "before", "after", "tag", "said"),
    [
        ("briefing", "briefing.html.j2", "{{ foot }}", "{{ foto }}", "{{ foto }}", "不认识的变量。是否要写“foot”？"),
        ("briefing", "briefing.html.j2", "briefing.keywords|", "briefing.keyword|", "briefing.keyword", "“keywords”"),
        ("briefing", "briefing.html.j2", "blocks.contents(", "blocks.content(", "blocks.content", "“contents”"),
        ("briefing", "briefing.html.j2", '"briefing/blocks.html.j2"', '"briefing/block.html.j2"', "briefing/block.html.j2", "“briefing/blocks.html.j2”"),
        ("briefing", "official.html.j2", "{{ m.issue }}", "{{ m.isue }}", "m.isue", "“issue”"),
        ("briefing", "blocks.html.j2", "|marked }}", "|markd }}", "|markd", "没有这个过滤器。是否要写“marked”？"),
        ("briefing", "official.html.j2", "<p class=\"name\">", "<img src='crest.png'><p class=\"name\">", "<img src='crest.png", "不会被取来"),
        ("briefing", "official.html.j2", "<p class=\"name\">", "<script>1</script><p class=\"name\">", "<script", "不运行脚本"),
        ("mail", "body.txt.j2", "letter.office", "letter.__class__", "letter.__class__", "沙箱"),
        ("mail", "body.txt.j2", "{{ letter.link }}", "{{ letter.lnk }}", "letter.lnk", "“link”"),
        ("mail", "subject.txt.j2", "{{ letter.title }}", "{{ letter.title", "", "语法错误"),
        ("mail", "body.html.j2", "{%- endif %}\n", "", "{%- if letter.office %}", "没有结束，缺少 {% endif %}"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(
    family: str, name: str, before: str, after: str, tag: str, said: str, root: Path, tmp_path: Path
) -> None:
    """Template, line and tag of a mistake of each kind, also in a branch that hardly any briefing takes."""
    if name == "body.html.j2":  # the last of its tags is left open
        before, after = "{% endif %}\n{{- ", "\n{{- "
    faults = [f for f in linted(tmp_path, root, family, {name: (before, after)}) if f.severity == "error"]
    assert faults, "nothing was found"
    fault = faults[0]
    assert fault.template == f"templates/{family}/{name}"
    assert fault.place.startswith("第") and said in fault.sentence
    if tag:
        assert fault.tag == tag
        text = (tmp_path / fault.template).read_text(encoding="utf-8").splitlines()
        line = text[int(fault.place[1:-1]) - 1]
        assert tag.strip("{} |") in line


def test_a_macro_that_takes_less(root: Path, tmp_path: Path) -> None:
    """A call with one argument too many, told where it is called."""
    (fault,) = [
        f
        for f in linted(
            tmp_path,
            root,
            "briefing",
            {"briefing.html.j2": ("office_paper.masthead(masthead)", "office_paper.masthead(masthead, 1)")},
        )
        if f.tag == "masthead(…)"
    ]
    assert "只有1个参数，给了2个" in fault.sentence


def test_an_error_that_only_filling_shows(root: Path, tmp_path: Path) -> None:
    """A division by nought is found on the specimen."""
    change = {"official.html.j2": ("{{ m.printed }}", "{{ m.printed|length // 0 }}")}
    (fault,) = linted(tmp_path, root, "briefing", change)
    assert fault.place and "用样张试填时出错" in fault.sentence


def test_a_part_of_ones_own(root: Path, tmp_path: Path) -> None:
    """An included part is handed what the template is handed; one that nobody uses is said to be of no use."""
    folder = tmp_path / "templates/briefing"
    folder.mkdir(parents=True)
    (folder / "stamp.html.j2").write_text("<p>{{ briefing.office }}{{ labels.figure }}</p>", encoding="utf-8")
    (fault,) = linted(tmp_path, root, "briefing", {})
    assert (fault.severity, fault.template) == ("warning", "templates/briefing/stamp.html.j2")
    used = {"briefing.html.j2": ("<main>", '<main>{% include "briefing/stamp.html.j2" %}')}
    assert linted(tmp_path, root, "briefing", used) == []
    shutil.rmtree(folder)
