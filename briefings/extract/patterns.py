"""The patterns that decide a number's kind from the words before it."""

import re

from briefings.extract.periods import TIME
from briefings.extract.words import any_of, cues

GAP_DOWN = frozenset(cues("gap_down"))
DOWN = frozenset((*cues("down"), *cues("short_down")))
_ADVERB = r"(?:分别|均|都|又|再|继续|大幅|明显|显著|稳步|逆势|也|还|共|总体|则|净|略|小幅|持续|累计|实际|名义|合计|进一步|平均|同步|可比|大约|约|近|已|将|预计|只|仅|有所|快速|高速|平稳|可比口径|同口径|自然口径|剔除[^,，]{2,14}?后?|扣除[^,，]{2,12}?(?:因素|后)|\([^()]{1,8}\)|按[^,，]{1,8}?(?:计算|价格|价|口径)(?:计算)?|(?:经|按)过?季节(?:性)?(?:因素)?调整后?)"
_COMPARED = rf"(?:较|比|与|同|对比|相比|相较于?|和)(?:于)?(?:(?:{TIME}|期初|去年|上年|前年|往年|上期|上轮|预算|[两三四五六七八九十\d]{1, 2}年前|“?十[一二三四五]五”?)(?:的|同期|水平|份|全年|年底|年末|末|底|初|前|执行数|决算数?|预算数?|完成数|实际数)*)+(?:相比|相较|比)?"
BASIS = re.compile(
    rf"(?:(?:{_COMPARED}|同比|环比|年均|(?:近?[两三四五六七八九十2-9]年(?:来)?)(?:年均|平均)|年平均|同期|{_ADVERB})\s*)+$"
)
"""A basis with its adverbs, right before the direction word."""
_TURNS = cues("up"), cues("down"), cues("short_up"), cues("short_down")
_DIRECTION_LAST = frozenset({word[-1] for words in _TURNS for word in words} | set("了度幅率期标"))
_REACH_LAST = frozenset("到至为了约近年月")
_DIRECTION = any_of("up", "down")
DIRECTION = re.compile(
    rf"(?:(?P<word>{_DIRECTION})|(?:^|(?<=[比率量额值入价数末初期均双年月度,，、]))(?P<short>{any_of('short_up', 'short_down')}))(?:了|幅度|幅|率|速度)?(?:预期|预期目标|目标)?$"
)
REACH = re.compile(rf"(?P<word>{any_of('reach')})(?:到了?|至|为)(?:了|约|近|每人每[年月])?$")
COMPLETION = re.compile(
    r"(?:超额完成|完成|占比?|达到?|为|实现)(?:了)?(?P<plan>[^占完,，]{0,14}?(?:计划|目标|任务|(?<!公共)预算(?!收入|支出|内)|指标|进度)[^占完,，]{0,8}?)(?:的|比重|比例|数的|总数的)?$"
)
COMPLETION_RATE = re.compile(r"(?:(?:计划|任务|目标|进度|投资|总体|整改|预算|序时)完成(?:率|比例)?|完成率)$")
SHARE = re.compile(
    r"占(?!比|地|用|有(?!率))(?:到|了|据)?(?P<of>[^占,，]{0,24}?)(?:的)?(?:总)?(?:比重|比例|份额|比)?(?:的|由|从)?$"
)
RATIO_TO = re.compile(r"与(?P<of>[^,，]{2,18})之比$")
GOALS = re.compile(r"(?:预期|主要|奋斗|工作|发展)目标(?:是|为|:|,|，|分别|如下)")
FROM = re.compile(rf"(?:由|从)(?:{TIME}|此前|过去|原来)?的?$")
TIMES_OF = re.compile(r"(?:是|为|相当于|达到?)(?P<of>[^,，]{2,14}?)的(?:近|约|超过?)?$")
BUDGET = re.compile(r"(?P<word>[增减超短欠节多少][收支](?<!税收)(?:出(?!口)|入)?)$")
"""同比|减收, 比预算|短收: more or less was taken in or spent."""
BUDGET_PLAN = re.compile(r"(?:比|较|与|同)(?P<other>[^,，比较]{0,8}?(?:预算|计划|目标|任务)数?)(?:相比)?$")
OVER_PLAN = re.compile(r"(?:超过?|超出|突破|短于|低于)(?P<other>[^,，超]{0,4}(?:预算|计划|目标)数?)$")
ORIGIN = re.compile(
    rf"(?:由|从)(?:{TIME}|此前|过去|原来|原先|起初|[去上前]年)?(?:同期)?(?:的|每[人户亩](?:每[年月天])?|每[年月天])*$"
)
"""The value that something rises or falls from is there already."""
MORE = re.compile(r"(?P<word>多|少)(?P<verb>[\u4e00-\u9fff]{1,5})$")
"""同比多|追回: an adverb and the verb that it says more or less of."""
RECOVERY = re.compile(r"(?:基本|已|将)?恢复(?:到|至)(?:了)?(?P<of>[^,，]{1,14}?)(?:的|水平的)?$")
GAP = re.compile(
    rf"(?P<cue>{any_of('gap_verbs')}|超(?=时序|序时|目标|预期|计划))(?P<other>[^,，高低]{{1,26}}?)$"
)
GAP_THAN = re.compile(
    r"(?:比(?<![同环占对相]比)(?!例|重|率)|较)(?P<other>[^,，]{1,22}?)(?<![提增升新减缩最加放])(?<![^去上前]年)(?P<cue>高|低|快|慢|多|少|好)(?:出|了|约|近)*$"
)
_THAN_LAST = frozenset("高低快慢多少好出了约近")
IS_TIME = re.compile(
    rf"(?:{TIME}|期初|上期|往年|去年|上年|一季度)+(?:的|同期|水平|份|全年|年底|年末|平均|增速|末|底|初|前|实际)*$"
)
CONTRIBUTION = re.compile(
    r"(?P<sign>负向?)?(?:拉动|带动|推动|影响|贡献)(?:了)?(?P<what>[^,，]{0,24}?)(?:增长|上涨|下降|增速|上升|回落)?(?P<by>约|近)?$"
)
RATE_WORD = re.compile(any_of("rate_words") + "$")
GROWTH_NOUN = re.compile(any_of("growth_nouns") + "$")
OBJECT_CUT = re.compile(
    r"(?P<word>降低|减少|压减|压缩|缩短|削减|下降|精简|降|减|节约|节省)(?P<what>[\u4e00-\u9fff]{1,16})$"
)
RANK = re.compile(rf"(?P<cue>{any_of('rank_verbs')})(?P<set>[^,，、]{{0,18}})$")
RANKING = re.compile(
    r"(?:在|于)?(?P<set>[^,，。;\d]{2,18}?(?:榜单?|排名|考核|评价|百强县?|评比))(?:中|上|里)?的?(?:综合)?(?:位次|排名|名次|排位)?(?:稳步|持续|由|从)*(?:第|$)"
)
RANK_SET = re.compile(
    r"(?:全国|全省|全市|全区|世界|全球|亚洲|国内|城市|地市|区市|省份|省级|榜|排名|行业|百强县?|位次)(?:中|排名|榜)?$"
)
INDEX = re.compile(
    r"(?:收入比|之比|指数|CPI|PPI|PMI|系数|比值|得分|评分|GDP|净值|点位)(?:\([^()]*\))?$", re.IGNORECASE
)
# A lookbehind stands after the letters it is said of: a search passes over all letters that begin no alternative.
_BEGUN = "将|计划|启动|新增|建成|完成|实现|引进|开工|安排|实施|开展|打造|培育"
_DONE_BY = "[^,，。;]{0,6}(?:完成|实现|建成|达到|开工|投用|全部|力争)"
FUTURE = re.compile(
    rf"力争|确保|预计(?<!已预计)(?!总?投资)|预期(?=目标|增长|达到|完成|实现|为)|预测|有望|拟(?<![模虚]拟)(?!定|订|上市|入驻|建项目|于|合|态)|年内(?:{_BEGUN})|计划(?<!年度计划)(?:{_BEGUN})|将(?<![已并即]将)(?=于|达|在|会|继续|重点|全面|进一步|努力|力争|持续|陆续|新|建成|实现|完成|推动|推进|打造|突破|超过|开展|组织|再|可|有|累计|实施|推|组|引|争取|增|投|启|围绕|稳|建)|争取(?=.{{0,8}}(?:达到|实现|突破|完成|新增))|要(?<![主重需只首纪]要)(?=.{{0,4}}(?:达到|实现|完成))|目标(?:为|是|分别)|奋斗目标|预期目标|工作目标|发展目标|预定目标|下一步|下步|明年|年底前(?={_DONE_BY})|月底前(?={_DONE_BY})"
)
MAYBE_FUTURE = re.compile("[争确预望拟内划将要标步明底]")
"""Each thing that ``FUTURE`` finds holds one of these."""
PLANNED = re.compile(
    r"(?:计划|预计|拟(?<!模拟)|预算|规划)(?:总|年度|年)?(?:投资|募集资金|募集|用地|投入|产值|产能|规模|达产|新增|建设)(?:总?额|总规模|面积)?(?:[约为达:]|总额约?)*$|预算赤字$"
)
EXISTING = re.compile(
    r"总投资[^,，。;]{0,3}$|(?:围绕|聚焦|依托|集中推进|加快推进|推进|现有|已有|对|发挥|针对|落实好?|用好|做好|抓好)(?:[\u4e00-\u9fff]{0,6})$"
)
"""In a section of plans: the size of a thing that is there already."""
NOW = re.compile(
    r"1[-—–~至]\d{1,2}月|上半年(?<!预计上半年)|今年以来|截[至止]|目前|已(?<!年内已)(?<!均已)(?!定|有规划)(?:经|全部|累计|开工|完成|建成|竣工|投产|签约|到位|实现|办结|整改)"
)
"""A time of what has happened: a plan said before it is not meant of what follows."""
PAST_ESTIMATE = re.compile(r"预计(?:今年)?(?:上半年|[一二三]季度|1[-—–~至]\d{1,2}月)")


