"""Tell what somebody changed in a Word brief: its numbers, quotations and citations against the edition it was."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from briefings.audit.edited_changes import Change, around, changes
from briefings.audit.edited_flow import Passage, Zone
from briefings.audit.edited_known import Known, is_data
from briefings.audit.edited_pair import FAR, Pairing, Piece, likeness, pair, pieces
from briefings.audit.edited_quotes import broken, quotations
from briefings.audit.edited_read import Manuscript, manuscript
from briefings.audit.edited_words import Word, amount, bare, words
from briefings.audit.expected import entries
from briefings.records.briefing import Briefing
from briefings.records.edit import Edit, EditKind, EditReport
from briefings.records.fact import Fact

GROUPS: tuple[tuple[Zone, ...], ...] = (
    ("body", "note"),
    ("hidden",),
    ("margin",),
    ("comment",),
    ("contents",),
    ("aside",),
)
"""What is set against each other; words that change from one group to another have gone from the one and come to the other."""
ONCE: frozenset[Zone] = frozenset(("margin", "aside"))
"""Where programs say the same words once or several times as they like."""
CLAUSE = ",;。；，:：\n"
HELD = frozenset(("altered", "added", "quotation", "citation_altered", "citation_dangling"))
REASONS: dict[str, str] = {
    "altered": "数改了",
    "added": "简报里没有这个数，也找不到来源",
    "removed": "数删了",
    "rewritten": "同一个数换了写法",
    "citation_altered": "改引了另一条来源",
    "citation_removed": "来源编号删了",
    "citation_added": "加引了一条来源",
    "reworded": "文字改了",
}


@dataclass(frozen=True, slots=True)
class _At:
    """An edit and where it comes in the list."""

    order: tuple[int, int, int]
    edit: Edit


def edited(
    file: str, data: bytes, original: bytes, briefing: Briefing, edition: str, facts: Iterable[Fact],
    source: Callable[[Fact], str],
) -> EditReport:  # fmt: skip
    """Every change of the Word file ``data`` against ``original``, the one that ``edition`` of ``briefing`` holds.

    ``facts`` are all the workspace knows; ``source`` says where one of them stands. Raises ``ValueError`` for bytes that
    are no Word file.
    """
    old, new = manuscript(original), manuscript(data)
    known = Known(facts)
    found: list[_At] = []
    for number, zones in enumerate(GROUPS):
        olds, news = _group(old, zones), _group(new, zones)
        if "contents" in zones:
            news = _own_words(news, new)
        pairing = pair(olds, news)
        if zones[0] in ONCE:
            pairing = _with_likest(olds, news, pairing)
        found += _of_pairing(number, olds, news, pairing, known, source, briefing)
    edits = [at.edit for at in sorted(found, key=lambda at: at.order)]
    told = {(e.place, e.now) for e in edits if e.kind == "citation_altered"}
    edits += [e for e in _dangling(new, old, briefing) if (e.place, e.now) not in told]
    edits += _besides(old, new)
    return EditReport(file, briefing.id, edition, _count(new), tuple(dict.fromkeys(edits)))


def _with_likest(olds: Sequence[Piece], news: Sequence[Piece], pairing: Pairing) -> Pairing:
    """The pairing with what came compared with the likest there was, though that has a partner already."""
    found: list[tuple[int, int]] = []
    for j in pairing.come:
        best = max(range(len(olds)), key=lambda i: likeness(olds[i], news[j]), default=-1)
        if best >= 0 and likeness(olds[best], news[j]) >= FAR:
            found.append((best, j))
    come = tuple(j for j in pairing.come if j not in {j for _, j in found})
    return Pairing(tuple(sorted((*pairing.pairs, *found))), pairing.moved, pairing.gone, come)


def _group(of: Manuscript, zones: Sequence[Zone]) -> list[Piece]:
    kept = [p for p in of.passages if p.zone in zones]
    if zones[0] in ONCE:
        kept = list({("\x1f".join(map(bare, p.cells)), p.row): p for p in reversed(kept)}.values())[::-1]
    return pieces(kept)


def _own_words(entries_: list[Piece], new: Manuscript) -> list[Piece]:
    """The entries of the contents that are not the headings and captions of the file itself, however numbered."""
    lines = {bare(p.cells[0]) for p in new.passages if p.zone == "body" and not p.row}
    return [
        p
        for p in entries_
        if not any(line and p.key.endswith(line) and not _digits(p.key[: -len(line)]) for line in lines)
    ]


def _digits(numbering: str) -> bool:
    return any(c.isdecimal() for c in numbering.rstrip(".．、)） ").lstrip("(（")) and len(numbering) > 4


def _of_pairing(
    group: int, olds: Sequence[Piece], news: Sequence[Piece], pairing: Pairing, known: Known,
    source: Callable[[Fact], str], briefing: Briefing,
) -> list[_At]:  # fmt: skip
    found: list[_At] = []
    aside = GROUPS[group][0] in ("aside", "contents")
    spoilt = broken(olds, news, pairing, quotations(briefing)) if not aside else {}
    told: set[int] = set()
    for i, j in (*pairing.pairs, *pairing.moved):
        old, new = olds[i], news[j]
        order = (group, j, 1)
        passage = old.passage
        for change in changes(old, new):
            if change.kind == "reworded" and (passage in spoilt or aside):
                continue
            found.append(_At(order, _edit(change, old, new, known, source)))
        if passage in spoilt and passage not in told and old.key != new.key:
            told.add(passage)
            found += [
                _At(order, Edit("quotation", new.where.place, quote, now, "", "引文不是原话了", held=True))
                for quote, now in spoilt[passage]
            ]
    still = {(i, j) for i, j in pairing.moved if olds[i].key == news[j].key}
    for i, j in sorted(still):
        if not aside and len(news[j].key) > 1:
            place = f"{olds[i].where.place} → {news[j].where.place}"
            found.append(_At((group, j, 2), Edit("moved", place, "", "", _short(news[j]), "原话挪了位置")))
    if aside:
        return found + [
            _At((group, j, 3), e) for j in pairing.come for e in _come(news[j], known, source, told=False)
        ]
    for j in pairing.come:
        found += [_At((group, j, 3), edit) for edit in _come(news[j], known, source, told=True)]
    before = dict(pairing.pairs)
    for i in pairing.gone:
        after = max((before[k] for k in before if k < i), default=-1)
        figures = [amount(olds[i].text(w.cell), w) for w in olds[i].words if w.counts]
        reason = f"删了一句，连同{len(figures)}个数：{'、'.join(figures[:8])}" if figures else "删了一句"
        reason = reason.replace("一句", "一行") if olds[i].where.row else reason
        found.append(
            _At(
                (group, after, 4),
                Edit("sentence_removed", olds[i].where.place, _short(olds[i]), "", "", reason),
            )
        )
    return found


def _edit(change: Change, old: Piece, new: Piece, known: Known, source: Callable[[Fact], str]) -> Edit:
    piece, word = (new, change.new) if change.new else (old, change.old)
    cell = word.cell if word else 0
    kind: EditKind = change.kind
    plain = Edit(
        kind,
        piece.where.where(cell),
        change.was,
        change.now,
        around(piece, word),
        change.reason or REASONS[kind],
    )
    if kind == "added" and change.new and change.new.counts:
        if not is_data(new.text(cell), change.new):
            return replace(plain, kind="reworded", reason="加了日期、编号或名称里的数")
        return _sourced(plain, new, change.new, known, source)
    if kind == "altered" and change.new and not change.reason:
        fact, sure = known.fact(new.text(cell), change.new, " ".join(new.texts))
        if fact and sure:
            plain = replace(plain, reason=f"数改了；现在的数与另一条数据相同：{source(fact)}", fact=fact.id)
    if kind == "reworded":
        return _reworded(plain, old, new, change)
    return replace(plain, held=kind in HELD)


def _reworded(plain: Edit, old: Piece, new: Piece, change: Change) -> Edit:
    """Changed words, and whether they say what a number is of."""
    word = change.old or change.new
    if new.where.row and word and (word.cell == 0 or new.where.place.endswith("第1行")):
        beside = [w for w in old.words if w.counts and w.cell != word.cell]
        if beside or word.cell:
            return replace(plain, reason="数没有改，它的名目改了", held=True)
    piece, at = (new, change.new) if change.new else (old, change.old)
    if at and any(w.counts for w in _clause(piece, at)):
        return replace(plain, reason="文字改了，同一分句里有数，请核对")
    return plain


def _clause(piece: Piece, word: Word) -> list[Word]:
    """The words between the marks around ``word``."""
    text = piece.text(word.cell)
    start = max(text.rfind(mark, 0, word.start) for mark in CLAUSE)
    ends = [at for mark in CLAUSE if (at := text.find(mark, word.start)) >= 0]
    end = min(ends, default=len(text))
    return [w for w in piece.words if w.cell == word.cell and start < w.start < end]


def _sourced(plain: Edit, piece: Piece, word: Word, known: Known, source: Callable[[Fact], str]) -> Edit:
    """An added number with the fact that bears it out, or held."""
    fact, sure = known.fact(piece.text(word.cell), word, " ".join(piece.texts))
    if fact and sure:
        return replace(plain, kind="added_known", reason=f"有来源：{source(fact)}", fact=fact.id)
    if fact:
        reason = f"{REASONS['added']}；数值相同的有“{fact.indicator}”，请核对是不是它：{source(fact)}"
        return replace(plain, kind="added", reason=reason, held=True)
    return replace(plain, kind="added", reason=REASONS["added"], held=True)


def _come(piece: Piece, known: Known, source: Callable[[Fact], str], *, told: bool) -> list[Edit]:
    """What a new sentence or row brings: itself, and every number in it."""
    found = []
    for word in piece.words:
        if word.counts and is_data(piece.text(word.cell), word):
            now = amount(piece.text(word.cell), word)
            plain = Edit("added", piece.where.where(word.cell), "", now, around(piece, word), "")
            found.append(_sourced(plain, piece, word, known, source))
    if told:
        reason = "加了一行" if piece.where.row else "加了一句"
        found.insert(0, Edit("sentence_added", piece.where.place, "", _short(piece), "", reason))
    return found


def _short(piece: Piece) -> str:
    return " | ".join(" ".join(text.split()) for text in piece.texts)[:120]


def _dangling(new: Manuscript, old: Manuscript, briefing: Briefing) -> list[Edit]:
    """Citations that lead nowhere, or elsewhere than their number says."""
    cited = {entry.n for entry in entries(briefing)}
    homes = {link for p in old.passages for link in p.links}
    targets = dict(homes)
    found = []
    for passage in new.passages:
        if passage.zone not in ("body", "note"):
            continue
        for label, anchor in passage.links:
            if not label.startswith("["):
                continue
            if anchor not in new.bookmarks:
                reason = f"链接的去处“{anchor}”不在文件里了"
                found.append(
                    Edit(
                        "citation_dangling",
                        _home(passage, label),
                        label,
                        label,
                        _line(passage),
                        reason,
                        held=True,
                    )
                )
            elif (
                label.startswith("[")
                and targets.get(label, anchor) != anchor
                and (label, anchor) not in homes
            ):
                reason = f"编号是{label}，链接却通到“{anchor}”"
                found.append(
                    Edit(
                        "citation_altered",
                        _home(passage, label),
                        label,
                        label,
                        _line(passage),
                        reason,
                        held=True,
                    )
                )
        for n, cell in enumerate(passage.cells):
            for word in words(cell):
                if word.sort == "citation" and int(word.key[1:-1]) not in cited:
                    reason = "来源里没有这个编号"
                    found.append(
                        Edit(
                            "citation_dangling",
                            passage.where(n),
                            "",
                            word.key,
                            _line(passage),
                            reason,
                            held=True,
                        )
                    )
    return found


def _home(passage: Passage, label: str) -> str:
    """The place of the cell in which a link stands."""
    return passage.where(next((n for n, cell in enumerate(passage.cells) if label in cell), 0))


def _line(passage: Passage) -> str:
    return " | ".join(" ".join(cell.split()) for cell in passage.cells)[:80]


def _besides(old: Manuscript, new: Manuscript) -> list[Edit]:
    """What Word keeps as suggestions, pictures that are others, and what cannot be read."""
    found = []
    earlier = set(old.tracked)
    for one in new.tracked:
        if one in earlier:
            continue
        by = "，".join(filter(None, (one.author, one.date[:10])))
        was, now = ("", one.text) if one.inserted else (one.text, "")
        reason = f"修订标记：{'插入' if one.inserted else '删除'}（{by or '没有署名'}），按接受修订来读"
        found.append(Edit("tracked", one.place, was, now, "", reason))
    found += [
        Edit("picture", "图片", "", digest[:12], "", "图片是新的或换过，里面的数读不出，请看一眼")
        for digest in sorted(set(new.pictures) - set(old.pictures))
    ]
    found += [
        Edit("unread", name, "", "", "", "里面的内容读不出，请看一眼")
        for name in sorted(set(new.unread) - set(old.unread))
    ]
    return found


def _count(new: Manuscript) -> int:
    """How many numbers the file shows."""
    shown = (p for p in new.passages if p.zone in ("body", "note", "margin", "comment", "hidden"))
    return sum(word.counts for p in shown for cell in p.cells for word in words(cell))
