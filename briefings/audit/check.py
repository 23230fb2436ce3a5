"""Read a produced file back and prove every number in it by the briefing it was made from."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from briefings.audit.expected import (
    CUT,
    Order,
    again,
    dates,
    entries,
    expected,
    line_text,
)
from briefings.audit.match import Judged, Printed, judge, printed
from briefings.audit.tokens import NUMBER, has_number, settled, squeezed, tokens
from briefings.audit.units import Unit
from briefings.records.briefing import Briefing, Citation, Figure, Heading, Table
from briefings.records.edition import AuditReport, Finding
from briefings.records.fact import Fact

AROUND = 18
"""Characters of context on each side of a number in a finding."""
ENTRY = 3
"""An entry of the contents takes at most so many lines."""
OFFICE_LABELS = ("【编者按】", "报送：", "抄送：", "Editor’snote:", "To:", "Copies:")
"""What stands before the office's own words."""
OFFICE_LINES = 12
"""Over how many lines words of the office may go."""
OVER_CONTENTS = frozenset({"目录", "图表", "Contents", "Tablesandfigures"})
"""What the layout itself writes over the contents, squeezed."""
PAGE = re.compile(
    r"[—–\-·\s]*(?:第\s*(\d+)\s*页)?(?:[,，/\s]*共\s*(\d+)\s*页)?[—–\-·\s]*"
    r"|[—–\-·\s]*(?:[Pp]age\s*)?(\d+)\s*(?:(?:/|of)\s*(\d+))?[—–\-·\s]*"
)
LEADER = re.compile(r"[\s.．·…_\-—]*(\d{1,4})\s*")
HEADERS = 16
"""A header row takes at most so many lines of a page."""
BACK = re.compile(r"[↩←↑]\s*(?:第\s*(\d+)\s*页|p\.\s*(\d+)|(\d+))")
BULLETS = frozenset("•◦▪·")
"""A list's mark is drawn last where its item goes on on the next page: in the middle of the words."""
MARKER = re.compile(r"\s*[(（]?(\d{1,3})[.．、)）]\s*")


def check(name: str | PurePath, data: bytes, briefing: Briefing, facts: Iterable[Fact] = ()) -> AuditReport:
    """The audit of a produced file: a finding for every number that is not where the briefing has it.

    ``name`` tells the format by its ending (pdf, docx, html, xlsx). ``facts`` are needed for a workbook, which shows more of
    them than the briefing prints. A file that cannot be read is one finding.
    """
    file = PurePath(name).name
    ending = PurePath(name).suffix.lower().removeprefix(".")
    try:
        if ending == "xlsx":
            from briefings.audit.workbook import check_workbook

            return check_workbook(file, data, briefing, tuple(facts))
        units = _reader(ending)(data)
    except ValueError as error:
        return AuditReport(file, 0, (), (Finding(file, "", "", "", str(error)),))
    orders: tuple[Order, ...] = ("sentence", "details")
    reports: list[AuditReport] = []
    for order in orders:
        reports.append(_report(file, units, briefing, order))
        if reports[-1].passed or not entries(briefing):
            break
    best = min(reports, key=lambda report: len(report.findings))
    if ending == "docx":
        return _with_charts(best, data, briefing)
    return _with_attached(best, data, briefing, facts) if ending == "pdf" else best


def _with_charts(report: AuditReport, data: bytes, briefing: Briefing) -> AuditReport:
    """``report`` with the native charts of a Word file."""
    from briefings.audit.read_word_charts import chart_findings

    count, faults = chart_findings(report.file, data, briefing)
    held = count - sum(1 for fault in faults if fault.number)
    origins = (*report.origins, ("chart", held)) if held else report.origins
    return AuditReport(report.file, report.numbers + count, tuple(sorted(origins)), report.findings + faults)


def _with_attached(
    report: AuditReport, data: bytes, briefing: Briefing, facts: Iterable[Fact]
) -> AuditReport:
    """``report`` with what the PDF carries inside."""
    from briefings.audit.attached import attached_faults

    count, faults = attached_faults(report.file, data, briefing, facts)
    origins = (*report.origins, ("attached", count)) if count else report.origins
    return AuditReport(report.file, report.numbers + count, tuple(sorted(origins)), report.findings + faults)


