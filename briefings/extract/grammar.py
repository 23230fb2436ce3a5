"""The register machine: reads a line's tokens left to right and gives its facts, each with the rule that made it."""

import re
from dataclasses import dataclass, field, replace

from briefings.extract import patterns as p
from briefings.extract.lexer import Mark, Quantity, Token, lex, settle
from briefings.extract.names import (
    TAIL,
    Name,
    Own,
    ends_with_verb,
    following,
    is_generic,
    own,
    several,
    starts_with_verb,
    verb_before,
    without_share,
)
from briefings.extract.periods import Frame, resolve
from briefings.records.fact import Kind, Status

_WINDOW = 90
_LINK = re.compile(r"\s*(?:、|和|与|及|以及|:|,|，)?\s*$")
_CLAUSE_STOPS = frozenset(",，:()…\n——")
_SENTENCE_STOPS = frozenset("。!?\n")
_AVERAGE = re.compile(r"(?:平均)?(?:水平|增速|增幅|增长水平|总体水平)+$|的$")


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


@dataclass(slots=True)
class Registers:
    """What has been said so far and still holds."""

    scope: str | None = None
    period: str | None = None
    head: Name | None = None
    parent: Name | None = None
    rate: Name | None = None
    growth: Name | None = None
    basis: str | None = None
    rank_set: str | None = None
    comparators: tuple[str, ...] = ()
    future: bool = False
    facts: list[Draft] = field(default_factory=list)
    chain: list[Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand as one list, with the words before (``left``) and after them (``right``) in their clause."""

    quantities: tuple[Quantity, ...]
    left: int
    right: int
    sentence: int
    next: int


class Reader:
    """Reads one line; ``planned`` says that its section is about what comes next."""

    def __init__(self, line: str, frame: Frame, planned: bool = False) -> None:
        self.raw = line
        self.text = settle(line)
        self.frame = frame
        self.planned = planned
        self.now = Registers()
        self.drafts: list[Draft] = []
        self.tokens: list[Token] = lex(self.text)

    def read(self) -> list[Draft]:
        """The line's facts in the order of the text."""
        left = sentence = index = 0
        clause = 0
        aside: tuple[int, int, Name | None] | None = None
        while index < len(self.tokens):
            token = self.tokens[index]
            if isinstance(token, Quantity):
                group, index = self._group(index, left, sentence)
                self._read_group(group)
                left = group.quantities[-1].end
                continue
            index += 1
            if token.kind == "time":
                if self._governs(token, left, clause):
                    self.now.period = resolve(token.text, self.frame)
            elif token.kind == "item":
                left = clause = token.end
                if token.start - sentence <= 2:
                    self._end_sentence()
                self.now.period = None
                self.now.head = self.now.parent = self.now.rate = None
            elif token.text == "(":
                aside = (left, len(self.drafts), self.now.head)
                left = clause = token.end
            elif token.text == ")":
                if aside and len(self.drafts) == aside[1]:
                    left = aside[0]
                else:
                    left = token.end
                    if aside:
                        self.now.head = aside[2]
                aside = None
            else:
                left = clause = token.end
                self._stop(token.text)
                if token.text in _SENTENCE_STOPS:
                    sentence = token.end
        return self.drafts

    # registers -------------------------------------------------------------------------------------------

    def _stop(self, mark: str) -> None:
        now = self.now
        now.chain = []
        if mark in _SENTENCE_STOPS:
            self._end_sentence()
        elif mark == ";":
            now.rate = now.growth = now.basis = None
            now.rank_set = None

    def _end_sentence(self) -> None:
        now = self.now
        now.facts, now.chain = [], []
        now.rate = now.growth = now.basis = now.rank_set = None
        now.comparators = ()
        now.future = False

    def _governs(self, token: Mark, left: int, clause: int) -> bool:
        """Whether a time sets the period: it opens its clause or its noun phrase, and is no part of a basis."""
        text = self.text
        before = text[left : token.start].strip(" 、,，“")
        if before and not re.fullmatch(
            r"(?:截[至止]到?|到|自|从|在|于|其中|预计|仅|为|据|今年|其|以|和|市|区|全市|[\u4e00-\u9fff]{2,3}[市区县省])+",
            before,
        ):
            return False
        if text[token.end : token.end + 1] in ("至",) and "年" in token.text:
            return True
        rest = text[token.end : token.end + 24]
        if token.text[:1] in "去前上" and re.match(r"[^,，。;\d]{1,20}的", rest):
            return False
        return not re.match(
            r"(?:重大|重点|度?[\u4e00-\u9fff]{2,12}(?:计划|方案|规划|意见|清单|办法|要点))(?:[,，、》]|$)",
            rest,
        )

    # groups ----------------------------------------------------------------------------------------------

    def _group(self, index: int, left: int, sentence: int) -> tuple[Group, int]:
        text = self.text
        first = self.tokens[index]
        assert isinstance(first, Quantity)
        members = [first]
        index += 1
        while index < len(self.tokens):
            following_token = self.tokens[index]
            step = 1
            if (
                isinstance(following_token, Mark)
                and following_token.text == ":"
                and index + 1 < len(self.tokens)
                and members[-1].unit is None
                and following_token.start == members[-1].end
            ):
                step, following_token = 2, self.tokens[index + 1]
            if not isinstance(following_token, Quantity):
                break
            between = text[members[-1].end : following_token.start]
            if not _LINK.fullmatch(between) or (not between.strip() and step == 1):
                break
            last = members[-1]
            if last.sort != following_token.sort and last.unit is not None:
                break
            if last.place != following_token.place:
                break
            members.append(following_token)
            index += step
        unit = members[-1]
        if len(members) > 1 and unit.unit is not None:
            members = [
                replace(m, unit=unit.unit, sort=unit.sort, shared=True) if m.unit is None else m
                for m in members
            ]
        next_start = self.tokens[index].start if index < len(self.tokens) else len(text)
        right = next_start
        if (
            index < len(self.tokens)
            and isinstance(self.tokens[index], Mark)
            and self.tokens[index].kind == "time"
        ):  # type: ignore[union-attr]
            while (
                index < len(self.tokens)
                and isinstance(self.tokens[index], Mark)
                and self.tokens[index].kind == "time"
            ):  # type: ignore[union-attr]
                index_ahead = index + 1
                right = self.tokens[index_ahead].start if index_ahead < len(self.tokens) else len(text)
                break
        return Group(tuple(members), left, min(right, members[-1].end + 60), sentence, index), index

    def _read_group(self, group: Group) -> None:
        first = group.quantities[0]
        left = max(group.left, first.start - _WINDOW)
        end, words = self._peel(left, first.start)
        if p.FUTURE.search(self.text[max(group.sentence, left - 40) : first.start]):
            self.now.future = not p.PAST_ESTIMATE.search(
                self.text[max(group.sentence, left - 40) : first.start]
            )
        sort = first.sort
        if first.place:
            self._rank(group, left, end)
        elif sort == "points":
            self._points(group, left, end)
        elif sort in ("percent", "times"):
            self._percent(group, left, end, words)
        elif sort == "duration":
            self._duration(group, left, end)
        elif sort == "none" and first.unit is None:
            self._plain(group, left, end)
        else:
            self._amount(group, left, end)

    def _peel(self, left: int, end: int) -> tuple[int, str]:
        """Where the words before a number end once linking verbs are left off, and the linking words."""
        text = self.text
        if p.REACH.search(text, max(left, end - 12), end):
            return end, ""
        if found := TAIL.search(text, max(left, end - 14), end):
            return found.start(), found[0]
        return end, ""

    def _own(self, left: int, end: int) -> Own:
        found = own(self.text, left, end)
        if found.scope:
            self.now.scope = self.raw[found.scope[0] : found.scope[1]]
        return found

    # emission --------------------------------------------------------------------------------------------

    def _emit(
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
    ) -> Draft:
        value = ("-" + quantity.value) if sign < 0 and kind in ("change", "delta", "gap") else quantity.value
        if quantity.shared:
            flags = (*flags, "unit_inferred")
        if quantity.compound:
            flags = (*flags, "compound")
        draft = Draft(
            quantity,
            kind,
            value,
            name,
            rule,
            basis,
            self.now.period,
            scope or self.now.scope,
            status or ("target" if self.now.future else "actual"),
            flags,
        )
        self.drafts.append(draft)
        self.now.facts.append(draft)
        return draft

    def _targets(
        self, group: Group, found: Own, kinds: tuple[Kind, ...] = ()
    ) -> tuple[list[Name], tuple[str, ...]] | None:
        """The name of each number of a list: from the names before it, or from the facts before those."""
        count = len(group.quantities)
        now = self.now
        if found.name is None:
            if count > 1:
                if len(now.chain) == count:
                    return list(now.chain), ("distributed_back",)
                if back := self._back(count, kinds):
                    return back, ("distributed_back",)
            return ([now.head] * count, ("name_inferred",)) if now.head else None
        if count == 1:
            return [found.name], ()
        if len(now.chain) == count - 1 and self._chained(group):
            return self._extend_chain(found.name), ("distributed",)
        if names := several(self.text, found.name, count):
            return names, ("distributed",)
        back = self._back(count, kinds)
        if back:
            words = found.name
            return [b.plus(words) for b in back], ("distributed_back",)
        return [found.name] * count, ("distribution_unclear",)

    def _chained(self, group: Group) -> bool:
        return bool(self.now.facts) and self.now.facts[-1].kind == "level"

    def _extend_chain(self, name: Name) -> list[Name]:
        return [*self.now.chain, name]

    def _back(self, count: int, kinds: tuple[Kind, ...]) -> list[Name] | None:
        """The names of the last ``count`` facts of one kind in this sentence, in order, if there are exactly so many."""
        facts = [f for f in self.now.facts if not kinds or f.kind in kinds]
        if not facts:
            return None
        run = []
        for fact in reversed(facts):
            if fact.kind != facts[-1].kind and run:
                break
            if fact.name not in run:
                run.append(fact.name)
        run.reverse()
        return run[-count:] if len(run) >= count else None

    # kinds -----------------------------------------------------------------------------------------------

    def _rank(self, group: Group, left: int, end: int) -> None:
        text, now = self.text, self.now
        first = group.quantities[0]
        cue = p.RANK.search(text, left, first.start)
        words = text[left : first.start].strip(" 、,，:“")
        if first.place == "前" and not cue and not p.RANK_SET.search(words):
            return
        unit_ok = first.unit in ("位", "名", None)
        if not unit_ok or (first.unit is None and not cue and not p.RANK_SET.search(words)):
            return
        name: Name | None = None
        if cue:
            among = cue["set"].strip(" 的“”")
            if cue["cue"] in ("由", "从", "保持", "进入") and not among:
                cue = None
            else:
                found = self._own(left, cue.start())
                name = found.name
                while name is not None and (
                    more := re.search(
                        r"(?:由|从|继续|稳|跃|分别|连续)$", text[name.pieces[-1][0] : name.pieces[-1][1]]
                    )
                ):
                    cut = name.pieces[-1][0] + more.start()
                    name = (
                        Name((*name.pieces[:-1], (name.pieces[-1][0], cut)))
                        if cut > name.pieces[-1][0]
                        else None
                    )
        else:
            among = words
        if cue is None:
            among = words
            if len(among) > 10 or not among:
                among = (p.RANK_SET.search(words) or [""])[0] if among else ""
        among = among or now.rank_set or ""
        flags: tuple[str, ...] = ()
        if name is None:
            name, flags = now.head, ("name_inferred",)
            if name is None:
                return
        elif now.head is not None and name.text(text) in (
            "增速",
            "增幅",
            "总量",
            "规模",
            "数量",
            "降幅",
            "增量",
            "位次",
        ):
            name = now.head.plus(name)
        else:
            now.head = name
        now.rank_set = among or None
        for quantity in group.quantities:
            self._emit(quantity, "rank", name, "rank", basis=among or None, flags=flags)

    def _points(self, group: Group, left: int, end: int) -> None:
        if self._gap(group, left, end):
            return
        text, now = self.text, self.now
        direction = p.DIRECTION.search(text, max(left, end - 8), end)
        contribution = p.CONTRIBUTION.search(text, left, end)
        if contribution and (contribution["what"] or not direction):
            self._contribute(group, contribution, left)
            return
        if not direction:
            if now.facts and now.facts[-1].kind == "gap" and group.quantities[0].start - left <= 12:
                others = self._others(text[left:end], 1)
                self._emit_gaps(
                    group,
                    now.facts[-1].name,
                    others,
                    1 if not now.facts[-1].value.startswith("-") else -1,
                    (),
                )
            return
        basis, own_end = self._basis(left, direction.start())
        found = self._own(left, own_end)
        sign = -1 if direction["word"] in p.DOWN else 1
        words = found.name.text(text) if found.name else ""
        if direction["word"] == "收窄" and (
            words.endswith("降幅") or (not words and now.facts and now.facts[-1].value.startswith("-"))
        ):
            sign = 1
        elif words.endswith(("降幅", "跌幅")):
            sign = -sign
        targets = self._points_targets(group, found)
        if targets is None:
            return
        names, flags = targets
        if basis is None:
            basis, flags = "yoy", (*flags, "basis_default")
        for quantity, name in zip(group.quantities, names, strict=True):
            self._emit(quantity, "delta", name, "delta_points", basis=basis, sign=sign, flags=flags)

    def _points_targets(self, group: Group, found: Own) -> tuple[list[Name], tuple[str, ...]] | None:
        now = self.now
        count = len(group.quantities)
        if found.name is not None:
            words = found.name.text(self.text)
            if words in ("增速", "增幅", "降幅", "涨幅", "跌幅", "占比", "比重") and (
                base := now.growth or now.head
            ):
                return [base.plus(found.name)] * count, ()
            targets = self._targets(group, found, ("rate",))
            if targets and count == 1:
                now.head = found.name
                if p.RATE_WORD.search(words):
                    now.rate = found.name
            return targets
        if count > 1 and (back := self._back(count, ("rate",)) or self._back(count, ("change",))):
            return back, ("distributed_back",)
        if now.rate is not None:
            return [now.rate] * count, ("name_inferred",)
        if now.growth is not None:
            return [now.growth.grown("增速")] * count, ("name_inferred",)
        return ([now.head] * count, ("name_inferred",)) if now.head else None

    def _contribute(self, group: Group, contribution: re.Match[str], left: int) -> None:
        sign = -1 if contribution["sign"] or "下降" in contribution[0] else 1
        found = self._own(left, contribution.start())
        what = Name((contribution.span("what"),)) if contribution["what"] else None
        name = what or found.name or self.now.head
        if name is None:
            return
        if found.name and what:
            name = found.name.plus(Name(((contribution.start(), contribution.end("what")),)))
        for quantity in group.quantities:
            self._emit(quantity, "delta", name, "contribution", basis="yoy", sign=sign)

    def _gap(self, group: Group, left: int, end: int) -> bool:
        text, now = self.text, self.now
        sign, cue = 1, p.GAP.search(text, left, end)
        if cue is not None:
            if cue["cue"] in p.cues("gap_down"):
                sign = -1
        else:
            cue = p.GAP_THAN.search(text, left, end)
            if cue is None or p.IS_TIME.match(cue["other"]):
                return False
            sign = -1 if cue["cue"] in "低慢少" else 1
        if re.search(r"\d", cue["other"]):
            return False
        before = cue.start()
        if found := re.search(r"(?:分别|均|也|仍|同比)+$", text[left:before]):
            before = left + found.start()
        mine = self._own(left, before)
        name = mine.name
        flags: tuple[str, ...] = ()
        words = name.text(text) if name else ""
        if name is None or words in (
            "增速",
            "增幅",
            "降幅",
            "涨幅",
            "增长速度",
            "同比增速",
            "均",
            "占比",
            "比重",
        ):
            base = (
                now.rate
                if now.rate and (now.facts and now.facts[-1].kind == "rate")
                else now.growth or now.rate or now.head
            )
            if base is None:
                return False
            flags = ("name_inferred",)
            if base is now.rate:
                name = base
            else:
                name = base.plus(name) if name and words != "均" else base.grown("增速")
        elif direction := p.DIRECTION.search(words):
            stop = name.pieces[-1][1] - len(direction[0])
            if stop > name.pieces[-1][0]:
                name = Name((*name.pieces[:-1], (name.pieces[-1][0], stop)), "增速")
        self._emit_gaps(group, name, self._others(cue["other"], len(group.quantities)), sign, flags)
        return True

    def _others(self, words: str, count: int) -> list[str]:
        words = _AVERAGE.sub("", words.strip(" 、,，“”"))
        words = re.sub(r"(?:平均)?(?:水平|增速|增幅)?(?:分别|均|约|近)?$", "", words)
        if count > 1:
            parts = [part for part in re.split(r"、|和|与|及", words) if part]
            if len(parts) == count:
                return parts
        return [words] * count

    def _emit_gaps(
        self, group: Group, name: Name, others: list[str], sign: int, flags: tuple[str, ...]
    ) -> None:
        if len(others) != len(group.quantities):
            others = others * len(group.quantities)
            flags = (*flags, "distribution_unclear")
        for quantity, other in zip(group.quantities, others, strict=False):
            self._emit(quantity, "gap", name, "gap", basis=other or None, sign=sign, flags=flags)

    def _basis(self, left: int, end: int) -> tuple[str | None, int]:
        """The basis said right before ``end``, and where it begins."""
        found = p.BASIS.search(self.text, max(left, end - 40), end)
        if not found:
            return None, end
        return p.basis_of(found[0]), found.start()

    def _percent(self, group: Group, left: int, end: int, linked: str) -> None:
        text, now = self.text, self.now
        first, last = group.quantities[0], group.quantities[-1]
        if first.sort == "percent" and self._completion(group, left, end):
            return
        if first.sort == "percent" and self._share(group, left, end):
            return
        if self._comparator_level(group, left, end):
            return
        direction = p.DIRECTION.search(text, max(left, end - 8), end)
        if direction is None and (growth := p.GROWTH_NOUN.search(text, max(left, end - 8), end)):
            direction = p.DIRECTION.search(text, max(left, end - 8), growth.start() + 2)
        if direction is not None and first.sort == "times" and linked.strip().endswith("为"):
            direction = None
        if direction is not None:
            self._change(group, left, direction)
            return
        if reach := p.REACH.search(text, max(left, end - 12), end):
            self._rate(group, left, reach.start())
            return
        cut = p.OBJECT_CUT.search(text, left, end)
        if (
            cut
            and first.sort == "percent"
            and not p.RATE_WORD.search(cut["what"])
            and cut.start() - left <= 6
        ):
            name = Name(((cut.start(), cut.end()),))
            for quantity in group.quantities:
                self._emit(
                    quantity, "change", name, "object_cut", basis="other", sign=-1, flags=("basis_default",)
                )
            now.head = name
            return
        if (
            now.growth is not None
            and len(group.quantities) == 1
            and re.fullmatch(r"[\s、]*(?:环比|同比|其中)?", text[left : first.start])
            and now.facts
            and now.facts[-1].kind == "change"
        ):
            return
        self._rate(group, left, end)
        del last

    def _completion(self, group: Group, left: int, end: int) -> bool:
        text, now = self.text, self.now
        end_full = group.quantities[0].start
        found = p.COMPLETION.search(text, left, end) or p.COMPLETION.search(text, left, end_full)
        if found:
            mine = self._own(left, found.start())
            plan = Name((found.span("plan"),)) if found["plan"] else None
            start = found.start("plan")
            if plan and text[start : start + 1] == "比":
                plan = Name(((start + 1, found.end("plan")),))
            specific = plan is not None and re.search(r"投资|预算|额|量|收入", found["plan"])
            targets = self._targets(group, mine)
            if targets is None:
                if plan is None:
                    return False
                targets = [plan] * len(group.quantities), ()
            names, flags = targets
            for quantity, name in zip(group.quantities, names, strict=True):
                full = name.plus(plan) if plan and specific and name is not plan else name
                self._emit(
                    quantity,
                    "completion",
                    full,
                    "completion",
                    basis="plan",
                    status=None if now.future else "actual",
                    flags=flags,
                )
            return True
        if rate := p.COMPLETION_RATE.search(text, left, end):
            mine = self._own(left, end)
            del rate
            targets = self._targets(group, mine)
            if targets is None:
                return False
            for quantity, name in zip(group.quantities, targets[0], strict=True):
                self._emit(quantity, "completion", name, "completion_rate", basis="plan", flags=targets[1])
            return True
        return False

    def _share(self, group: Group, left: int, end: int) -> bool:
        text, now = self.text, self.now
        found = p.SHARE.search(text, left, end)
        if not found or found["of"].startswith("比"):
            return False
        if not found["of"] and found[0] == "占":
            if not now.facts or now.facts[-1].kind != "rate":
                return False
        mine = self._own(left, found.start())
        whole = Name(((found.start(), found.end()),))
        base = mine.name or now.head
        flags: tuple[str, ...] = () if mine.name else ("name_inferred",)
        if base is None:
            base = whole
            named = whole
        else:
            named = base.plus(whole)
        if mine.name is not None:
            now.head = mine.name
            now.growth = None
        if len(group.quantities) > 1:
            if mine.name and (names := several(text, mine.name, len(group.quantities))):
                for quantity, name in zip(group.quantities, names, strict=True):
                    self._emit(quantity, "rate", name.plus(whole), "share", flags=("distributed",))
                return True
            if not mine.name and (back := self._back(len(group.quantities), ("level",))):
                for quantity, name in zip(group.quantities, back, strict=True):
                    self._emit(quantity, "rate", name.plus(whole), "share", flags=("distributed_back",))
                return True
        now.rate = named
        for quantity in group.quantities:
            self._emit(quantity, "rate", named, "share", flags=flags)
        return True

    def _comparator_level(self, group: Group, left: int, end: int) -> bool:
        """低于1.43%的青岛市平均水平: the number is the other's level."""
        text, now = self.text, self.now
        first = group.quantities[0]
        word = text[max(left, first.start - 4) : first.at]
        gap = re.search(r"(?:高于|低于|优于|好于|快于)$", word)
        after = re.match(
            r"的([^,，。;\d]{2,14}?)(?:平均)?(?:水平|目标|增速)",
            text[group.quantities[-1].end : group.quantities[-1].end + 24],
        )
        if gap and after:
            name = now.rate or now.growth or now.head
            if name is None:
                return True
            kind: Kind = "rate" if name is now.rate or now.growth is None else "change"
            target = "目标" in after[0]
            self._emit(
                first,
                kind,
                name,
                "comparator",
                basis="yoy" if kind == "change" else None,
                scope=after[1],
                status="target" if target else None,
            )
            return True
        far = re.search(
            r"(?:高于|低于)(?P<other>[^,，]{2,16}?)(?:平均|平均的?|的)$", text[left : first.start]
        )
        if far and re.match(r"的?(?:平均)?水平", text[first.end : first.end + 6]):
            name = now.rate or now.head
            if name is not None:
                self._emit(first, "rate", name, "comparator", scope=far["other"])
            return True
        return False

    def _change(self, group: Group, left: int, direction: re.Match[str]) -> None:
        text, now = self.text, self.now
        basis, own_end = self._basis(left, direction.start())
        if basis is None and (
            stated := re.search(
                r"(?:同比|环比)$", text[max(left, direction.end() - 2) : group.quantities[0].start]
            )
        ):
            basis = p.basis_of(stated[0])
        found = self._own(left, own_end)
        sign = -1 if direction["word"] in p.DOWN else 1
        if (
            p.GROWTH_NOUN.search(direction[0])
            and text[group.quantities[0].at - 1 : group.quantities[0].at] == "-"
        ):
            sign = -1
        flags: tuple[str, ...] = ()
        if found.name is None and now.head is None and now.parent is None:
            return
        if found.name is not None:
            found = Own(self._with_parent(found.name), found.scope)
        if (
            found.name is None
            and len(group.quantities) == 1
            and now.rate is not None
            and now.facts
            and now.facts[-1].kind == "rate"
        ):
            base = without_share(text, now.rate)
            if (
                base is now.rate
                and now.rate.pieces == now.facts[-1].name.pieces
                and now.facts[-1].rule != "share"
            ):
                self._rate_change(group, direction, basis, sign)
                return
        targets = self._targets(group, found, ("level",))
        if targets is None:
            return
        names, more = targets
        flags = (*flags, *more)
        if (
            basis is None
            and found.name is None
            and now.basis is not None
            and now.facts
            and now.facts[-1].kind == "delta"
        ):
            basis, flags = now.basis, (*flags, "basis_carried")
        if basis is None:
            basis, flags = "yoy", (*flags, "basis_default")
        for quantity, name in zip(group.quantities, names, strict=True):
            name = without_share(text, name)
            self._emit(quantity, "change", name, "change", basis=basis, sign=sign, flags=flags)
            now.growth = name.grown("两年平均") if basis == "avg2y" else name
        if found.name is not None:
            now.rate = None
            now.head = names[-1] if len(names) == 1 else found.name
        now.basis = basis

    def _rate_change(self, group: Group, direction: re.Match[str], basis: str | None, sign: int) -> None:
        """提高9.8% said of a rate: percent where percentage points are meant, or not; kept and flagged."""
        assert self.now.rate is not None
        flags: tuple[str, ...] = ("name_inferred", "percent_for_points")
        if basis is None:
            basis, flags = "yoy", (*flags, "basis_default")
        for quantity in group.quantities:
            self._emit(quantity, "change", self.now.rate, "rate_change", basis=basis, sign=sign, flags=flags)

    def _with_parent(self, name: Name) -> Name:
        if self.now.parent is not None and is_generic(name.text(self.text)):
            return self.now.parent.plus(name)
        return name

    def _rate(self, group: Group, left: int, end: int) -> None:
        text, now = self.text, self.now
        first = group.quantities[0]
        if origin := p.FROM.search(text, left, end):
            end = origin.start()
        found = self._own(left, end)
        after = following(text, group.quantities[-1].end, group.right, False)
        if (found.name is None and after is not None and not starts_with_verb(text, *after.pieces[0])) or (found.name is None and after is not None and now.head is None):
            found = Own(after, found.scope)
        elif (
            found.name is not None
            and not p.RATE_WORD.search(found.name.text(text))
            and text[group.quantities[-1].end : group.quantities[-1].end + 1] == "的"
        ):
            if after is not None:
                found = Own(found.name.plus(after), found.scope)
        if found.name is not None:
            found = Own(self._with_parent(found.name), found.scope)
        if len(group.quantities) > 1 and found.name is not None and len(now.chain) == len(group.quantities):
            names = self._rates_of_chain(found.name)
            flags: tuple[str, ...] = ("distributed",)
        else:
            targets = self._targets(group, found)
            if targets is None:
                return
            names, flags = targets
        if (
            first.sort == "times"
            and not re.search(r"(?:为|是|达)", text[max(left, first.start - 6) : first.start])
            and found.name is None
        ):
            return
        for quantity, name in zip(group.quantities, names, strict=True):
            self._emit(quantity, "rate", name, "rate", flags=flags)
        if found.name is not None:
            now.rate = names[-1]
            now.head = found.name if len(names) > 1 else without_share(text, names[0])
            now.growth = None

    def _rates_of_chain(self, name: Name) -> list[Name]:
        """29个甲、220个乙开工率分别达到…: the measure at the end of the last counted name belongs to each."""
        start, end = name.pieces[-1]
        last = self.now.chain[-1]
        words = self.text[start:end]
        stem = self.text[last.pieces[0][0] : last.pieces[-1][1]]
        if words.startswith(stem) and len(words) > len(stem):
            measure = Name(((start + len(stem), end),))
            return [c.plus(measure) for c in self.now.chain]
        return [c.plus(name) for c in self.now.chain[:-1]] + [name]

    def _duration(self, group: Group, left: int, end: int) -> None:
        text = self.text
        if not re.search(r"(?:天数|时间|时长|年龄|寿命|工龄|工期|期限|周期|日数|时数)$", text[left:end]):
            return
        found = self._own(left, end)
        if found.name is None:
            return
        for quantity in group.quantities:
            self._emit(quantity, "level", found.name, "duration")
        self.now.head = found.name

    def _plain(self, group: Group, left: int, end: int) -> None:
        """Numbers without a unit: an index, or the parts of a ratio."""
        text, now = self.text, self.now
        if len(group.quantities) > 1 and text[group.quantities[0].end] == ":":
            found = self._own(left, end)
            name = found.name or now.head
            if name is not None:
                for quantity in group.quantities:
                    self._emit(quantity, "rate", name, "ratio")
            return
        if len(group.quantities) == 1 and p.INDEX.search(text, left, end):
            found = self._own(left, end)
            if found.name is not None:
                self._emit(group.quantities[0], "level", found.name, "index")
                now.head = found.name

    def _amount(self, group: Group, left: int, end: int) -> None:
        text, now = self.text, self.now
        first, last = group.quantities[0], group.quantities[-1]
        if (
            text[max(left, end - 1) : end] == "每"
            or (re.search(r"(?:年产|年处理|年加工|装机)$", text[left:end])
            and following(text, last.end, group.right, False))
        ):
            return
        if (
            first.sort == "score"
            and first.unit in ("个名次", "位次", "个位次")
            and (
                gain := re.search(r"(?:进位|前移|提升|上升|晋位|前进|后退|下滑|退位)(?:了)?$", text[left:end])
            )
        ):
            found = self._own(left, left + gain.start())
            name = found.name or now.head
            if name is not None:
                self._emit(
                    first,
                    "delta",
                    name,
                    "places",
                    basis="yoy",
                    sign=-1 if gain[0][:2] in ("后退", "下滑", "退位") else 1,
                )
            return
        if len(group.quantities) == 1 and self._amount_gap(group, left, end):
            return
        if reach := p.REACH.search(text, max(left, end - 12), end):
            basis, stop = self._basis(left, reach.start())
            self._level(group, left, stop, "reach")
            return
        direction = p.DIRECTION.search(text, max(left, end - 8), end)
        if (
            direction
            and direction["word"] not in ("增速", "增幅", "涨幅", "降幅")
            and self._delta(group, left, direction)
        ):
            return
        self._level(group, left, end, "level")

    def _amount_gap(self, group: Group, left: int, end: int) -> bool:
        text = self.text
        cue = p.GAP_THAN.search(text, left, end) or p.GAP_THAN.search(text, left, group.quantities[0].start)
        if cue is None or p.IS_TIME.match(cue["other"]):
            if group.quantities[0].sort == "count":
                return False
            cue = re.compile(r"(?P<cue>高于|低于|多于|少于)(?P<other>[^,，]{2,20}?)$").search(text, left, end)
            if cue is None:
                return False
        return self._gap(group, left, end)

    def _delta(self, group: Group, left: int, direction: re.Match[str]) -> bool:
        text, now = self.text, self.now
        first = group.quantities[0]
        basis, own_end = self._basis(left, direction.start())
        after = following(text, group.quantities[-1].end, group.right, False)
        found = self._own(left, own_end)
        sign = -1 if direction["word"] in p.DOWN else 1
        fresh = direction["word"] in ("新增", "净增", "增收", "新")
        if basis is None:
            if fresh or after is not None:
                return False
            if found.name is None:
                same = (
                    now.facts
                    and now.head is not None
                    and any(f.quantity.unit == first.unit and f.kind == "level" for f in now.facts)
                )
                if not same:
                    return False
            elif direction["word"] in ("压减", "压缩", "精简", "节约", "压降"):
                return False
        elif found.name is None and fresh and after is not None and now.head is None:
            return False
        if found.name is not None:
            found = Own(self._with_parent(found.name), found.scope)
        targets = self._targets(group, found, ("level",))
        if targets is None:
            return False
        names, flags = targets
        if basis is None:
            basis, flags = "yoy", (*flags, "basis_default")
        if found.name is None and after is not None and fresh:
            names = [after] * len(group.quantities)
        if (
            found.name is None
            and now.head
            and first.unit
            and not any(f.quantity.unit == first.unit for f in now.facts)
        ):
            flags = (*flags, "unit_mismatch") if any(f.kind == "level" for f in now.facts) else flags
        for quantity, name in zip(group.quantities, names, strict=True):
            self._emit(quantity, "delta", name, "delta", basis=basis, sign=sign, flags=flags)
        if found.name is not None:
            now.head = names[-1]
        now.basis = basis
        return True

    def _level(self, group: Group, left: int, end: int, rule: str) -> None:
        text, now = self.text, self.now
        first, last = group.quantities[0], group.quantities[-1]
        if origin := p.FROM.search(text, left, end):
            end = origin.start()
        found = self._own(left, end)
        name, flags, rule = self._choose(group, left, end, found, rule)
        status: Status | None = "target" if p.PLANNED.search(text, left, end) else None
        if name is None:
            return
        if len(group.quantities) > 1:
            targets = self._targets(group, Own(name, found.scope))
            names, more = targets or ([name] * len(group.quantities), ())
            flags = (*flags, *more)
        else:
            names = [name]
        for quantity, each in zip(group.quantities, names, strict=True):
            self._emit(quantity, "level", each, rule, status=status, flags=flags)
            if quantity.sort == "count":
                now.parent = each
        if rule in ("counted", "of") and len(names) == 1:
            now.chain.append(names[0])
        now.head = names[-1] if len(names) == 1 else name
        now.rate = now.growth = None
        now.basis = None
        del first, last

    def _choose(
        self, group: Group, left: int, end: int, found: Own, rule: str
    ) -> tuple[Name | None, tuple[str, ...], str]:
        """The name on the left of the number or on its right."""
        text, now = self.text, self.now
        first, last = group.quantities[0], group.quantities[-1]
        after = following(
            text,
            last.end,
            group.right,
            group.next < len(self.tokens) and isinstance(self.tokens[group.next], Quantity),
        )
        if (first.hedge or "")[-2:] in ("以上", "以下", "左右") and first.sort != "count":
            after = None
        of = text[last.end : last.end + 1] == "的"
        if after is None and of and found.name is not None and (parent := self._counted_next(group)):
            return parent.plus(found.name), (), "of"
        counted = first.sort in ("count", "score") or first.sort == "none"
        if rule == "reach":
            after = None
        if after is not None:
            verb_left = ends_with_verb(text, left, end)
            verb_right = starts_with_verb(text, *after.pieces[0])
            if of and found.name is not None and not verb_left and not counted:
                return after.plus(found.name), (), "of"
            if counted and not (verb_right and found.name is not None and not verb_left):
                verb = verb_before(text, left, end)
                return (Name((verb,)).plus(after) if verb else after), (), "counted"
            if not counted and (found.name is None or verb_left) and not verb_right:
                return after, (), "counted"
            if not counted and found.name is None and (of or now.head is None):
                return after, (), "counted"
        if found.name is not None:
            return self._with_parent(found.name), (), rule
        if now.head is None:
            return None, (), rule
        return now.head, ("name_inferred",), rule

    def _counted_next(self, group: Group) -> Name | None:
        """总投资5亿元的|12个项目: the counted thing whose attribute the number before 的 is."""
        if group.next >= len(self.tokens):
            return None
        token = self.tokens[group.next]
        if not isinstance(token, Quantity) or token.start - group.quantities[-1].end > 2:
            return None
        end = self.tokens[group.next + 1].start if group.next + 1 < len(self.tokens) else len(self.text)
        return following(self.text, token.end, min(end, token.end + 60), False)
