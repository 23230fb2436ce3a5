"""Who issued a document, about which place and period, when, and what kind of document it is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefings.records.document import Attribute, Genre, Span
from briefings.structure import marks, offices, periods, titles
from briefings.structure.compilation import Segment
from briefings.structure.joining import Passage
from briefings.structure.lines import ends_sentence, is_date
from briefings.structure.settled import Settled
from briefings.structure.titles import FRONT, Title

_RANKING = re.compile(
    r"榜单|榜首|夺魁|登顶|摘星|排名|排行|位居榜首|考核结果|考核成绩|成绩单|名列前茅|夺冠|挂旗"
)
_PRESS = re.compile(
    r"新闻发布会|新闻通气会|媒体见面会|答记者问|记者会|吹风会|新闻办.{0,20}(?:召开|举行)|发布会"
)
_COMMUNIQUE = re.compile(r"统计公报|经济运行情况|主要经济指标|主要统计数据|经济运行简况|月报|统计局")
_REPORT = re.compile(r"政府工作报告|人民代表大会.{0,12}(?:会议)?上|向大会报告|计划执行情况|预算执行情况")
_SUMMARY = re.compile(
    r"总结|工作情况|工作打算|小结|工作要点|工作进展|工作汇报|工作报告|述职|情况的?(?:报告|汇报)"
)
_BYLINE = re.compile(r"^(?P<media>[\u4e00-\u9fff/／、·\s]{2,30}?)\s*(?:首席)?记者\s*[\u4e00-\u9fff\s]{2,12}$")
_SITE = re.compile(r"([\u4e00-\u9fff]{2,4}[市区县州])(?:人民政府|政府|[\u4e00-\u9fff]{2,8}[局委网])")
_SOURCE = re.compile(r"^(?:信息)?来源\s*[:：]\s*(?P<name>[\u4e00-\u9fff（）()]{3,30})$")
_REVIEW = re.compile(
    r"((?:19|20)\d{2})年(?:度)?(上半年|前三季度|[一二三四]季度)?[^，。、]{0,10}?(?:工作)?(?:回顾|总结|完成情况|进展情况|执行情况|主要工作|工作情况)"
)
_OFFICIAL = re.compile(
    r"([\u4e00-\u9fff]{2,4}[市区县州])(?:委(?:副)?书记|政府(?:副)?[市区县州]长|委常委|[市区县]长|人民政府|政府)"
)
_HOST = re.compile(
    r"([\u4e00-\u9fff]{2,4}[市区县州])(?:政府)?专场|邀请到[^。]{0,20}?([\u4e00-\u9fff]{2,4}[市区县州])"
)


class Metadata(NamedTuple):
    """What is known of a document; ``titles`` are the offsets of the lines its title is made of."""

    title: Attribute
    issuer: Attribute | None
    place: Attribute | None
    period: Attribute | None
    published: Attribute | None
    genre: Genre
    titles: frozenset[int]
    flags: tuple[str, ...]


class _View(NamedTuple):
    """A document as the rules look at it: passages, and their text in one string with the way back."""

    passages: Sequence[Passage]
    text: str
    starts: list[int]

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]`` (inside one passage)."""
        from bisect import bisect_right

        index = bisect_right(self.starts, start) - 1
        passage, base = self.passages[index], self.starts[index]
        last = min(end - 1 - base, len(passage.text) - 1)
        return Span(passage.source(start - base), passage.source(last) + 1)


def describe(segment: Segment, passages: Sequence[Passage], settled: Settled) -> Metadata:
    """The metadata of one document, each piece with the rule and the span it came from."""
    view = _view(passages)
    title = titles.find(segment, passages, settled)
    genre = _genre(title.text, view.text)
    place = _place(title.text, title.span, view, genre, settled.title)
    issuer = _issuer(title.text, title.span, view, place, genre)
    if place is None and issuer is not None and (named := offices.prefix(issuer.value)):
        place = Attribute(named, "issuer", issuer.span)
    listed = _published(segment, view)
    latest = int(listed.value[:4]) if listed else None
    period = _period(title, view, genre, latest)
    published = listed or _spoken(view, period)
    flags: tuple[str, ...] = ()
    name = title.text
    if not name:
        flags = ("title_missing",)
        parts = [a.value for a in (issuer or place, period) if a]
        name = "（无题）" + "".join(parts) if parts else "（无题）"
    return Metadata(
        title=Attribute(name, title.rule, title.span),
        issuer=issuer,
        place=place,
        period=period,
        published=published,
        genre=genre,
        titles=title.titles,
        flags=flags,
    )


def _view(passages: Sequence[Passage]) -> _View:
    starts, length = [], 0
    for passage in passages:
        starts.append(length)
        length += len(passage.text) + 1
    return _View(passages, "\n".join(p.text for p in passages) + "\n", starts)