def _reader(ending: str) -> Callable[[bytes], tuple[Unit, ...]]:
    if ending == "pdf":
        from briefings.audit.read_pdf import pdf_units

        return pdf_units
    if ending == "docx":
        from briefings.audit.read_word import word_units

        return word_units
    if ending in ("html", "htm"):
        from briefings.audit.read_html import page_units

        return page_units
    raise ValueError(f"不认识的格式：{ending or '没有扩展名'}")


def _report(file: str, units: Sequence[Unit], briefing: Briefing, order: Order) -> AuditReport:
    phrases = again(briefing)
    squeezed_phrases = sorted({squeezed(p) for p in phrases}, key=len, reverse=True)
    flow: list[Unit] = []
    aside: list[Unit] = []
    origins: Counter[str] = Counter()
    findings: list[Finding] = []
    running: set[str] = set()
    last_page = max((unit.page for unit in units), default=0)
    for unit in units:
        if unit.zone == "margin":
            count = _running(unit, squeezed_phrases, last_page)
            if count is None:
                flow.append(unit)
            else:
                origins["furniture"] += count
                running.add(squeezed(unit.text))
        elif unit.zone == "side":
            aside.append(unit)
        elif unit.text.strip() not in BULLETS:  # a list's mark may be drawn between two lines of its item
            flow.append(unit)
    text = printed(flow)
    headers = {
        squeezed("".join(c.header for c in b.columns)) for b in briefing.blocks if isinstance(b, Table)
    }
    captions = {
        squeezed(f"{mark}{b.number}{b.caption}")
        for b in briefing.blocks
        if isinstance(b, Table)
        for mark in ("表", "Table")
    }
    fresh = {u.page for u in units if u.zone == "margin" and squeezed(u.text) in captions}
    office = _office(briefing)
    furniture, count = _furniture(text, squeezed_phrases, headers - {""}, last_page, fresh, office)
    origins["furniture"] += count
    decided = expected(briefing, order)
    judgements, missing = judge(decided, text, furniture)
    for judged in judgements:
        if (
            judged.origin is None
            and _running(text.units[text.unit[judged.token]], squeezed_phrases, 0) is not None
        ):
            origins["furniture"] += 1  # a title or caption once more, as in a list of figures
        elif judged.origin is None:
            findings.append(_finding(file, text, judged))
        else:
            origins[judged.origin] += 1
    refused = len(findings)
    # A title at the very top of a page has been taken for a running head.
    missing = [place for place in missing if squeezed(decided.lines[decided.line[place]].text) not in running]
    if len(missing) > refused:
        # A number that is printed wrongly is said already; what is left has been dropped.
        for place in missing[: len(missing) - refused]:
            line = decided.lines[decided.line[place]]
            reason = "简报的这个数没有印出"
            findings.append(Finding(file, line.place, decided.tokens[place], line.text[: AROUND * 3], reason))
    allowed = _Said(briefing, phrases)
    for unit in aside:
        bad, good = allowed.judge(unit)
        origins["aside"] += good
        findings += (Finding(file, unit.place, number, context, reason) for number, context, reason in bad)
    numbers = sum(origins.values()) + len(findings)
    return AuditReport(file, numbers, tuple(sorted((+origins).items())), tuple(findings))


def _running(unit: Unit, phrases: Sequence[str], last_page: int) -> int | None:
    """How many numbers a head or foot holds when it says nothing but the briefing's titles and page numbers."""
    rest = squeezed(unit.text)
    for phrase in phrases:
        rest = rest.replace(phrase, " ")
    for label in ("数据截至", "截至", "Dataasof", "Datato", "·"):
        rest = rest.replace(label, " ")
    if rest.strip():
        match = PAGE.fullmatch(rest.strip())
        if not match or unit.zone != "margin":
            return None
        said = [int(group) for group in match.groups() if group]
        if unit.page and said and (said[0] != unit.page or said[1:] not in ([], [last_page])):
            return None
    return len(NUMBER.findall(settled(unit.text)))


