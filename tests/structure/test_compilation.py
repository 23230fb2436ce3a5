"""A compilation becomes its documents; a single document stays one."""

from briefings.structure import read

BODY = (
    "今年以来，各项工作有序推进，重点任务完成过半。"
    + "全市上下狠抓落实，推动各项政策措施落地见效，群众满意度不断提升。" * 8
)


def test_documents_dates_and_absent_titles() -> None:
    """Titles of the contents found again are documents; dates at the head belong to titles in order."""
    text = f"""2021-08-16
2021-08-17
2021-08-18
目　录
临澜市教育局2021年上半年工作总结……………3
临澜市科技局2021年上半年工作总结 15
临澜市商务局关于2021年上半年工作情况的报告\t27
临澜市教育局2021年上半年工作总结
{BODY}
临澜市商务局关于２０２１年上半年
工作情况的报告
2021-09-01
{BODY}
"""
    reading = read(text.encode(), "汇编.txt")
    found = [
        (d.ordinal, d.issuer and d.issuer.value, d.published and d.published.value) for d in reading.documents
    ]
    assert found == [(1, "临澜市教育局", "2021-08-16"), (2, "临澜市商务局", "2021-09-01")]
    assert reading.absent == ("临澜市科技局2021年上半年工作总结",)
    assert [p.kind for p in reading.documents[1].paragraphs[:3]] == [
        "title",
        "title",
        "date",
    ] or reading.documents[1].title.value.startswith("临澜市商务局")
    assert "目" not in reading.source.text[slice(*reading.documents[0].span)]


def test_documents_without_a_contents_list() -> None:
    """Several titles of the same make with bodies behind them are several documents."""
    text = f"临澜市教育局2021年上半年工作总结\n{BODY}\n临澜市科技局2021年上半年工作总结\n{BODY}\n"
    assert [d.issuer and d.issuer.value for d in read(text.encode(), "a.txt").documents] == [
        "临澜市教育局",
        "临澜市科技局",
    ]


def test_one_document_with_its_own_contents_stays_one() -> None:
    """A contents list of headings announces no documents."""
    text = f"临澜市教育局2021年工作报告\n目录\n一、主要工作 1\n二、存在问题 5\n三、下步打算 9\n一、主要工作\n{BODY}\n二、存在问题\n{BODY}\n"
    reading = read(text.encode(), "a.txt")
    assert len(reading.documents) == 1
    assert reading.absent == ()


def test_a_title_said_twice_is_one_document() -> None:
    """A page often prints its title above and inside."""
    text = f"临澜市2024年政府工作报告\n首页\n临澜市2024年政府工作报告\n各位代表：\n{BODY}\n"
    (document,) = read(text.encode(), "a.txt").documents
    assert document.title.value == "临澜市2024年政府工作报告"


def test_two_departments_with_one_text_keep_their_own() -> None:
    """What another department says in the same words is no repetition, but it is told; under one title it is one."""
    text = f"临澜市教育局2021年上半年工作总结\n{BODY}\n临澜市科技局2021年上半年工作总结\n{BODY}\n"
    reading = read(text.encode(), "a.txt")
    assert len(reading.documents) == 2
    assert not any(p.repeated for d in reading.documents for p in d.paragraphs)
    (problem,) = [p for p in reading.problems if p.code == "alike"]
    assert problem.start == reading.documents[1].span.start
