"""Whose numbers a clause gives: the body that stands as its subject (城投集团|完成投资, 柳河村|集体收入)."""

import re
from dataclasses import dataclass

from briefings.extract.words import any_of, by_first, cues, starts_with

_LETTERS = r"[\u4e00-\u9fffA-Za-z“”·]"
_BODY = (
    r"集团(?:有限公司|公司)?(?![化军])|公司(?![债制法章律])|机场(?!路)|银行(?![业卡间账信保承票类])|农商行|农信社|信用社|供销(?:合作)?社"
    r"|商贸城|小商品城|国际商城|物流港|联社|总社|海关|法院|检察院|管委会?|电厂|钢厂|油田|(?<=[\u4e00-\u9fff]{2})(?:中学|小学(?!生)|幼儿园|学校)|大学(?!生)|学院|医院(?!感)|研究[院所]|片区|(?<=[\u4e00-\u9fff]{2})新区(?!域)"
    r"|开发区|经开区|园区(?![级内化])|高新区|保税区|示范区|自贸区|实验区|口岸(?!岸线)|协会|商会"
    r"|(?:(?<=全[市区省县])[\u4e00-\u9fff]{2,4}|供销|税务|公安|教育|卫健|财政|民政|信访|邮政|电力|国资|金融|交通|住建|政法)系统"
    r"|(?<=[市区县省州])(?:直|属)?[\u4e00-\u9fff]{1,8}(?:局(?![部面长])|委(?![员托])|厅|院(?![士校长])|中心(?![城镇区线位村校小])|社(?![会区保交员科]))"
    r"|(?<=[市区县省])社(?![会区保交员科])"
)
_BODIES = re.compile(rf"{_LETTERS}{{0,14}}?(?:(?:、|和|及){_LETTERS}{{2,12}}?){{0,3}}?(?:{_BODY})")
_OWNED = re.compile(
    r"(?:[^,，;。\d]{0,14}?(?:[市省区县]属|[市省区县]域|市直|直属|监管|所属|我[市区省县]|各)[\u4e00-\u9fff、]{0,10}?"
    r"(?:国有企业|国有资本|企业|国企|机构|商超|门店|连锁店)(?:各级子企业)?)(?![家数户业])"
)
_VILLAGE = re.compile(
    rf"{_LETTERS}{{2,5}}(?:(?:、){_LETTERS}{{2,5}}){{0,3}}(?:(?<![乡农山渔政然困范])村(?![民级庄委里]|集(?!体))|(?<![城乡建村])镇(?![区级域村])|街道(?![级办]))"
)
_UNDERTAKING = re.compile(
    r"(?P<what>[\u4e00-\u9fffA-Za-z“”]{3,18}?)(?:项目|工程|基金)(?=是|由|自|近年|历年|今年|上半年|目前|一期|二期|累计|总投资|计划总投资|完成投资|已完成|占地|达产|投产|建成)"
)
_KINDS = (
    (re.compile("[企资构超店]"), _OWNED),
    (re.compile("[团司场行社城港关院管厂田学园校究区岸会统局委厅心]"), _BODIES),
    (re.compile("[村镇街]"), _VILLAGE),
)
"""The kinds of bodies, each with the letters of which its name holds one."""
_WORKS = re.compile("[目程金]")
_SORT_OF_WORK = re.compile(
    r"(?:[省市区县国]|级|重点|重大|大|小|亿元|在建|新建|续建|新开工|开工|签约|新签约|招商|招引|引进|产业|工业|农业|基础设施|建设|投资|技改|技术改造|民生|实事|城建|交通|水利|外资|内资|外商|以上|规模|各类|全部|计划|年度|上述|这些|该|前期|储备|入库|纳统|集中|领域|类|服务业|制造业|高技术|高新技术|战略性新兴|的|和|、|现代|海洋|涉海|专项|配套|安置|改造|老旧小区|保障性|安居|住房|惠农|攻坚|双招双引|竣工|完工|落地|意向|合作|洽谈)+"
)
_HINT = re.compile(
    "社|局|委|厅|院|校|学|园|村|镇|区|集团|公司|机场|银行|农商行|海关|电厂|钢厂|油田|研究|口岸|协会|商会|系统|中心|企业|国有|国企|机构|商超|门店|连锁店|街道|项目|工程|基金|商贸城|商品城|商城|物流港"
)
_ALSO_FOLLOW = "年|半年|累计|共|已|现|将|全年|上半年|集体|各项"
_ALSO_BEGIN = "各地|各级|其他|全部|多家|一批|重点|大型|首家|首个|每|年内|新|稳妥|加大|强化|抓好|做好|规范|以|由|从|在|并|经|据|如|以及|被|把"
_FOLLOWS = by_first(
    [word for key in ("verbs", "light", "measures", "predicates") for word in cues(key)]
    + _ALSO_FOLLOW.split("|")
)
_NEAR_MEASURE = re.compile(rf"[^,，。;\d]{{0,10}}?(?:{any_of('measures')})")
_NO_BODY = by_first([word for key in ("verbs", "light") for word in cues(key)] + _ALSO_BEGIN.split("|"))
"""A body's name begins with none of these."""
_HOLDS_VERB = re.compile(
    r"实现|完成|达到|新增|引进|建成|推进|加快|推动|超过|增长|下降|提高|通过|支持|帮助|举办|召开|获批|入选|位于|位居|成为|打造|设立|带动|坐落"
    r"|的|了|[为对将在是有由向给让把被从占居]"
)
_ONE_OF_A_KIND = frozenset(("开发区", "高新区", "经开区", "保税区", "自贸区", "示范区"))
_HOW_MANY = re.compile("的?(?:比例|占比|比重|数量|个数|家数|总数|份额|覆盖率|覆盖面|达标率|创建率)")
"""优质幼儿园|比例: said of a kind of bodies, not of one."""
_LAST_IN_NAME = re.compile(r"[市区县省]社$")
_KIND_OF = re.compile(
    r"(?:[全我本各][市区省县国]|辖内|境内|上市|挂牌|担保|融资|租赁|小额?贷款|保险|证券|期货|信托|商业|国有|民营|股份制|地方|村镇|城市|农村|政策性|中小|大型|综合|专科|公立|民办|高等|普通|职业|技术|三甲|三级|二级|外资|合资|子|分|母|总|股份|有限|控股|运输|支线|通用|民用|干线|工业|产业|物流|科技|特色|化工|农业|现代|合作|专业|行业|中医|妇幼保健|独立|开放|国家级?|省级|市级|区级|县级|各类|中小|义务教育|幼儿|特殊教育|寄宿制|乡镇|薄弱|普惠性?|示范性?|星级|公立|私立|各)+"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The place of a subject; ``parted``: names stand without it."""

    start: int
    end: int
    parted: bool = True


def hinted(text: str, start: int, end: int) -> bool:
    """Whether anything in ``text[start:end]`` may name a body; where nothing does, it has no subject."""
    return _HINT.search(text, start, end) is not None


def subject(text: str, start: int, end: int) -> Subject | None:
    """The body that the clause ``text[start:end]`` begins with, or None; it is no subject where it is what is counted.

    Nothing that leads to a name may stand at ``start`` (``leads.skip_leads``).
    """
    near = min(end, start + 40)
    for sign, pattern in _KINDS:
        found = pattern.match(text, start, near) if sign.search(text, start, near) else None
        if found is None or (
            end - found.end() < 2 and not (pattern is _BODIES and _LAST_IN_NAME.search(found[0]))
        ):
            continue
        words = found[0]
        if words in _ONE_OF_A_KIND:
            return Subject(start, found.end())
        if _begins_otherwise(words.removeprefix("各")) or _HOLDS_VERB.search(words):
            continue
        if pattern is _BODIES and (len(words) < 3 or _is_kind(words)):
            continue
        if pattern is not _BODIES and not _follows(text, found.end(), end):
            continue
        if _HOW_MANY.match(text, found.end(), end):
            continue
        return Subject(start, found.end())
    found = _UNDERTAKING.match(text, start, end) if _WORKS.search(text, start, near) else None
    if (
        found
        and not _SORT_OF_WORK.fullmatch(found["what"])
        and not _begins_otherwise(found[0])
        and not _HOLDS_VERB.search(found[0])
    ):
        return Subject(start, found.end(), parted=False)
    return None


def _follows(text: str, start: int, end: int) -> bool:
    """Whether what a body may do or have stands at ``start``."""
    return starts_with(_FOLLOWS, text, start, end) or _NEAR_MEASURE.match(text, start, end) is not None


def _begins_otherwise(words: str) -> bool:
    return starts_with(_NO_BODY, words, 0, len(words))


_SUFFIX = re.compile(rf"(?:{_BODY})$")


def _is_kind(words: str) -> bool:
    """上市公司, 商业银行: a kind of bodies, not one."""
    suffix = _SUFFIX.search(words)
    return suffix is not None and bool(_KIND_OF.fullmatch(words[: suffix.start()]))
