"""What the extractor's own words mean, for people: kinds, rules, flags, registers; what has no word here keeps its own."""

from collections.abc import Mapping
from types import MappingProxyType


def _fixed(words: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(words)


KINDS = _fixed({
    "level": "数值", "rate": "比率", "change": "增减幅度", "delta": "增减量", "gap": "差距", "rank": "位次",
    "completion": "完成率",
})  # fmt: skip
BASES = _fixed({
    "yoy": "同比", "qoq": "环比", "ytd": "较年初", "avg2y": "两年平均", "other": "与所说的时候相比", "plan": "对照计划",
})  # fmt: skip
PARAGRAPHS = _fixed({
    "title": "标题", "date": "日期行", "contents": "目录行", "heading": "小标题", "body": "正文", "caption": "图表标题或页面文字",
    "cell": "表格",
})  # fmt: skip
ROLES = _fixed({
    "done": "已做的工作", "problem": "存在的问题", "plan": "下步打算", "question": "提问", "boilerplate": "套话",
})  # fmt: skip
RULES = _fixed({
    "level": "名称加数值", "counted": "数了多少个", "of": "某物的某量", "part": "其中的一部分", "reach": "升降到某数", "table": "表格",
    "rate": "比率", "share": "占比", "ratio": "比例", "index": "指数", "times_of": "相当于几倍", "comparator": "比较对象自己的数",
    "completion": "计划完成率", "rank": "位次", "places": "位次进退", "gap": "与他处的差距", "points": "升降几个百分点",
    "change": "增减幅度", "rate_change": "比率的增减", "doubling": "翻番", "growth_noun": "增速、增幅", "growth_after": "增幅在后",
    "object_cut": "压减的比例", "delta": "增减了多少", "more": "多了或少了多少", "against_time": "与某时相比", "contribution": "拉动或贡献",
    "duration": "时长", "apart": "两者相差", "correction": "人工更正",
})  # fmt: skip
"""The rule that made a fact."""
FLAGS = _fixed({
    "name_inferred": "名称由上下文推定", "basis_default": "没有写明与何时相比，按同比理解", "basis_carried": "与何时相比沿用前文",
    "distributed": "一列数依次分给一列名称", "distributed_back": "一列数依次分给前文的指标",
    "distribution_unclear": "一列数与名称对不齐", "unit_inferred": "单位由上下文推定", "unit_mismatch": "单位与所说的量不相称",
    "unit_missing": "缺单位", "period_unclear": "时期不明确", "chinese_numeral": "汉字数字", "compound": "亿、万合写的数",
    "percent_for_points": "原文写作%，可能应为个百分点", "header_carried": "表头沿用前一张表", "corrected": "人工更正",
})  # fmt: skip
REGISTERS = _fixed({
    "scope": "所说的地方", "subject": "句子的主语", "near": "只管下一个数的地方", "period": "时期", "topic": "句首的时期",
    "moment": "句首的日期", "topics": "前一个句首时期", "once": "只管下一个数的时期", "due": "期限", "doubt": "时期管到哪里未定",
    "left_year": "已离开上年", "ends": "起止时期", "head": "正在说的指标", "before": "上一分句的指标", "parent": "“其中”的总体",
    "matter": "所说的事", "rate": "上一个比率", "growth": "上一个增速", "basis": "与何时相比", "rank_set": "排位的范围",
    "among": "在多少个之中", "future": "说的是将来", "within": "所属的总体", "times": "读到的时期", "rest": "还没分到数的名称",
    "facts": "刚读出的数", "chain": "连着说的名称", "above": "上一级地方", "viewed": "本分句所说的比较角度",
    "grows": "按增速排位", "bodies": "并列的几个地方", "counted": "在多少个之中的原话",
})  # fmt: skip
"""What is carried from one number of a line to the next."""
STEPS = _fixed({
    "amounts.read_amount": "带单位的数", "amounts.read_plain": "不带单位的数", "amounts.read_rank": "位次", "amounts.read_duration": "时长",
    "amounts.level": "数值", "amounts.delta": "增减了多少", "amounts.more": "多了或少了多少", "amounts.amount_gap": "与他处差多少",
    "shares.read_percent": "百分数", "shares.read_rate": "比率", "shares.share": "占比", "shares.completion": "计划完成率",
    "shares.comparator": "比较对象自己的数", "shares.of_chain": "末一个名称后的比率归各项", "shares.with_following": "名称在数后的比率",
    "shares.without_rate": "完成的是事，不是它的比率", "growth.read_change": "增减幅度", "growth.read_points": "百分点",
    "growth.read_gap": "与他处的差距", "growth.read_doubling": "翻番", "growth.rate_change": "比率的增减", "growth.contribution": "拉动或贡献",
    "growth.against_time": "与某时相比", "growth.is_month_before": "与上月相比", "growth.basis_before": "数前写明与何时相比",
    "growth.elided": "省去的指标沿用前一个", "growth.points_targets": "百分点归哪个指标", "growth.others": "比较的是哪些地方",
    "choosing.choose": "名称在数的左边还是右边", "choosing.counted": "右边被数的东西", "choosing.counted_next": "下一个数后面的名词",
    "choosing.same_fund": "同一本账的另一面", "choosing.goal": "数了来做什么", "choosing.is_said": "数前的话是前一个数的名称",
    "choosing.next_has_it": "数前的话是下一个数的名称", "choosing.shared_predicate": "末一个数后的话归各项", "choosing.after": "数后的名词",
    "counted.following": "单位后面的名词", "counted.extended": "单薄的名词连同谓语", "counted.head_of": "“的”后面的中心词",
    "counted.is_bare": "名词太单薄", "counted.noun_of": "被数的名词", "counted.predicate_of": "名词后的谓语",
    "counted.participle": "数后没有名词的谓语", "counted.starts_with_verb": "数后是动词", "counted.verb_before": "数前的动词归入名称",
    "line.said": "前文正在说的指标", "line.own": "数前的名称", "line.when": "时期", "line.whose": "范围", "line.carried": "时期可能没有带过来",
    "line.targets": "一列数各归哪个名称", "line.back": "前文同类的几个数", "line.with_parent": "太宽泛的名称加上所属", "line.matter": "所说的事",
    "line.counted_in": "本句上一个同单位的数", "line.without_place": "名称去掉开头的地名", "line.leave_year": "离开上年",
    "lists.several": "一列名称", "lists.shared": "共用前缀或后缀的名称", "lists.compressed": "缩写的一列名称",
    "names.own": "数前的名词短语", "names.split": "主语与宾语分开", "names.shorten": "过长的名称去掉修饰", "names.is_verb": "名称只是动词",
    "names.is_generic": "名称太宽泛", "names.generic_end": "名称末尾的泛称", "names.ends_with_verb": "数前以动词结尾",
    "names.lacks_measure": "名称缺所量的东西", "names.without_share": "占比所指的东西", "names.last_object": "末一个宾语",
    "names.measure_end": "名称在度量处结束", "names.topic": "句子的话题", "names.is_sum": "名称是合计",
    "names.scope": "开头的地方或层级", "names.skip_leads": "略过开头的时间和连词", "names.lead": "开头的时间或连词",
    "names.light": "略过开头的虚词", "names.after_time": "略过时间", "subjects.subject": "句子的主语",
    "subjects.hinted": "可能有主语", "subjects.follows": "主语后的动作", "subjects.is_kind": "只是一类主体",
    "subjects.begins_otherwise": "不以主语开头", "line.own_place": "开头的本地简称", "line.short": "地名简称", "line.turn": "换主语",
    "choosing.noun": "被数的东西去掉动作", "counted.noun_end": "名词到哪里为止", "lists.parts": "一列名称的各项",
    "growth.emit_gaps": "列出差距", "amounts.before": "前一个数",
})  # fmt: skip
"""The functions of the grammar, as ``Step.rule`` names them."""
