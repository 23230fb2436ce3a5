"""One logical line being read: its tokens, the registers that still hold, the facts found so far."""

import re
from dataclasses import dataclass, field

from briefings.extract import names
from briefings.extract.lexer import Quantity, Token, lex, settle
from briefings.extract.lists import several
from briefings.extract.names import Name, Own
from briefings.extract.periods import Frame
from briefings.extract.watch import Watch
from briefings.records.fact import Kind, Status

_THESE = re.compile(r"[两三四五六七八九十\d]+(?:项|个|类)(?:数值|指标|数据|投资)?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact in the coordinates of its line; ``name`` still made of pieces."""

    quantity: Quantity
    kind: Kind
    value: str
    name: Name
    rule: str
    basis: str | None = None
    period: str | None = None
    scope: str | None = None
    status: Status = "actual"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand as one list, between the words from ``left`` and those up to ``right``.

    ``sentence`` and ``clause`` are where these begin, ``next`` is the token after the list, ``runs_on`` says that it is
    a number with no break before it.
    """

    quantities: tuple[Quantity, ...]
    left: int
    right: int
    sentence: int
    next: int
    runs_on: bool

    @property
    def first(self) -> Quantity:
        """The first number."""
        return self.quantities[0]

    @property
    def last(self) -> Quantity:
        """The last number."""
        return self.quantities[-1]


@dataclass(slots=True)
class Registers:
    """What has been said so far and still holds; ``before`` is the head of the clause or sentence that ended."""

    scope: str | None = None
    period: str | None = None
    head: Name | None = None
    before: Name | None = None
    parent: Name | None = None
    matter: tuple[int, int] | None = None
    rate: Name | None = None
    growth: Name | None = None
    basis: str | None = None
    rank_set: str | None = None
    future: bool = False
    facts: list[Draft] = field(default_factory=list)
    chain: list[Name] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line with its state; ``planned`` says that its section is about what comes next."""

    raw: str
    frame: Frame
    planned: bool = False
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    now: Registers = field(default_factory=Registers)
    drafts: list[Draft] = field(default_factory=list)

    @classmethod
    def of(cls, raw: str, frame: Frame, planned: bool, watch: Watch | None = None) -> "Line":
        """The line ``raw``, lexed and not yet read."""
        text = settle(raw)
        line = cls(raw, frame, planned, text, lex(text, watch.masked if watch else None))
        if watch:
            watch.line = line
        return line

    def own(self, left: int, end: int) -> Own:
        """The name before a number; a scope said there is put in its register."""
        found = names.own(self.text, left, end)
        if found.name is not None and self.frame.place and (rest := self._without_place(found.name)):
            found = Own(rest[0], found.scope or rest[1])
        if found.scope:
            self.now.scope = self.raw[found.scope[0] : found.scope[1]]
        return found

    def _without_place(self, name: Name) -> tuple[Name, tuple[int, int]] | None:
        """A name that begins with the document's own place, parted from it (临江|不良贷款率)."""
        place = self.frame.place or ""
        start, end = name.pieces[0]
        for word in (place, place.rstrip("市区县省州")):
            stop = start + len(word)
            if len(word) >= 2 and self.text.startswith(word, start) and end - stop >= 2 and not name.literal:
                return Name(((stop, end), *name.pieces[1:]), name.added), (start, stop)
        return None

    def emit(
        self,
        quantity: Quantity,
        kind: Kind,
        name: Name,
        rule: str,
        *,
        basis: str | None = None,
        sign: int = 1,
        scope: str | None = None,
        status: Status | None = None,
        flags: tuple[str, ...] = (),
    ) -> None:
        """Add a fact with what the registers hold."""
        signed = sign < 0 and kind in ("change", "delta", "gap") and not quantity.value.startswith("-")
        if quantity.shared:
            flags = (*flags, "unit_inferred")
        if quantity.compound:
            flags = (*flags, "compound")
        draft = Draft(
            quantity,
            kind,
            f"-{quantity.value}" if signed else quantity.value,
            name,
            rule,
            basis,
            self.now.period,
            scope or self.now.scope,
            status or ("target" if self.now.future else "actual"),
            tuple(dict.fromkeys(flags)),
        )
        self.drafts.append(draft)
        self.now.facts.append(draft)

    def said(self) -> Name | None:
        """The head that a number without a name of its own is about."""
        return self.now.head or self.now.before

    def targets(
        self, group: Group, found: Own, kinds: tuple[Kind, ...] = ()
    ) -> tuple[list[Name], tuple[str, ...]] | None:
        """The name of each number of a list: from the names before it, or from the facts before those; None for none."""
        count, now = len(group.quantities), self.now
        if found.name is None:
            if count > 1:
                if len(now.chain) == count:
                    return list(now.chain), ("distributed_back",)
                if back := self.back(count, kinds):
                    return back, ("distributed_back",)
            head = self.said()
            return ([head] * count, ("name_inferred",)) if head else None
        if count == 1:
            return [found.name], ()
        if listed := several(self.text, found.name, count):
            return listed, ("distributed",)
        if len(now.chain) == count - 1 and now.facts and now.facts[-1].kind == "level":
            return [*now.chain, found.name], ("distributed",)
        if back := self.back(count, kinds):
            start, end = found.name.pieces[0]
            lead = _THESE.match(self.text, start, end)
            said = (
                Name(((lead.end(), end), *found.name.pieces[1:])) if lead and lead.end() < end else found.name
            )
            return [name.plus(said) for name in back], ("distributed_back",)
        return [found.name] * count, ("distribution_unclear",)

    def matter(self) -> Name | None:
        """The object of the clause before, where it has no numbers (签订了购销协议)."""
        return names.last_object(self.text, *self.now.matter) if self.now.matter else None

    def back(self, count: int, kinds: tuple[Kind, ...]) -> list[Name] | None:
        """The names of the last ``count`` facts of one kind in this sentence, in order, if there are so many."""
        facts = [fact for fact in self.now.facts if not kinds or fact.kind in kinds]
        run: list[Name] = []
        for fact in reversed(facts):
            if fact.kind != facts[-1].kind:
                break
            if fact.name not in run:
                run.append(fact.name)
        run.reverse()
        return run[-count:] if len(run) >= count else None

    def with_parent(self, found: Own) -> Own:
        """A name too general to stand alone, with the thing it is said of before it."""
        name, now = found.name, self.now
        words = name.text(self.text) if name else ""
        if name is None or found.scope is not None or not names.is_generic(words):
            return found
        parent = now.parent or (self.matter() if names.is_sum(words) else None)
        return Own(parent.plus(name), found.scope) if parent is not None else found
