"""The room's journey: bytes, their kind, the settled text, the documents in it; trouble becomes a ``Problem``."""

import hashlib
from collections.abc import Sequence

from briefings.records.document import Document, Grid, Media, Paragraph, Reading, Source, Span
from briefings.records.problem import Problem
from briefings.structure import compilation, joining, lines, metadata, repetition, sniff, titles
from briefings.structure.compilation import Segment
from briefings.structure.joining import Passage
from briefings.structure.outline import Told, outline
from briefings.structure.settled import Refusal, Settled

STAGE = "structure"
_REPEATED = 60
"""Characters said twice from which a document is flagged: a paragraph whose numbers are taken once."""
_ENDING = 20
"""Characters from which a last line without a stop is a sentence that breaks off, not a signature."""


def read(data: bytes, name: str, sha256: str | None = None) -> Reading:
    """The documents in ``data``; a file that cannot be read gives none, and one ``Problem`` that says why.

    ``name`` is the file's name as it came in; ``sha256`` is computed when it is not given.
    """
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    try:
        settled = _settled(data, sniff.media(data, name))
        if not settled.text.strip(lines.BLANKS):
            raise Refusal("empty", "文件里只有空白，没有任何文字。")
        return _reading(settled, name, sha256)
    except Refusal as refusal:
        problem = Problem(refusal.code, refusal.sentence, STAGE, "error")
    except RecursionError:
        problem = Problem("depth", "文件的结构嵌套深得反常，没有读完。", STAGE, "error")
    except MemoryError:
        problem = Problem("memory_limit", "读这份文件要占用的内存超过上限，没有读完。", STAGE, "error")
    except Exception as error:  # whatever a hostile file finds in us must not stop the others
        problem = Problem(
            "crashed", f"读这份文件时程序出错（{type(error).__name__}：{error}），已隔离。", STAGE, "error"
        )
    return Reading(Source(sha256, name, _claimed(name), ""), (), (), (problem,))


def _settled(data: bytes, media: Media) -> Settled:
    if media == "txt":
        from briefings.structure import plain

        return plain.settle(data)
    if media == "html":
        from briefings.structure import page

        return page.settle(data)
    if media == "docx":
        from briefings.structure import word

        return word.settle(data)
    from briefings.structure import portable

    return portable.settle(data)


def _claimed(name: str) -> Media:
    """The kind the name says, for a source that was not read."""
    suffix = name.rsplit(".", 1)[-1].lower()
    return (
        "html"
        if suffix in ("html", "htm")
        else "docx"
        if suffix == "docx"
        else "pdf"
        if suffix == "pdf"
        else "txt"
    )


def _reading(settled: Settled, name: str, sha256: str) -> Reading:
    source = Source(
        sha256=sha256,
        name=name,
        media=settled.media,
        text=settled.text,
        places=settled.places,
        grids=settled.grids,
        encoding=settled.encoding,
        problems=settled.problems,
    )
    split = compilation.split(lines.split(settled.text))
    rows = [grid.span for grid in settled.grids]
    joined = [
        titles.parted(
            repetition.unfolded(joining.join((*segment.title, *segment.lines), settled.hints, rows))
        )
        for segment in split.segments
    ]
    repeated = _repeated(split.segments, joined)
    documents = tuple(
        _document(segment, passages, again, settled, source, ordinal)
        for ordinal, (segment, passages, again) in enumerate(
            zip(split.segments, joined, repeated, strict=True), 1
        )
        if passages
    )
    problems = [*settled.problems, *_alike(split.segments, joined)]
    if split.absent:
        sentence = f"目录列出的{len(split.absent) + len(documents)}篇中有{len(split.absent)}篇正文里没有。"
        problems.append(Problem("absent", sentence, STAGE, "info"))
    return Reading(source, documents, split.absent, tuple(problems))


def _repeated(segments: Sequence[Segment], joined: Sequence[Sequence[Passage]]) -> list[list[bool]]:
    """Repetitions of each document; across documents only most of one's text under the same title counts.

    A shared formula does not, and what another department says in the same words is its own.
    """
    result = [repetition.marked(passages) for passages in joined]
    for alike in _of_one_title(segments).values():
        for number, here in zip(alike, _across([joined[n] for n in alike]), strict=True):
            if _mostly(joined[number], here):
                result[number] = here
    return result


