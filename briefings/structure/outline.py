"""The outline of a document: sections with their roles, speakers' turns, and the paragraphs that stand in them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefings.records.document import Paragraph, ParagraphKind, Role, Section, Span, Turn
from briefings.structure import kinds, marks, roles, turning, turns
from briefings.structure.joining import Passage
from briefings.structure.lines import ends_sentence
from briefings.structure.marks import Mark

_FIRST_STOP = re.compile(r"[。！？!?；;：:]")
_WHOLE = re.compile(r"([^：:。，,]{2,24})[：:]")
_MAJOR = frozenset({"part", "han", "bracket", "digit"})


class Told(NamedTuple):
    """What the outline needs to know of the document: press conference or not, its year, its title's offset."""

    press: bool
    year: int | None
    titles: frozenset[int]
    report: bool = False


class Outline(NamedTuple):
    """The document's paragraphs with the sections and turns they stand in."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    turns: tuple[Turn, ...]


class _Frame(NamedTuple):
    form: str
    rank: float
    value: int
    inline: bool
    section: int
    order: int


class _Flow(NamedTuple):
    role: Role
    order: int
    marked: bool


@dataclass(slots=True)
class _Open:
    """A section while it is open; ``allowed`` are the roles its sentences may turn to, ``turned`` whether one did."""

    level: int
    number: str
    heading: str
    heading_span: Span
    start: int
    end: int
    role: Role
    parent: int
    allowed: frozenset[Role]
    turned: bool = False


@dataclass(slots=True)
class _Speech:
    speaker: str
    part: turns.Part
    start: int
    end: int = 0


def _names(passages: Sequence[Passage]) -> frozenset[str]:
    """The names of those who speak: before a colon, or in bold at the head of a paragraph."""
    text = "\n".join(p.text for p in passages)
    leads = [p.text[: p.hint.lead] for p in passages if p.hint is not None and 2 <= p.hint.lead <= 30]
    return turns.names(text) | turns.bold_names(text, leads)


_RoleOf = Callable[[str], Role]


def outline(passages: Sequence[Passage], repeated: Sequence[bool], told: Told) -> Outline:
    """Sections, roles and turns of ``passages``; those ``repeated`` stand earlier in the source already."""
    builder = _Builder(passages, told)
    for index, passage in enumerate(passages):
        builder.take(index, passage, repeated[index])
    return builder.finish()


class _Builder:
    """Reads the passages once, in order; holds the open sections, the turn, and the role the text has turned to."""

    def __init__(self, passages: Sequence[Passage], told: Told) -> None:
        self.passages = passages
        self.told = told
        self.paragraphs: list[Paragraph] = []
        self.sections: list[_Open] = []
        self.turns: list[_Speech] = []
        self.frames: list[_Frame] = []
        self.flow: _Flow | None = None
        self.order = 0
        self.turn = -1
        self.asked = False
        self.run = 0
        self.began = False
        self.colon = False
        self.annexed = False
        self.signed = False
        self.numbered = any(
            mark is not None and mark.form in ("han", "part")
            for mark in (marks.at_start(p.text) for p in passages)
        )
        self.known = _names(passages) if told.press else frozenset()

    def finish(self) -> Outline:
        sections = tuple(
            Section(s.level, s.number, s.heading, s.heading_span, Span(s.start, s.end), s.role, s.parent)
            for s in self.sections
        )
        speeches = tuple(Turn(t.speaker, t.part, Span(t.start, t.end)) for t in self.turns)
        return Outline(tuple(self.paragraphs), sections, speeches)

    def take(self, index: int, passage: Passage, repeated: bool) -> None:
        """Read one passage."""
        self.run = self.run + 1 if repeated else 0
        if repeated:
            if self.run == 3:
                self.frames, self.flow, self.turn = [], None, -1
            self.emit(passage, "cell" if passage.cell else "body", self.role(), repeated=True)
            return
        after = self.passages[index + 1] if index + 1 < len(self.passages) else None
        kind = (
            "title" if passage.source(0) in self.told.titles else kinds.set_apart(passage, after, self.began)
        )
        if kind == "caption" and self.told.press and self._speaker(passage):
            kind = None
        self.annexed = (self.annexed or passage.text.startswith("附件")) and kinds.lists_annex(passage.text)
        # Under the name of who wrote it a newspaper's report has only pictures.
        self.signed = (self.signed and kinds.pictured(passage.text)) or (
            self.began and kinds.signs(passage.text)
        )
        if kind is None and (self.annexed or self.signed):
            kind = "caption"
        if kind is not None:
            furniture = (
                kind == "caption" and not kinds.of_a_table(passage.text) and not (after and after.cell)
            )
            self.emit(passage, kind, "boilerplate" if furniture else self.role())
            return
        if self.told.press:
            begin = 0
            for at in [*turns.inside(passage.text, self.known), len(passage.text)]:
                part = passage.cut(begin, at)
                if part is not None:
                    self._speech(index, part._replace(hint=passage.hint if begin == 0 else None))
                begin = at
        else:
            self._passage(index, passage)
        self.began = self.began or ends_sentence(passage.text)
        self.colon = passage.text[-1] in ":："

    def _speaker(self, passage: Passage) -> turns.Speaker | None:
        lead = passage.hint.lead if passage.hint is not None else 0
        handed = self.turn >= 0 and self.turns[self.turn].part != "official"
        return turns.at_start(passage.text, self.known, lead, handed)

    def _speech(self, index: int, passage: Passage) -> None:
        """A passage of a press conference: whose turn it is first."""
        speaker = self._speaker(passage)
        asking = roles.asks(passage.text)
        if speaker is not None:
            self._turn(speaker.name, speaker.part, passage)
        elif self.turn < 0 or self.turns[self.turn].speaker == "":
            if roles.puts(passage.text) and not (self.turn >= 0 and self.turns[self.turn].part == "host"):
                if self.turn < 0 or self.turns[self.turn].part != "reporter":
                    self._turn("", "reporter", passage)
            elif (
                self.turn >= 0
                and self.turns[self.turn].part == "reporter"
                and not roles.is_courtesy(passage.text)
            ):
                self._turn("", "official", passage)
        elif self.turns[self.turn].part == "reporter" and self.asked and not asking:
            if not roles.is_courtesy(passage.text):
                self._turn("", "official", passage)
        elif (
            self.turns[self.turn].part == "reporter"
            and not self.asked
            and len(passage.text) > 200
            and not asking
        ):
            self._turn("", "official", passage)
        if speaker is not None and speaker.end >= len(passage.text):
            self.emit(passage, "caption", "boilerplate")  # a name on a line of its own
            return
        self.asked = self.asked or asking
        part = self.turns[self.turn].part if self.turn >= 0 else None
        if part == "reporter":
            self.emit(passage, "body", "question")
        elif part == "host":
            self._sentences(passage, lambda s: "question" if roles.asks(s) else "boilerplate")
        else:
            self._passage(index, passage)

    def _turn(self, speaker: str, part: turns.Part, passage: Passage) -> None:
        self.turn = len(self.turns)
        self.asked = False
        self.frames, self.flow = [], None
        self.turns.append(_Speech(speaker, part, passage.source(0)))

    def _passage(self, index: int, passage: Passage) -> None:
        """A passage of text: its own number or heading, then the items inside it."""
        text = passage.text
        mark = marks.at_start(text)
        level = passage.hint.level if passage.hint is not None else None
        begin = 0
        if mark is not None and mark.end < len(text):
            whole = (len(text) <= kinds.HEADING and not ends_sentence(text)) or level is not None
            self._open(mark, passage, 0, len(text), inline=False, whole=whole)
            if whole:
                self.emit(passage, "heading", self.role())
                return
            begin = mark.end
        elif level is not None or self._heads(index, passage):
            rank = level - 0.5 if level is not None else (5.5 if self.numbered else 0.5)
            form = f"level {level}" if level is not None else "plain"
            if roles.is_whole_heading(text.rstrip(":：")):
                form, rank = "whole", 1.0 if self.numbered else 0.5
            self._open(Mark(0, 0, form, 0, ""), passage, 0, len(text), inline=False, whole=True, rank=rank)
            self.emit(passage, "heading", self.role())
            return
        elif (match := _WHOLE.match(text)) and roles.is_whole_heading(match.group(1)):
            rank = 1.0 if self.numbered else 0.5
            end = match.end(1)
            self._open(Mark(0, 0, "whole", 0, ""), passage, 0, end, inline=False, whole=True, rank=rank)
        self._items(index, passage, mark is not None, begin)

    def _heads(self, index: int, passage: Passage) -> bool:
        """Whether a short line without a number is a heading here: by its words, or between whole paragraphs."""
        if roles.is_whole_heading(passage.text.rstrip(":：")):
            return True
        settled = self.began and (not self.paragraphs or ends_sentence(self.paragraphs[-1].text))
        after = self.passages[index + 1] if index + 1 < len(self.passages) else None
        return settled and after is not None and kinds.heads(passage, after)

    def _items(self, index: int, passage: Passage, marked: bool, begin: int) -> None:
        """Open the items inside a passage and write its parts."""
        text = passage.text
        after = marks.at_start(self.passages[index + 1].text) if index + 1 < len(self.passages) else None
        starts = marks.counted(text, max(begin, 1), {f.form: f.value for f in self.frames}, after)
        if not marked:
            self._lead(index, starts)
        if not starts:
            self._flowing(passage, marked)
            return
        close = roles.closing(text, starts[-1].end)
        ends = [*(m.start for m in starts[1:]), close]
        lead = passage.cut(0, starts[0].start)
        if lead is not None:
            self._flowing(lead, marked)
        for mark, end in zip(starts, ends, strict=True):
            self._open(mark, passage, mark.start, end, inline=True, whole=False)
            part = passage.cut(mark.start, end)
            if part is not None:
                self._flowing(part, True)
        rest = passage.cut(close, len(text))
        if rest is not None:
            self._close(lambda frame: frame.inline)
            self._flowing(rest, marked)

    def _open(
        self,
        mark: Mark,
        passage: Passage,
        start: int,
        end: int,
        *,
        inline: bool,
        whole: bool,
        rank: float | None = None,
    ) -> None:
        """Open the section that begins at ``start`` of the passage, closing those it does not belong to."""
        rank = marks.RANKS[mark.form] if rank is None else rank
        at = self._sibling(mark, inline)
        if at is None:
            at = len(self.frames)
            for i, frame in enumerate(self.frames):
                if (frame.inline or not inline) and frame.rank >= rank:
                    at = i
                    break
        closed = self.frames[at:]
        del self.frames[at:]
        if self.flow is not None and any(frame.order < self.flow.order for frame in closed):
            self.flow = None
        heading_end = end
        if not whole:
            stop = _FIRST_STOP.search(passage.text, mark.end, end)
            heading_end = stop.start() if stop else end
        heading = passage.text[mark.end : heading_end].strip()
        parent = self.frames[-1].section if self.frames else -1
        last = self.sections[closed[0].section] if closed and not self.frames else None
        role, allowed = self._section_role(mark.form, heading, whole, parent, last)
        if whole and self.flow is not None and mark.form not in marks.RUN_IN and parent < 0:
            self.flow = None
        heading_span = Span(passage.source(start), passage.source(start))
        if heading_end > mark.end:
            heading_span = Span(passage.source(mark.end), passage.source(heading_end - 1) + 1)
        begin = passage.source(start)
        level = len(self.frames) + 1
        self.sections.append(
            _Open(level, mark.number, heading, heading_span, begin, begin, role, parent, allowed)
        )
        self.order += 1
        self.frames.append(_Frame(mark.form, rank, mark.value, inline, len(self.sections) - 1, self.order))

    def _sibling(self, mark: Mark, inline: bool) -> int | None:
        """The open section that the new one follows in the same list."""
        if mark.form == "whole":
            return None
        for i in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[i]
            if (
                frame.form == mark.form
                and frame.value == mark.value - 1
                and (frame.inline == inline or mark.value > 1)
            ):
                return i
        for i in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[i]
            if frame.form == mark.form and frame.inline == inline:
                return i
        return None

    def _section_role(
        self, form: str, heading: str, whole: bool, parent: int, last: "_Open | None"
    ) -> tuple[Role, frozenset[Role]]:
        above = self.sections[parent] if parent >= 0 else None
        inherited: Role = self.flow.role if self.flow else above.role if above else "done"
        allowed: frozenset[Role] = above.allowed if above else frozenset({"problem", "plan"})
        top = form in ("part", "han", "plain", "whole") or form.startswith("level")
        if top or (form in _MAJOR and (whole or len(heading) <= 16)):
            said = roles.of_heading(heading, self.told.year)
            if said.role is not None and (above is None or above.role == "done" or said.role != "done"):
                return said.role, said.turns
        follows = above is None and last is not None and form in ("part", "han") and self.told.report
        if follows and last is not None and (last.role == "plan" or (last.turned and last.role == "done")):
            return "plan", frozenset()
        return inherited, allowed

    def role(self) -> Role:
        """The role of what comes next: what the text has turned to, or the section's."""
        if self.flow is not None:
            return self.flow.role
        return self.sections[self.frames[-1].section].role if self.frames else "done"

    def _flowing(self, passage: Passage, marked: bool) -> None:
        """Write a passage sentence by sentence, following where it turns to problems or plans, and back."""
        text = passage.text
        if self.flow is not None and not marked and not self.flow.marked:
            ended = self.flow.role == "problem" and not self.colon
            if ended or roles.tells_of_done(text):
                self.flow = None
        own = self.sections[self.frames[-1].section] if self.frames else None
        spoken = turning.spoken(
            text,
            marked,
            allowed=own.allowed if own else frozenset({"problem", "plan"}),
            flow=self.flow.role if self.flow else None,
            role=own.role if own else "done",
            opening=own is None and not self.told.press,
        )
        turned = {said.turn for said in spoken} & {"problem", "plan"}
        for frame in self.frames if turned else ():
            self.sections[frame.section].turned = True
        if not marked and (turned or roles.addresses(text)):
            self._close(
                lambda frame: frame.form in marks.RUN_IN or (frame.rank >= 2 and frame.form in marks.RANKS)
            )
        begin, current = 0, None
        for said in spoken:
            if said.turn is not None:
                self.order += 1
                self.flow = _Flow(said.turn, self.order, marked) if said.turn != "done" else None
            role: Role = "boilerplate" if said.formula else self.role()
            if current is not None and role != current:
                self._part(passage, begin, said.start, current)
                begin = said.start
            current = role
        if current is not None:
            self._part(passage, begin, len(text), current)
        if spoken[-1].passing and text[-1] not in ":：":
            self.flow = None

    def _close(self, belongs: "Callable[[_Frame], bool]") -> None:
        """Close the sections from the first one that ``belongs`` to what has ended."""
        for i, frame in enumerate(self.frames):
            if belongs(frame):
                del self.frames[i:]
                return

    def _lead(self, index: int, starts: list[Mark]) -> None:
        """A plain paragraph ends a list that ran inside the one before; leading to a new 一是 …, any of that form."""
        first = starts[0] if starts else None
        if self.frames and self.frames[-1].inline:
            last = self.frames[-1]
            if first is None or (first.form, first.value) != (last.form, last.value + 1):
                self._close(lambda frame: frame.inline)
        if first is None and index + 1 < len(self.passages):
            first = marks.at_start(self.passages[index + 1].text)
        if first is not None and first.value == 1 and first.form in marks.RUN_IN:
            form = first.form
            self._close(lambda frame: frame.form == form and not frame.inline)

    def _sentences(self, passage: Passage, role_of: _RoleOf) -> None:
        begin, current = 0, None
        for start, end in roles.sentences(passage.text):
            role = role_of(passage.text[start:end])
            if current is not None and role != current:
                self._part(passage, begin, start, current)
                begin = start
            current = role
        if current is not None:
            self._part(passage, begin, len(passage.text), current)

    def _part(self, passage: Passage, start: int, end: int, role: Role) -> None:
        part = passage if start == 0 and end == len(passage.text) else passage.cut(start, end)
        if part is not None:
            self.emit(part, "body", role)

    def emit(self, passage: Passage, kind: ParagraphKind, role: Role, repeated: bool = False) -> None:
        """Write a paragraph into the innermost open section and the turn."""
        end = passage.source(len(passage.text) - 1) + 1
        if not repeated:
            for frame in self.frames:
                self.sections[frame.section].end = end
            if self.turn >= 0:
                self.turns[self.turn].end = end
        section = self.frames[-1].section if self.frames else -1
        self.paragraphs.append(
            Paragraph(passage.text, passage.pieces, kind, role, section, self.turn, repeated)
        )
