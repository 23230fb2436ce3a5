"""What became of plans, on two summaries of an invented office: by number, by name, by a person, and not by theme."""

from dataclasses import replace
from typing import Literal

import pytest

from briefings import compare, pipeline
from briefings.compare.schedule import due, elapsed
from briefings.records.comparison import Promise
from briefings.records.decision import Decision
from briefings.records.document import Document, Span
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.records.tracker import Tracker

Verdict = Literal["confirm", "change", "reject", "undo"]
ORDER = Order("water", "tracker", "打算跟踪", ("2020-H1", "2021-H1"))

BEFORE = """云河市水务局2020年上半年工作总结
2020-07-20
一、主要工作
上半年,全市新建供水管网45.6公里,改造老旧管网22公里。
二、下步打算
(一)年内新建供水管网120公里。
(二)到2021年6月底完成老旧小区二次供水改造80个。
(三)到2021年6月底,供水服务热线办结时限压缩至24小时以内。
(四)尽快出台《云河市节约用水管理办法》。
(五)继续开展“清河净湖”专项行动。
(六)年底前建成东山应急备用水源地1处。
(七)加快推进引江济云3号泵站建设。
(八)推动智慧水务平台建设。
(九)认真贯彻落实市委、市政府决策部署,为全市发展作出新的更大贡献。
"""
AFTER = """云河市水务局2021年上半年工作总结
2021-07-22
一、主要工作
上半年,全市新建供水管网66公里。去年新建供水管网131.5公里,超额完成120公里的年度任务。
累计完成老旧小区二次供水改造62个,占80个目标任务的77.5%,受管材涨价影响,进度慢于预期。
供水服务热线办结时限压缩至20小时以内。
《云河市节约用水管理办法》经市政府批复,自五月起施行。
深入开展“清河净湖”专项行动,清理河道垃圾3.2万吨。
加快推进引江济云5号泵站建设。
智慧校园平台投入使用。
二、下步打算
(一)年底前建成智慧水务平台,接入监测点600个。
"""


def read(text: str, name: str) -> tuple[Document, Material]:
    """A document with all that was found in it."""
    reading, findings = pipeline.read(text.encode(), name)
    (document,) = reading.documents
    facts, measures = findings[0].facts, findings[0].measures
    material = Material(ORDER, (document,), facts, measures, {document.sha256: reading.source}, {}, (), ())
    return document, material


def gathered(before: str = BEFORE, after: str = AFTER) -> Material:
    """Both summaries as an order's material."""
    (old, one), (new, other) = read(before, "a.txt"), read(after, "b.txt")
    return replace(
        one,
        documents=(old, new),
        facts=(*one.facts, *other.facts),
        measures=(*one.measures, *other.measures),
        sources={**one.sources, **other.sources},
    )


@pytest.fixture(scope="module")
def material() -> Material:
    """Both summaries."""
    return gathered()


@pytest.fixture(scope="module")
def tracked(material: Material) -> Tracker:
    """Their follow-up."""
    return compare.tracker(material)


def promise(tracked: Tracker, words: str) -> Promise:
    """The promise that holds these words."""
    (found,) = (f.promise for f in tracked.followed if words in f.promise.plan.text)
    return found


def test_every_item_is_a_promise_but_the_formula(tracked: Tracker) -> None:
    """Eight items promise something; the ninth is a bow."""
    assert len(tracked.followed) == 8
    assert all("决策部署" not in f.promise.plan.text for f in tracked.followed)


def test_a_year_is_answered_by_the_number_of_that_year(tracked: Tracker) -> None:
    """Not by the running half-year, though it stands first."""
    found = promise(tracked, "120公里")
    assert found.outcome is not None
    assert (found.state, found.outcome.value, found.confidence) == ("done", "131.5", "high")
    assert found.cue == "超额完成"


def test_a_target_that_was_due_and_missed_is_behind(tracked: Tracker) -> None:
    """With the completion the source states, its own words and its own reason."""
    found = promise(tracked, "二次供水改造80个")
    assert found.completion is not None
    assert (found.state, found.completion.value, found.schedule) == ("behind", "77.5", 100.0)
    assert found.cue == "慢于预期"
    (lag,) = tracked.lagging
    assert lag.reason is not None
    assert lag.reason.text == "受管材涨价影响"


def test_an_upper_bound_is_met_from_above(tracked: Tracker) -> None:
    """Twenty hours are within twenty-four."""
    assert promise(tracked, "24小时以内").state == "done"


def test_a_title_answers(tracked: Tracker) -> None:
    """What was to be issued was approved."""
    found = promise(tracked, "节约用水管理办法")
    assert (found.state, found.cue, found.target) == ("done", "批复", None)


def test_what_is_to_go_on_is_never_done(tracked: Tracker) -> None:
    """A campaign that goes on is on track."""
    assert promise(tracked, "清河净湖").state == "on_track"


@pytest.mark.parametrize("words", ["东山应急备用水源地", "3号泵站", "智慧水务平台"])
def test_a_like_matter_is_no_answer(tracked: Tracker, words: str) -> None:
    """Nothing is said of the reservoir; another pumping station, another platform are no answer."""
    found = promise(tracked, words)
    assert (found.state, found.answer) == ("not_mentioned", None)


def test_what_is_planned_again_is_shown_beside(tracked: Tracker) -> None:
    """A plan that comes back among the plans is not answered, but a reader is led to it."""
    (found,) = (f for f in tracked.followed if "智慧水务平台" in f.promise.plan.text)
    assert found.again
    assert found.related is not None
    assert "智慧水务平台" in found.related.text


