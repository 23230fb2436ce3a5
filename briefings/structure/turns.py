"""Who speaks at a press conference: host, reporters, officials."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

Part = Literal["host", "reporter", "official"]
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单"
    "洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段富焦巴牧谷车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印白蒲从索"
    "赖卓屠蒙池乔阴能苍双闻党翟谭贡姬申扶堵冉宰桑牛边燕冀浦尚农温别庄晏柴瞿阎连习艾容向古易慎戈廖衡步都耿满匡国文寇广聂晁"
    "辛阚那简饶曾沙鞠丰关蒯相查后红游权衣隋由仝晋楚闫肖覃岳帅佟邸冼"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "司徒",
    "慕容",
    "夏侯",
    "东方",
    "端木",
    "南宫",
)
_NO_NAMES = frozenset((
    "万元", "丰富", "于是", "任务", "关于", "关键", "其中", "农业", "单价", "单位", "卫健委", "原因",
    "双方", "同时", "向", "和", "国务院", "国家", "宁愿", "安排", "宗旨", "宣布", "容量", "常态", "常见",
    "干部", "平台", "平均", "广泛", "应对", "应急", "强化", "强调", "总投资", "成效", "成果", "房地产",
    "支持", "文件", "文化", "文旅", "方面", "时任", "时候", "时间", "明确", "易于", "相关", "石化", "简介",
    "管理", "经查", "能力", "解决", "解读", "计划", "计划是", "路线", "连续", "通知", "通过", "都", "都是",
    "金融", "金额", "项目", "项目名", "高度",
))  # fmt: skip
_POSTS = (
    "书记|市长|区长|县长|省长|州长|镇长|局长|主任|厅长|部长|处长|科长|司长|行长|院长|校长|所长|站长|总经理|董事长|秘书长|"
    "发言人|专员|专家|总工程师|总队长|支队长|队长|会长|主席|委员|理事长|社长|负责人|总监|调研员|巡视员|同志|先生|女士|教授"
)
_WHO = re.compile(
    r"[【\[（(]?\s*([\u4e00-\u9fffA-Za-z0-9·“”\"《》/、\-\s\u3000]{1,40}?(?:[（(][^（）()]{1,40}[）)])?)\s*[】\]]?\s*[:：]"
)
_INNER = re.compile(r"(?<=[。！？!?”\s\u3000])([\u4e00-\u9fff·]{1,20}(?:[（(][^（）()：:]{1,30}[）)])?)[:：]")
_POSTED = re.compile(
    rf"(?:{_POSTS})\s*[\u3000 ]?\s*([\u4e00-\u9fff·]{{2,4}})$|^([\u4e00-\u9fff·]{{2,4}}?)\s*(?:副|常务)?(?:{_POSTS})$"
)


_AFTER_NAME = " \u3000\u00a0:：\t"


class Speaker(NamedTuple):
    """A speaker and the part they have; ``end`` is where their words begin in the passage."""

    name: str
    part: Part
    end: int


def at_start(text: str, known: frozenset[str], lead: int = 0, handed: bool = False) -> Speaker | None:
    """The speaker a passage begins with ("主持人：", "某报记者：", "张三："); ``known`` are names told of elsewhere.

    ``lead`` characters at its head are bold: there a known name needs no colon; where the word has just been ``handed``
    over by the host or a reporter, a name not known stands before a colon.
    """
    if 2 <= lead <= 30:
        bold = text[:lead].rstrip(_AFTER_NAME)
        part = _part(bold, known)
        colon = (
            text[len(bold) : lead + 1].strip(" \u3000")[:1] in (":", "：") if len(text) > len(bold) else False
        )
        if part is None and colon and handed and _is_name(bold):
            part = "official"
        if part is not None and len(bold) < 25:
            rest = text[len(bold) :]
            return Speaker(_clean(bold), part, len(text) - len(rest.lstrip(_AFTER_NAME)))
    if ":" not in text[:90] and "：" not in text[:90]:
        return None
    match = _WHO.match(text)
    part = _part(match.group(1), known) if match else None
    return Speaker(_clean(match.group(1)), part, match.end()) if match and part else None


def inside(text: str, known: frozenset[str]) -> list[int]:
    """Where other speakers' turns begin inside a passage that has no line breaks between them."""
    found = []
    for match in _INNER.finditer(text, 1):
        if _part(match.group(1), known):
            found.append(match.start())
    return found


def names(text: str) -> frozenset[str]:
    """The words before a colon that are names of people: told of more than once, or with their post."""
    candidates = {
        match.group(1)
        for match in re.finditer(r"(?:^|[\n。！？!?”\s\u3000])([\u4e00-\u9fff·]{2,4})[:：]", text)
    }
    return frozenset(name for name in list(candidates)[:200] if _is_name(name) and text.count(name) >= 2)


def bold_names(text: str, leads: Sequence[str]) -> frozenset[str]:
    """The names among the bold words at the heads of paragraphs: said with their post, or at the head of several."""
    found = set()
    for lead, count in Counter(_clean(lead.rstrip(_AFTER_NAME)) for lead in leads).items():
        posted = re.search(rf"(?:{_POSTS})\s?{re.escape(lead)}", text) is not None
        if (count >= 2 or posted) and _is_name(lead):
            found.add(lead)
    return frozenset(found)


def _part(who: str, known: frozenset[str]) -> Part | None:
    bare = _clean(who)
    if "主持" in bare[:20]:
        return "host" if len(bare) <= 20 else None
    if (
        bare in ("问", "提问", "记者问", "媒体问")
        or bare.endswith(("记者", "记者提问", "媒体"))
        or bare.startswith("记者")
    ):
        return "reporter" if len(bare) <= 24 else None
    if re.match(r".{0,20}记者\s?[\u4e00-\u9fff]{2,3}$", bare):
        return "reporter"
    if bare in ("答", "回答", "发言人", "新闻发言人", "发布人"):
        return "official"
    if bare in known:
        return "official"
    if who != bare and _is_name(bare):
        return "official"  # a name with its post in brackets
    posted = _POSTED.search(bare)
    if posted and _is_name(posted.group(1) or posted.group(2) or ""):
        return "official"
    return None


def _clean(who: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]$", "", who.strip("【[ \u3000")).replace("\u3000", "").strip()


def _is_name(word: str) -> bool:
    if word in _NO_NAMES:
        return False
    if word[:2] in _COMPOUND:
        return 3 <= len(word) <= 4
    return 2 <= len(word) <= 3 and word[0] in _SURNAMES