def _furniture(
    text: Printed,
    phrases: Sequence[str],
    headers: set[str],
    last_page: int,
    fresh: set[int],
    office: Sequence[str],
) -> tuple[list[bool], int]:
    """Tokens that the layout sets by itself: contents entries, repeated header rows, list markers, the office's own words
    over and under the text; and their numbers.

    On the pages of ``fresh`` a table begins at the very top: its header row is not a repeated one.
    """
    flags = [False] * len(text.tokens)
    starts = [bisect_left(text.unit, at) for at in range(len(text.units) + max(ENTRY, OFFICE_LINES))]
    known = set(phrases)
    seen: set[str] = set()
    held: list[int] = []
    for at, unit in enumerate(text.units):
        said = squeezed(unit.text)
        words = tokens(unit.text)
        span = range(starts[at], starts[at] + len(words))
        entry = [other.text for other in text.units[at : at + ENTRY] if other.page == unit.page]
        lines = next((n for n in range(1, len(entry) + 1) if _entry("".join(entry[:n]), known, last_page)), 0)
        own = _of_office(text.units[at : at + OFFICE_LINES], office, last_page)
        if lines or own:
            held += range(starts[at], starts[at + (lines or own)])
        elif MARKER.fullmatch(said) or said in OVER_CONTENTS:
            held += span
        elif unit.page and unit.page not in fresh and (not at or text.units[at - 1].page != unit.page):
            held += range(starts[at], starts[at + _header_row(text.units[at : at + HEADERS], headers)])
        elif unit.page and said in known:
            # The first time it is the line itself, later a header row or head repeated on another page.
            if said in seen and not has_number(said):
                held += span
            seen.add(said)
        for back in BACK.finditer(settled(unit.text)):
            if int(next(group for group in back.groups() if group)) <= last_page:
                held += (k for k, w in zip(span, words, strict=True) if back.start() <= w.start < back.end())
    for at in held:
        flags[at] = True
    return flags, sum(1 for at in set(held) if text.number[at])


def _office(briefing: Briefing) -> list[str]:
    """The office's own words, and to what day the data go, as they may stand over and under the text; the longest first."""
    words = [*(briefing.masthead.words if briefing.masthead else ()), briefing.office, *OFFICE_LABELS]
    words += briefing.letterhead
    words += [f"{label}{day}" for day in dates(briefing.as_of) for label in ("数据截至", "Data to ")]
    return sorted({squeezed(word) for word in words} - {""}, key=len, reverse=True)


def _of_office(units: Sequence[Unit], office: Sequence[str], last_page: int) -> int:
    """How many lines, from the first, say nothing but the office's words, whole; 0 when they say something else."""
    joined = ""
    for count, unit in enumerate(units, 1):
        joined += squeezed(unit.text)
        rest = joined
        for words in office:
            rest = rest.replace(words, "")
        if not rest.strip("·　"):
            # Elsewhere a line without a figure may be a name in the text.
            return count if has_number(joined) or units[0].page in (1, last_page) else 0
        if not any(words.startswith(rest) for words in office):
            return 0
    return 0


def _header_row(units: Sequence[Unit], headers: set[str]) -> int:
    """How many lines at the top of a page are a table's header row, repeated there; 0 when they are not."""
    joined = ""
    for count, unit in enumerate((*units, Unit("", ""))):
        if joined in headers:
            return count
        joined += squeezed(unit.text)
    return 0


def _entry(line: str, phrases: set[str], last_page: int) -> bool:
    """Whether a line is a title of the briefing, a leader or a blank, and a page number that exists."""
    for cut in range(len(line) - 1, 0, -1):
        match = LEADER.fullmatch(line, cut)
        if not match:
            if not line[cut].isdigit() and line[cut] not in " .．·…_-—\t\u3000":
                return False
            continue
        if squeezed(line[:cut]).rstrip(".·…_-—") in phrases and 1 <= int(match[1]) <= (last_page or 9999):
            return line[cut - 1].isspace() or line[cut] in " .．·…_-—\t\u3000"
    return False