def _genre(title: str, text: str) -> Genre:
    head = title + "\n" + text[:400]
    if _PRESS.search(title) or "答记者问" in head:
        return "press"
    if _COMMUNIQUE.search(title):
        return "communique"
    if _REPORT.search(title) or re.search(
        r"^现在[，,]我代表.{0,20}(?:政府|向大会)", text[:1500], re.MULTILINE
    ):
        return "report"
    if _RANKING.search(title):
        return "ranking"
    if _SUMMARY.search(title):
        return "summary"
    spoken = len(re.findall(r"(?:主持人|记者|发言人)[^。\n]{0,12}[:：]", text[:20_000]))
    if spoken >= 2 or _PRESS.search(head):
        return "press"
    if _RANKING.search(head):
        return "ranking"
    if _COMMUNIQUE.search(head[:200]):
        return "communique"
    if "各位代表" in text[:60_000] or _REPORT.search(head):
        return "report"
    if re.search(
        r"工作(?:完成|开展|进展)?情况|(?:下一?步|下半年)(?:重点)?工作|工作打算|存在(?:的)?(?:主要)?问题", text
    ):
        return "summary"
    return "other"


def _place(title: str, span: Span | None, view: _View, genre: Genre, page: str | None) -> Attribute | None:
    bare = re.sub(r"^[《“\s]+|^\d{4}年(?:上半年|度)?", "", title)
    if genre == "press" and (hosted := _hosted(title, view)):
        return hosted
    named = offices.prefix(bare)
    if named and (len(named) <= 4 or named in offices.PROVINCES or offices.ends_as_office(_head(bare))):
        return Attribute(named, "title", span)
    counts = offices.places(view.text)
    within = [name for name in counts if name in title]
    if within and genre != "ranking":
        return Attribute(max(within, key=lambda name: counts[name]), "title", span)
    if counts:
        best = max(counts, key=lambda name: (counts[name], -view.text.find(name)))
        if counts[best] >= 5:
            return _at(best, "most_named", view)
    if (site := _SITE.search(page or "")) and (named := offices.place_at_end(site.group(1))):
        return Attribute(named, "page_title", None)
    if view.text.count("国务院") >= 2 or view.text.count("我国") >= 5:
        return Attribute("全国", "national", None)
    return None


def _hosted(title: str, view: _View) -> Attribute | None:
    """The place a press conference is about: the one it is held for, or that of its officials."""
    counts = offices.places(view.text)
    front = title + "\n" + view.text[:3000]
    if (match := _HOST.search(front)) and (pick := _known(match.group(1) or match.group(2), counts)):
        return _at(pick, "press_place", view)
    officials = [m.group(1) for m in _OFFICIAL.finditer(view.text[:3000])]
    named = [name for phrase in officials for name in counts if phrase.endswith(name)]
    if named:
        return _at(max(set(named), key=lambda name: (named.count(name), counts[name])), "press_place", view)
    return None


def _head(title: str) -> str:
    """The words of a title before its period: there its issuer stands."""
    cut = r"关于|(?:19|20)\d{2}年|二[〇○零]|上半年|下半年|前三季度|第?[一二三四]季度|政府工作报告"
    return re.split(cut, title)[0].strip()


def _known(phrase: str, counts: dict[str, int]) -> str | None:
    """The place at the end of ``phrase``: the regular expression takes too much on its left."""
    fitting = [name for name in counts if phrase.endswith(name)]
    if fitting:
        return max(fitting, key=lambda name: counts[name])
    return offices.place_at_end(phrase)


def _at(name: str, rule: str, view: _View) -> Attribute:
    at = view.text.find(name)
    return Attribute(name, rule, view.span(at, at + len(name)) if at >= 0 else None)


def _issuer(
    title: str, span: Span | None, view: _View, place: Attribute | None, genre: Genre
) -> Attribute | None:
    where = place.value if place else None
    bare = title.strip("《》“” ")
    head = _head(bare)
    if head and offices.ends_as_office(head):
        return Attribute(offices.canonical(head, where), "title", span)
    led = offices.department(bare, (where,)) if where else None
    if led is not None and led[0] == 0:
        return Attribute(offices.canonical(bare[: led[1]], where), "title", span)
    if genre == "report" and where and "执行情况" in title:
        # The plan's and the budget's reports are given by the office that keeps them, named under the title.
        front = "\n".join(p.text for p in view.passages[:FRONT] if len(p.text) <= 60)
        if (named := offices.department(front, (where,))) is not None:
            words = front[slice(*named)]
            return Attribute(offices.canonical(words, where), "given_by", _at(words, "", view).span)
    if genre == "report" and where and where != "全国":
        return Attribute(where + "人民政府", "report_of_place", place.span if place else span)
    if genre == "press":
        if where and where != "全国":
            return Attribute(where + "人民政府", "press_place", place.span if place else None)
        return None
    for passage in view.passages[-12:]:
        if genre == "ranking" and (match := _BYLINE.match(passage.text)):
            return Attribute(match["media"].strip(), "byline", passage.span)
    for passage in view.passages[: FRONT + 4]:
        if (match := _SOURCE.match(passage.text)) and offices.ends_as_office(match["name"]):
            return Attribute(offices.canonical(match["name"], where), "source_line", passage.span)
    if genre == "communique" and "统计局" in view.text[:2000]:
        at = view.text.index("统计局")
        return Attribute(offices.canonical("统计局", where), "communique", view.span(at, at + 3))
    if genre in ("summary", "other"):
        found = offices.department(view.text[:600], offices.places(view.text)) if genre == "summary" else None
        if found is None:
            for passage in view.passages[-3:]:
                if len(passage.text) <= 30 and offices.ends_as_office(passage.text):
                    return Attribute(offices.canonical(passage.text, where), "signature", passage.span)
            return None
        name = view.text[found[0] : found[1]]
        return Attribute(offices.canonical(name, where), "named_first", view.span(*found))
    return None