_BASES = (
    ("other", re.compile(r"预算(?!执行)|计划|目标")),
    ("avg2y", re.compile(r"[两2]年(?:年均|平均)")),
    ("other", re.compile(r"年均|年平均|[三四五六七八九十3-9]年平均|疫情前")),
    ("ytd", re.compile(r"年初|期初|上年年?[末底]|去年年?[末底]|上年末")),
    (
        "qoq",
        re.compile(
            r"环比|(?:较|比|与)(?:今年)?(?:第?[一二三]季度|上季|上月|前[一二三]季度|1[-—–~至]\d{1,2}月|上期|前\d个?月)"
        ),
    ),
    ("yoy", re.compile(r"同比|去年|上年")),
)
_AGAINST = re.compile("[较比与同和]")
_SAME_TIME = re.compile("(?:较|比|与|同)同期")
_TIMES = re.compile(TIME)


def direction(text: str, left: int, end: int) -> re.Match[str] | None:
    """The direction word that ``text[left:end]`` ends with (增长, 下降), or None."""
    if text[end - 1 : end] not in _DIRECTION_LAST:
        return None
    return DIRECTION.search(text, end - 10 if end - 10 > left else left, end)


def reach(text: str, left: int, end: int) -> re.Match[str] | None:
    """The step to a new level that ``text[left:end]`` ends with (提高到, 降至), or None."""
    if text[end - 1 : end] not in _REACH_LAST:
        return None
    return REACH.search(text, end - 12 if end - 12 > left else left, end)


def starts_from(text: str, left: int, at: int) -> bool:
    """Whether the number at ``at`` is what something rises or falls from (由|85元提高到100元): it is there already."""
    if text.find("由", left, at) < 0 and text.find("从", left, at) < 0:
        return False
    return ORIGIN.search(text, max(left, at - 24), at) is not None


def than(text: str, left: int, end: int) -> re.Match[str] | None:
    """The comparison that ``text[left:end]`` ends with (比全省高), or None."""
    return GAP_THAN.search(text, left, end) if text[end - 1 : end] in _THAN_LAST else None


def word(direction: re.Match[str]) -> str:
    """The direction word that was found."""
    return str(direction["word"] or direction["short"])


def basis_of(words: str) -> str | None:
    """The basis that the words before a direction word say: yoy, qoq, ytd, avg2y, other; None for none."""
    for basis, pattern in _BASES:
        if pattern.search(words):
            return basis
    if _AGAINST.search(words) and _TIMES.search(words):
        return "yoy" if _SAME_TIME.search(words) else "other"
    return None