def _finding(file: str, text: Printed, judged: Judged) -> Finding:
    at = judged.token
    unit = text.units[text.unit[at]]
    before = "".join(text.tokens[max(0, at - AROUND) : at])
    after = "".join(text.tokens[at + 1 : at + 1 + AROUND])
    number = text.tokens[at]
    return Finding(file, unit.place, number, f"{before}【{number}】{after}", judged.reason)


class _Said:
    """What may be said aside: in alternative texts, tips of links, bookmarks, properties, charts kept as data."""

    def __init__(self, briefing: Briefing, phrases: Iterable[str]) -> None:
        figures = [block for block in briefing.blocks if isinstance(block, Figure)]
        tables = [block for block in briefing.blocks if isinstance(block, Table)]
        cited = entries(briefing)
        whole = [*phrases, *dates(briefing.as_of), briefing.id, briefing.period]
        whole += [figure.alt for figure in figures] + [figure.subtitle for figure in figures]
        headings = [block for block in briefing.blocks if isinstance(block, Heading)]
        whole += [f.id for f in figures] + [t.id for t in tables] + [h.id for h in headings]
        whole += [line_text(figure.title) for figure in figures] + [table.caption for table in tables]
        numbered = [(("表", "Table"), t.number) for t in tables] + [
            (("图", "Figure"), f.number) for f in figures
        ]
        self.labels = {f"{word}{number}" for both, number in numbered for word in both}
        self.phrases = [squeezed(text) for text in whole if has_number(text)]
        self.cited = [(squeezed(entry.sentence), _details(entry)) for entry in cited]
        self._known: dict[str, tuple[list[tuple[str, str, str]], int]] = {}

    def judge(self, unit: Unit) -> tuple[list[tuple[str, str, str]], int]:
        """The numbers of ``unit`` that nothing allows (number, context, reason), and how many are allowed."""
        said = squeezed(unit.text)
        if said in self.labels:
            return [], len(NUMBER.findall(said))
        if said not in self._known:
            self._known[said] = self._judge(said)
        return self._known[said]

    def _judge(self, said: str) -> tuple[list[tuple[str, str, str]], int]:
        numbers = list(NUMBER.finditer(said))
        if not numbers:
            return [], 0
        covered = [False] * len(said)
        for phrase in self._parts(said):
            at = said.find(phrase)
            while at >= 0:
                end = at + len(phrase)
                cuts_left = at > 0 and said[at - 1].isdecimal() and phrase[0].isdecimal()
                cuts_right = end < len(said) and said[end].isdecimal() and phrase[-1].isdecimal()
                if not cuts_left and not cuts_right:
                    covered[at:end] = [True] * len(phrase)
                at = said.find(phrase, at + 1)
        bad = []
        for number in numbers:
            if not all(covered[number.start() : number.end()]):
                context = said[max(0, number.start() - AROUND) : number.end() + AROUND]
                bad.append((number[0], context, "说明文字里的数不是简报的"))
        return bad, len(numbers) - len(bad)

    def _parts(self, said: str) -> list[str]:
        """The phrases to look for: beside a cited sentence only its own number and place, else those of any citation.

        Of a sentence that is cut short at the end as much is looked for as stands there.
        """
        body = said.removesuffix(CUT)
        own: list[str] = []
        for sentence, details in self.cited:
            stands = sentence
            if body != said and sentence not in said:
                at = body.find(sentence[:8])
                stands = body[at:] if at >= 0 and sentence.startswith(body[at:]) else ""
            if stands and stands in said:
                own += [stands, *details]
        return self.phrases + (own or [part for _, details in self.cited for part in details])


def _details(entry: Citation) -> list[str]:
    parts = (f"[{entry.n}]", entry.title, entry.issuer, entry.period, entry.source_name, entry.place)
    return [squeezed(part) for part in parts if has_number(part)]
