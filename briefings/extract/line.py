"""One logical line being read: its tokens, the registers that still hold, the facts found so far."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from briefings.extract import names, naming, ranked, topics
from briefings.extract.leads import skip_leads
from briefings.extract.lexer import Quantity, Token, lex, settle
from briefings.extract.lists import several
from briefings.extract.names import Name, Own, is_verb
from briefings.extract.periods import Frame
from briefings.extract.subjects import Subject, hinted, subject
from briefings.extract.watch import Watch
from briefings.records.fact import Kind, Status

_LISTED = re.compile("[、和与及]")
_FURTHER = re.compile(
    r"(?:、|和|与|及)(?:同比)?(?:增长|下降|提高|上升|上涨|回落|减少|增加|降低)(?:了|约|近)?\d{1,9}(?:\.\d{1,4})?(?:%|倍|个百分点)"
)
_THESE = re.compile(r"[两三四五六七八九十\d]+(?:项|个|类)(?:数值|指标|数据|投资)?")

_REMEMBERED = 100
"""Facts of a sentence that the next ones may look back to; without a bound a sentence without end costs its square."""


_SIDE = re.compile(r"(?:基金)?(?P<side>收入|支出|(?:当[期年]|累计|滚存|年末)*结余)")
_SIDE_END = re.compile(r"(?P<side>收入|支出|(?:当[期年]|累计|滚存|年末)*结余)$")
"""The sides of an account, of which the second often stands without the words that say of what."""


_TOGETHER = re.compile(r"[两三四五六七八九十](?:地|区|县|市|镇)(?:合计|共|共计|之和)?")
"""31个、27个、24个,三地合计|占全市的48.8%: those just told, which are no name."""
_PLACE_LAST = frozenset("区县市镇乡道")
_SAME_ACCOUNT = 12
"""Facts back to which the other side of an account is looked for."""


class Draft(NamedTuple):
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


class Group(NamedTuple):
    """Numbers that stand as one list, between the words from ``left`` and those up to ``right``.

    ``first`` and ``last`` are those at its ends. ``sentence`` and ``clause`` are where these begin, ``next`` is the token after the list, ``runs_on`` says that it is
    a number with no break before it.
    """

    quantities: tuple[Quantity, ...]
    first: Quantity
    last: Quantity
    left: int
    right: int
    sentence: int
    next: int
    runs_on: bool


@dataclass(slots=True)
class Registers:
    """What has been said so far and still holds.

    ``before`` is the head of the clause or sentence that ended. ``scope`` is the place spoken of (``above``: the one before a level of government, which its sentence alone is about), ``subject`` the body
    that the sentence is about, ``near`` a place said of the next numbers alone (为全市|120万户供气).
    ``period`` holds until a new one, ``topic`` the one its sentence opened with
    (``topics``: the one before, and the sentence that took its place), ``moment`` a date it opened with; ``once`` is that of the next numbers alone (由2016年的402亿元), ``due`` that of a
    clause with a deadline, ``viewed`` the basis that a clause of its own said (从环比看), ``grows`` whether a clause ranked by growth (增速最快的是…), ``doubt`` the end of a time that may have meant its own clause alone
    (``left_year``: a new subject has left it), ``ends`` the two of the last step from one to another. ``bodies`` are places set side by side, of which as many numbers are told. ``rank_set`` is the set last ranked in, ``among`` where it ended if it was counted (在16个市中|居第5位), ``counted`` the words before that count.
    """

    scope: str | None = None
    above: str | None = None
    subject: Subject | None = None
    near: str | None = None
    period: str | None = None
    topic: str | None = None
    moment: str | None = None
    topics: tuple[str | None, int] = (None, -1)
    once: str | None = None
    due: str | None = None
    doubt: int = -1
    left_year: bool = False
    ends: tuple[str | None, str | None] = (None, None)
    head: Name | None = None
    before: Name | None = None
    parent: Name | None = None
    matter: tuple[int, int] | None = None
    rate: Name | None = None
    growth: Name | None = None
    basis: str | None = None
    viewed: str | None = None
    grows: bool = False
    rank_set: str | None = None
    among: int = 0
    counted: tuple[int, int] = (0, 0)
    future: bool = False
    within: Name | None = None
    times: list[tuple[int, str | None]] = field(default_factory=list)
    bodies: list[tuple[int, int]] = field(default_factory=list)
    rest: list[Name] = field(default_factory=list)
    facts: list[Draft] = field(default_factory=list)
    chain: list[Name] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line with its state.

    ``planned``: its section is about what comes next; ``goals``: it speaks of goals; ``places`` are the ways to write the
    document's own place.
    """

    raw: str
    frame: Frame
    planned: bool = False
    text: str = ""
    goals: bool = False
    places: tuple[str, ...] = ()
    tokens: list[Token] = field(default_factory=list)
    now: Registers = field(default_factory=Registers)
    drafts: list[Draft] = field(default_factory=list)

    @classmethod
    def of(cls, raw: str, frame: Frame, planned: bool, watch: Watch | None = None) -> "Line":
        """The line ``raw``, lexed and not yet read."""
        text = settle(raw)
        place = frame.place or ""
        places = tuple(word for word in (place, _short(place)) if len(word) >= 2)
        tokens = lex(text, watch.masked if watch else None)
        line = cls(raw, frame, planned, text, "目标" in text, places, tokens)
        if watch:
            watch.line = line
        return line

    def own(self, left: int, end: int) -> Own:
        """The name before a number; a scope said there is put in its register."""
        now, mine = self.now, self.now.subject
        here = mine is not None and left <= mine.start and mine.end < end
        if here and mine is not None and mine.parted:
            rest = naming.own(self.text, mine.end, end)
            if rest.name is not None and not is_verb(rest.name.text(self.text)):
                return Own(rest.name, (mine.start, mine.end))
        if high := ranked.highest(self.text, left, end):
            (start, stop), where = high
            now.scope, now.subject = self.raw[where[0] : where[1]], None
            now.grows = now.grows or ranked.is_growth(self.text, start, stop)
            return Own(naming.own(self.text, start, stop).name if stop - start >= 3 else None, where)
        found = naming.own(self.text, left, end)
        if found.name is not None and self.places and (parts := self._without_place(found.name)):
            found = Own(parts[0], found.scope or parts[1])
        if (
            found.name is not None
            and found.name.text(self.text)[-1:] in _PLACE_LAST
            and (now.head or now.before or now.bodies or self.frame.about)
        ):
            place = found.name.pieces[0]
            if len(found.name.pieces) == 1 and ranked.is_place(self.text, *place):
                found = Own(None, place if len(now.bodies) < 2 else found.scope)
        if (
            found.name is not None
            and _TOGETHER.fullmatch(found.name.text(self.text))
            and len(self.drafts) > 1
        ):
            found = Own(None, found.scope)
        if found.scope:
            if not (now.scope or "").endswith("级"):
                now.above = now.scope
            now.scope = self.raw[found.scope[0] : found.scope[1]]
            self._leave_year(found.scope[0])
            if not here:
                now.subject = None
        return found

    def _leave_year(self, start: int) -> None:
        """去年新建3200个,|全市产值达318亿元: a past year told of its own clause ends where a place opens another."""
        now, frame = self.now, self.frame
        past = now.period is not None and now.period[:4].isdigit() and int(now.period[:4]) < (frame.year or 0)
        told = any(fact.quantity.start >= now.doubt for fact in now.facts)
        if now.doubt >= 0 and past and told and any(mark in self.text[now.doubt : start] for mark in ",，"):
            now.period, now.doubt, now.left_year = None, -1, True

    def turn(self, start: int, end: int) -> None:
        """Take the subject of the clause ``text[start:end]``, where it has one of its own."""
        if not hinted(self.text, start, end) and (
            not self.places or self.text.find(self.places[-1], start, end) < 0
        ):
            return
        start = skip_leads(self.text, start, end)
        if found := subject(self.text, start, end):
            self.now.subject = found
        elif self.places and (here := self._own_place(start, end)):
            self.now.scope, self.now.subject = self.raw[here[0] : here[1]], None

    def _own_place(self, start: int, end: int) -> tuple[int, int] | None:
        """The document's own place at the beginning of a clause, written short (临江工业基础雄厚)."""
        if self.text.startswith("我们", start):
            start += 2
        for word in self.places:
            if self.text.startswith(word, start) and end - start - len(word) >= 2:
                return start, start + len(word)
        return None

    def _without_place(self, name: Name) -> tuple[Name, tuple[int, int]] | None:
        """A name that begins with the document's own place, parted from it (临江|不良贷款率)."""
        start, end = name.pieces[0]
        for word in self.places:
            stop = start + len(word)
            if self.text.startswith(word, start) and end - stop >= 2 and not name.literal:
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
        if quantity.chinese:
            flags = (*flags, "chinese_numeral")
        if quantity.compound:
            flags = (*flags, "compound")
        now = self.now
        if (now.left_year or now.doubt >= 0) and self._carried(quantity, flags):
            flags = (*flags, "period_unclear")
        period = self.when()
        draft = Draft(
            quantity,
            kind,
            f"-{quantity.value}" if signed else quantity.value,
            name,
            rule,
            basis,
            period,
            scope or self.whose(),
            status or ("target" if now.future or self.frame.ahead(period) else "actual"),
            tuple(dict.fromkeys(flags)) if len(flags) > 1 else flags,
        )
        self.drafts.append(draft)
        said = now.facts
        said.append(draft)
        if len(said) > 2 * _REMEMBERED:
            del said[:-_REMEMBERED]

    def _carried(self, quantity: Quantity, flags: tuple[str, ...]) -> bool:
        """Whether the period was said in an earlier clause that may have kept it to itself, and the name is new."""
        now = self.now
        if now.left_year:
            return True
        if now.doubt < 0 or now.once or now.due or "name_inferred" in flags or "distributed_back" in flags:
            return False
        return any(mark in self.text[now.doubt : quantity.start] for mark in ",，;")

    def when(self) -> str | None:
        """The period that holds: that of this number alone, of the clause, of what was said, of the section's heading."""
        now = self.now
        return now.once or now.due or now.period or self.frame.heading

    def whose(self) -> str | None:
        """The scope that holds: a place said of this number alone, the sentence's subject, or the place spoken of."""
        now = self.now
        mine = now.subject
        return now.near or (self.raw[mine.start : mine.end] if mine else None) or now.scope

    def said(self) -> Name | None:
        """The head that a number without a name of its own is about."""
        now = self.now
        head = now.head or now.before
        if head is None and self.frame.about and (now.scope or now.bodies):
            return Name(((0, 0),), literal=self.frame.about)
        return head

    def targets(
        self, group: Group, found: Own, kinds: tuple[Kind, ...] = ()
    ) -> tuple[list[Name], tuple[str, ...]] | None:
        """The name of each number of a list: from the names before it, or from the facts before those; None for none."""
        count, now = len(group.quantities), self.now
        if found.name is None and count == 1 and not now.rest and (further := self._further(group)):
            back = self.back(1 + further, kinds)
            if back is None:
                head = self.said()
                return ([head], ("name_inferred", "distribution_unclear")) if head else None
            now.rest = back[1:]
            return back[:1], ("distributed_back",)
        if found.name is None:
            if count > 1 and len(now.bodies) == count and (head := self.said()):
                return [head] * count, ("name_inferred",)
            if len(now.rest) >= count:
                names, now.rest = now.rest[:count], now.rest[count:]
                return names, ("distributed",)
            if count > 1:
                if len(now.chain) == count:
                    return list(now.chain), ("distributed_back",)
                if back := self.back(count, kinds):
                    return back, ("distributed_back",)
            head = self.said()
            return ([head] * count, ("name_inferred",)) if head else None
        if count == 1:
            return [found.name], ()
        if len(now.bodies) == count and not _LISTED.search(found.name.text(self.text)):
            return [found.name] * count, ()
        if listed := several(self.text, found.name, count):
            return listed, ("distributed",)
        for more in (1, 2) if "分别" in self.text[group.left : group.first.start] else ():
            if listed := several(self.text, found.name, count + more):
                now.rest = listed[count:]
                return listed[:count], ("distributed",)
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

    def _further(self, group: Group) -> int:
        """How many more numbers of one 分别 follow, each with its own verb (分别增长6.7%|和下降2.4%)."""
        if "分别" not in self.text[group.left : group.first.start]:
            return 0
        count, at = 0, group.last.end
        while more := _FURTHER.match(self.text, at):
            count, at = count + 1, more.end()
        return count

    def counted_in(self, unit: str | None) -> Name | None:
        """What this sentence last counted in ``unit``."""
        return next(
            (f.name for f in reversed(self.now.facts) if f.kind == "level" and f.quantity.unit == unit), None
        )

    def matter(self) -> Name | None:
        """The object of the clause before, where it has no numbers (签订了购销协议)."""
        return topics.last_object(self.text, *self.now.matter) if self.now.matter else None

    def back(self, count: int, kinds: tuple[Kind, ...]) -> list[Name] | None:
        """The names of the last ``count`` facts of one kind in this sentence, in order, if there are so many."""
        run: dict[Name, None] = {}
        kind: Kind | None = None
        for fact in reversed(self.now.facts):
            if kinds and fact.kind not in kinds:
                continue
            if fact.kind != (kind or fact.kind) or len(run) == count:
                break
            kind = fact.kind
            run.setdefault(fact.name)
        return list(run)[::-1] if len(run) == count else None

    def last(self, count: int) -> list[Name] | None:
        """The names of the last ``count`` amounts of this sentence, in order, if there are so many."""
        named = list(dict.fromkeys(fact.name for fact in self.now.facts if fact.kind == "level"))
        return named[-count:] if len(named) >= count else None

    def fund(self, words: str) -> Name | None:
        """…基金收入86亿元,…;|支出79亿元: what the other side of one account, which stands bare, is of."""
        mine = _SIDE.fullmatch(words) if words[-1:] in "入出余" else None
        if mine is None:
            return None
        told = [fact.name for fact in self.now.facts[-_SAME_ACCOUNT:] if fact.kind == "level"]
        for head in (*told, self.said()):
            if head is None or head.added or head.literal:
                continue
            start, end = head.pieces[-1]
            side = _SIDE_END.search(self.text, start, end)
            if side and side["side"] != mine["side"] and side.start() - head.pieces[0][0] >= 2:
                return head.until(side.start())
        return None

    def with_parent(self, found: Own) -> Own:
        """A name too general to stand alone, with the thing it is said of before it."""
        name, now = found.name, self.now
        words = name.text(self.text) if name else ""
        if name is None or found.scope is not None or not names.is_generic(words):
            return found
        parent = now.parent or (self.matter() if names.is_sum(words) else None)
        if parent is not None and parent.text(self.text).endswith(words[:2]) and not parent.added:
            parent = parent.until(parent.pieces[-1][1] - 2)  # 新开工|开工率 says 开工 once
        return Own(parent.plus(name), found.scope) if parent is not None else found


def _short(place: str) -> str:
    """A place's name without 市, 区, 县 or 省."""
    return place[:-1] if place[-1:] in ("市", "区", "县", "省", "州") else place
