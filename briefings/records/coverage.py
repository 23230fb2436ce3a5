"""What became of every number of a source, and how the extractor came to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from briefings.records.document import ParagraphKind, Role, Span

Outcome = Literal["fact", "masked", "unknown"]

REASONS: Mapping[str, str] = MappingProxyType({
    "date": "日期或时间",
    "item": "条目编号",
    "title": "书名号里的名称",
    "quote": "引号里的名称",
    "paper": "文号",
    "phone": "电话",
    "code": "型号、代码或编号",
    "ordinal": "名称或次序里的序数",
    "named": "名称里的数字",
    "threshold": "限定条件",
    "duration": "时限或时长",
    "reference": "图表、附件的编号",
    "rejected": "人工更正时剔除",
    "repeated": "与前文重复",
    "heading": "文件标题",
    "dateline": "日期行",
    "contents": "目录与页码",
    "caption": "图表标题、单位、注释或页面文字",
    "header": "表头",
    "label": "表格的行名",
    "outside": "不属于任何一篇正文",
})  # fmt: skip
"""Why a number is masked, by the code a ``Mention`` carries, in words for people."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of the source, ``text`` at ``[start, end)``, with the one thing that became of it.

    ``fact`` is the id of the fact that holds it where ``outcome`` is ``fact``; ``reason`` is a key of ``REASONS`` where it
    is ``masked``; both are empty where the number was not understood (``unknown``).
    """

    start: int
    end: int
    text: str
    outcome: Outcome
    reason: str = ""
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A rule of the grammar that was tried: how deep it was called, what it is for, what it gave."""

    depth: int
    rule: str
    says: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A token or a mask of the sentence: what it was taken for, its words, its place in the source."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the extractor did at one place.

    ``sentence`` are the logical words around it, ``tokens`` what the lexer saw in them, ``before`` and ``after`` the
    registers around the reading of the number, ``steps`` the rules tried in order. ``facts`` are the ids of what came
    of it; ``verdict`` says it in a sentence for people, with the reason where there is no fact.
    """

    document: str
    offset: int
    place: str
    mention: Mention | None
    kind: ParagraphKind | None
    role: Role | None
    path: tuple[str, ...]
    speaker: str
    sentence: str
    tokens: tuple[Seen, ...]
    before: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    after: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    verdict: str