def _published(segment: Segment, view: _View) -> Attribute | None:
    for passage in view.passages[:FRONT]:
        if (is_date(passage.text) or re.match(r"(?:发布|发文|成文)?(?:时间|日期)", passage.text)) and (
            found := periods.date(passage.text)
        ):
            base = view.starts[view.passages.index(passage)]
            return Attribute(found.value, "date_line", view.span(base + found.start, base + found.end))
        if len(passage.text) > 120:
            break
    entry = segment.entry
    if entry is not None and entry.date is not None and (found := periods.date(entry.date.text)):
        start = entry.date.start
        return Attribute(found.value, "contents_date", Span(start + found.start, start + found.end))
    for number, passage in enumerate(view.passages[:FRONT]):
        if ends_sentence(passage.text):
            break  # a date inside the text is an event's
        if len(passage.text) <= 120 and (found := periods.date(passage.text)):
            base = view.starts[number]
            return Attribute(found.value, "front_date", view.span(base + found.start, base + found.end))
    for number in range(len(view.passages) - 1, max(-1, len(view.passages) - 5), -1):
        passage = view.passages[number]
        if (
            len(passage.text) <= 40
            and not ends_sentence(passage.text)
            and (found := periods.date(passage.text))
        ):
            base = view.starts[number]
            return Attribute(found.value, "closing_date", view.span(base + found.start, base + found.end))
    return None


def _spoken(view: _View, period: Attribute | None) -> Attribute | None:
    """The day a press conference or report opens with (7月22日下午), in the period's year."""
    if period is None:
        return None
    opening = view.text[:120]
    found = periods.month_day(opening, int(period.value[:4]))
    return Attribute(found.value, "opening_day", view.span(found.start, found.end)) if found else None


def _reviewed(view: _View) -> Attribute | None:
    """The period that a heading or an opening line says is looked back on (一、2023年工作回顾)."""
    for passage in view.passages[:60]:
        if len(passage.text) > 60 or (ends_sentence(passage.text) and marks.at_start(passage.text) is None):
            continue
        if match := _REVIEW.search(passage.text):
            part = periods.part_of(match.group(2)) if match.group(2) else ""
            span = Span(passage.source(match.start()), passage.source(match.end() - 1) + 1)
            return Attribute(periods.joined(int(match.group(1)), part or ""), "reviewed", span)
    return None


def _period(title: Title, view: _View, genre: Genre, latest: int | None) -> Attribute | None:
    review = _reviewed(view)
    named = periods.in_title(title.text)
    if genre == "report" or (named is None and review):
        if review is not None:
            return review
        if named and "政府工作报告" in title.text:
            # A report bears the year it is given in and tells of the year before.
            return Attribute(str(int(named.value[:4]) - 1), "report_year", title.span)
    if named is not None:
        return Attribute(named.value, "title", title.span)
    part = periods.part_of(title.text)
    found = periods.dominating(view.text)
    year = periods.current_year(view.text, latest)
    stated = re.search(r"((?:19|20)\d{2})年(?=上半年|前三季度|第?[一二三四]季度|1[-—–－至]\d)", view.text)
    quarter = part is not None and part.startswith("Q") and (found and found[0] in ("H1", "M01..M09", ""))
    if found is not None and (part is None or quarter):
        part = found[0]
    if stated:
        year = periods.Found(stated.group(1), stated.start(1), stated.end(1))
    if year is None:
        if latest is None or part is None:
            return None
        return Attribute(periods.joined(latest, part), "published_year", found and view.span(*found[1][1:]))
    if part is None:
        return Attribute(year.value, "latest_year", view.span(year.start, year.end))
    rule = "dominating" if found and found[0] == part else "title_part"
    place = view.span(found[1].start, found[1].end) if found else view.span(year.start, year.end)
    return Attribute(periods.joined(int(year.value), part), rule, place)