def _alike(segments: Sequence[Segment], joined: Sequence[Sequence[Passage]]) -> list[Problem]:
    """A problem for each document most of whose text stands in an earlier one under another title."""
    if len(_of_one_title(segments)) < 2:
        return []
    titles_before: set[str] = set()
    problems = []
    for segment, passages, here in zip(segments, joined, _across(joined), strict=True):
        title = _title(segment)
        if title not in titles_before and passages and _mostly(passages, here):
            start, end = passages[0].span.start, passages[-1].span.end
            sentence = "这一篇的大部分文字与前面另一篇相同，标题却不同；数值照常提取，请核对。"
            problems.append(Problem("alike", sentence, STAGE, "warning", start, end))
        titles_before.add(title)
    return problems


def _of_one_title(segments: Sequence[Segment]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, segment in enumerate(segments):
        found.setdefault(_title(segment), []).append(number)
    return found


def _title(segment: Segment) -> str:
    said = "".join(line.text for line in segment.title) or (segment.entry.title if segment.entry else "")
    return compilation.normal(said)


def _across(joined: Sequence[Sequence[Passage]]) -> list[list[bool]]:
    marks = iter(repetition.marked([p for passages in joined for p in passages]))
    return [[next(marks) for _ in passages] for passages in joined]


def _mostly(passages: Sequence[Passage], again: Sequence[bool]) -> bool:
    share = sum(len(p.text) for p, twice in zip(passages, again, strict=True) if twice)
    return share * 2 > sum(len(p.text) for p in passages)


def _document(
    segment: Segment,
    passages: Sequence[Passage],
    repeated: Sequence[bool],
    settled: Settled,
    source: Source,
    ordinal: int,
) -> Document:
    told = metadata.describe(segment, passages, settled)
    year = int(told.period.value[:4]) if told.period else None
    made = outline(
        passages,
        repeated,
        Told(press=told.genre == "press", year=year, titles=told.titles, report=told.genre == "report"),
    )
    flags = list(told.flags)
    problems: list[Problem] = []
    again = sum(len(p.text) for p, twice in zip(passages, repeated, strict=True) if twice)
    if again >= _REPEATED:
        flags.append("repeated_text")
        problems.append(Problem("repeated_text", f"文中有{again}个字与前文重复，只取一次。", STAGE, "info"))
    ending = _broken_off(made.paragraphs)
    if ending is not None:
        flags.append("cut_short")
        start, end = ending.source_offset(0), ending.source_offset(len(ending.text) - 1) + 1
        problems.append(
            Problem("cut_short", "正文到这里中断，后面的内容缺失。", STAGE, "warning", start, end)
        )
    begin, end = passages[0].source(0), passages[-1].source(len(passages[-1].text) - 1) + 1
    return Document(
        id=f"{source.sha256[:12]}-{ordinal}",
        sha256=source.sha256,
        name=source.name,
        ordinal=ordinal,
        span=Span(begin, end),
        title=told.title,
        issuer=told.issuer,
        place=told.place,
        period=told.period,
        published=told.published,
        genre=told.genre,
        sections=made.sections,
        turns=made.turns,
        paragraphs=made.paragraphs,
        grids=_within(settled.grids, begin, end),
        flags=tuple(flags),
        problems=tuple(problems),
    )


def _within(grids: Sequence[Grid], begin: int, end: int) -> tuple[Grid, ...]:
    return tuple(grid for grid in grids if begin <= grid.span.start < end)


def _broken_off(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The last paragraph of a document when its sentence has no end, or when it is a heading with nothing under it."""
    for paragraph in reversed(paragraphs):
        if paragraph.kind in ("caption", "date", "cell") or paragraph.repeated:
            continue
        if paragraph.kind == "heading":
            return paragraph
        if lines.ends_sentence(paragraph.text):
            return paragraph if paragraph.text.rstrip(lines.CLOSERS)[-1:] in ("：", ":", "；", ";") else None
        if len(paragraph.text) >= _ENDING and any(ch in paragraph.text for ch in "，,、。"):
            return paragraph
    return None
