"""Press conferences: who speaks, and what part the words have."""

from briefings.records.document import Document
from briefings.structure import read

LINES = """望海区“稳增长”新闻发布会
主持人：各位记者朋友，大家上午好！今天邀请到望海区商务局局长李晓东同志。
李晓东：各位媒体朋友，大家好。2022年上半年，全区进出口额120亿元，同比增长8%。
一是稳主体。走访企业460家。
二是拓市场。组织企业参展35场。
下一步，我们将继续开拓市场，力争全年增长10%。
主持人：感谢李晓东局长。请记者提问。
临澜日报记者：请问外贸企业订单情况如何？
李晓东：谢谢提问。新签订单增长6%。
"""


def read_one(text: str) -> Document:
    """The only document of ``text``."""
    (document,) = read(text.encode(), "a.txt").documents
    return document


def roles(document: Document) -> list[tuple[str, str]]:
    """Role and first words of each body paragraph."""
    return [(p.role, p.text[:6]) for p in document.paragraphs if p.kind == "body"]


EXPECTED = [
    ("主持人", "host"),
    ("李晓东", "official"),
    ("主持人", "host"),
    ("临澜日报记者", "reporter"),
    ("李晓东", "official"),
]


def test_turns_and_roles() -> None:
    """The host's words are formula, the reporters' a question, the officials' what was done and what comes next."""
    document = read_one(LINES)
    assert document.genre == "press"
    assert [(t.speaker, t.part) for t in document.turns] == EXPECTED
    found = roles(document)
    assert ("done", "2022年上") in found
    assert ("plan", "下一步，我们") in found
    assert ("question", "临澜日报记者") in found
    assert ("boilerplate", "主持人：各位") in found
    assert document.place is not None and document.place.value == "望海区"
    assert document.issuer is not None and document.issuer.value == "望海区人民政府"
    assert document.period is not None and document.period.value == "2022-H1"


def test_a_transcript_on_one_line() -> None:
    """Without any line break the same turns and roles are found."""
    document = read_one(LINES.replace("\n", " "))
    assert [(t.speaker, t.part) for t in document.turns] == EXPECTED
    assert [role for role, _ in roles(document)] == [role for role, _ in roles(read_one(LINES))]


def test_questions_without_names() -> None:
    """A paragraph that asks is a reporter's, what follows an official's."""
    document = read_one(
        "7月20日，望海区召开稳增长新闻发布会，望海区商务局局长介绍情况，并回答记者提问。\n"
        "大家都关心外贸。请问上半年全区外贸增长8%的原因是什么？\n"
        "2022年上半年，望海区进出口额120亿元。望海区组织企业参展35场，望海区外贸稳中向好。\n"
    )
    assert [t.part for t in document.turns] == ["reporter", "official"]
    assert [role for role, _ in roles(document)] == ["boilerplate", "question", "done"]
    assert document.published is not None and document.published.value == "2022-07-20"


def test_a_word_before_a_colon_is_no_speaker() -> None:
    """其中：, 时间：, 一是： are no names."""
    document = read_one(LINES + "其中：新增企业12家。\n方案：已经印发。\n")
    assert len(document.turns) == 5