def test_answers_stand_in_the_source(material: Material, tracked: Tracker) -> None:
    """The spans of plans and answers give their words."""
    sources = {d.id: material.sources[d.sha256].text for d in material.documents}
    for followed in tracked.followed:
        for measure in (followed.promise.plan, followed.promise.answer, followed.reason):
            if measure:
                assert sources[measure.document][measure.span.start : measure.span.end] == measure.text


def test_new_commitments_with_their_deadlines(tracked: Tracker) -> None:
    """What the later summary promises."""
    assert [(a.plan.text, a.due) for a in tracked.ahead] == [
        ("年底前建成智慧水务平台", "2021"),
        ("接入监测点600个", "2021"),
    ]


def test_one_period_is_listed_and_not_judged(material: Material) -> None:
    """Without a later document nothing is followed."""
    old = material.documents[0]
    found = compare.tracker(replace(material, documents=(old,)))
    assert (found.followed, found.prior, len(found.ahead)) == ((), (), 8)


def test_half_of_the_year_is_the_schedule_of_a_half_year() -> None:
    """The same year's half: 40 of 100 is behind, 55 of 100 on track."""
    plan = "云河市水务局2021年第一季度工作总结\n2021-04-10\n一、主要工作\n完成巡查12次。\n二、下步打算\n(一)全年改造泵站100座。\n"
    told = "云河市水务局2021年上半年工作总结\n2021-07-22\n一、主要工作\n上半年,改造泵站{n}座。\n二、存在问题\n资金不足。\n"
    for n, state in (("40", "behind"), ("55", "on_track"), ("103", "done")):
        both = gathered(plan, told.format(n=n))
        order = replace(ORDER, periods=("2021-Q1", "2021-H1"))
        (found,) = compare.tracker(replace(both, order=order)).followed
        assert (found.promise.state, found.promise.schedule) == (state, 50.0)


def decision(
    material: Material, found: Promise, verdict: Verdict, words: str = "", state: str = ""
) -> Decision:
    """A decision of 李明 that ``words`` of the later document answer."""
    later = material.documents[1]
    text = material.sources[later.sha256].text
    span = Span(text.index(words), text.index(words) + len(words)) if words else None
    return Decision(
        1, found.id, verdict, later.id if words else "", span, words, state, "李明", "核对", "2021-08-01T00:00:00+00:00",
        found.plan.document, found.plan.text,
    )  # fmt: skip


def test_a_person_changes_the_answer(material: Material, tracked: Tracker) -> None:
    """The sentence and the state a person names count, and the name is kept."""
    old = promise(tracked, "东山应急")
    made = decision(material, old, "change", "智慧校园平台投入使用", "done")
    found = promise(compare.tracker(replace(material, decisions=(made,))), "东山应急")
    assert found.answer is not None
    assert (found.answer.text, found.state, found.decided) == ("智慧校园平台投入使用", "done", "李明")


def test_a_person_rejects_and_takes_back(material: Material, tracked: Tracker) -> None:
    """After a rejection nothing answers; after that is undone the rules count again."""
    old = promise(tracked, "120公里")
    no = decision(material, old, "reject")
    found = promise(compare.tracker(replace(material, decisions=(no,))), "120公里")
    assert (found.state, found.answer, found.decided) == ("not_mentioned", None, "李明")
    back = replace(no, id=2, verdict="undo")
    assert promise(compare.tracker(replace(material, decisions=(no, back))), "120公里") == old


def test_a_confirmed_match_keeps_its_number(material: Material, tracked: Tracker) -> None:
    """Confirmed, the answer stays what it was, and says who confirmed it."""
    old = promise(tracked, "120公里")
    assert old.answer is not None
    yes = decision(material, old, "confirm", old.answer.text)
    found = promise(compare.tracker(replace(material, decisions=(yes,))), "120公里")
    assert (found.outcome, found.state, found.decided) == (old.outcome, "done", "李明")


def test_a_changed_sentence_drops_the_decision_and_says_so(material: Material, tracked: Tracker) -> None:
    """A decision holds only while the words it was made by stand at their place."""
    old = promise(tracked, "120公里")
    assert old.answer is not None
    stale = replace(decision(material, old, "confirm", old.answer.text), text="去年新建供水管网130公里")
    found = compare.tracker(replace(material, decisions=(stale,)))
    assert promise(found, "120公里").decided == ""
    assert [p.code for p in found.problems] == ["decision_dropped"]
    gone = replace(stale, promise="p0")
    assert [p.code for p in compare.tracker(replace(material, decisions=(gone,))).problems] == [
        "decision_void"
    ]


@pytest.mark.parametrize(
    ("text", "period", "annual"),
    [
        ("年内建成", "2020", True),
        ("年底前建成", "2020", False),
        ("到2021年6月底建成", "2021-M06", False),
        ("9月底前建成", "2020-M09", False),
        ("2021年一季度前提请审议", "2021-M03", False),
        ("明年上半年建成", "2021-M06", False),
        ("三年内建成", "2023", False),
    ],
)
def test_deadlines(text: str, period: str, annual: bool) -> None:
    """Said by a document of 2020-H1."""
    found = due(text, "2020-H1")
    assert found is not None
    assert (found.period, found.annual) == (period, annual)


def test_no_deadline_where_none_is_said() -> None:
    """A year in a name is none."""
    assert due("审议2020年工作要点", "2020-H1") is None
    assert due("谋划近三年的重点项目", "2020-H1") is None


def test_how_much_of_a_year_has_gone_by() -> None:
    """Quarter, half, three quarters, all."""
    assert [elapsed(p) for p in ("2021-Q1", "2021-H1", "2021-Q3", "2021")] == [25.0, 50.0, 75.0, 100.0]
