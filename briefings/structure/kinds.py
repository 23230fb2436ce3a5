"""What a paragraph is on its own: a date, a caption, furniture of a page, a heading without a number."""

import re

from briefings.records.document import ParagraphKind
from briefings.structure import marks, offices, roles
from briefings.structure.joining import Passage
from briefings.structure.lines import about, ends_sentence, is_date, leadered

HEADING = 60
"""Characters up to which a numbered line without a stop is a heading and nothing else."""
PLAIN = 30
"""Characters up to which a line without number or stop may be one."""
_FURNITURE = re.compile(
    r"(?:扫一扫|分享|打印|关闭|首页|上一篇|下一篇|浏览(?:次数|量)?|点击(?:数|率)?|字号|字体|来源|作者|责任编辑|编辑|责编|审核|初审|终审|"
    r"信息来源|发布机构|索引号|主办|承办|版权|原标题|稿源|阅读|当前位置|您的位置|附件|相关(?:链接|阅读|稿件)|返回|收藏|保存|时间|日期|联系人|联系电话|联系方式|电话|地址|邮编|抄送|报送|印送|[（(]?完[）)]?)"
    r"(?:[:：\s].*|到.*|在手机.*|本页.*|本文.*|窗口.*|顶部.*)?"
)
_BUTTONS = re.compile(r"[【】\[\]|｜\s\u3000]+")
_NOTE = re.compile(r"(?:\[\d{1,2}\]|〔\d{1,2}〕)\s*[^\d\s\[〔]")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)$", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:^|[\s\u3000/／□])(?:本报|首席|见习|通讯)?(?:记者|通讯员|员)[\s\u3000]*[\u4e00-\u9fff]{2,4}(?:[\s\u3000]+[\u4e00-\u9fff]{2,4})*$"
    r"|[\u4e00-\u9fff]{2,4}[\s\u3000]*摄$"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,5}\s?[:：]")
_PERSON = re.compile(
    r"(?:同志|先生|女士|记者|摄|[/／].*记者.*|通讯员.*|(?:省长|市长|区长|县长|州长|主任|局长|书记)[\s\u3000]+\S{2,4})$"
)
_CAPTION = re.compile(r"(?:[表图]\s*[0-9一二三四五六七八九十]|资料来源|数据来源|注[:：]|（?单位[:：])")


def set_apart(passage: Passage, after: Passage | None, began: bool) -> ParagraphKind | None:
    """The kind of a passage that is no text of the document's own, None for what is.

    ``after`` is the next passage; ``began`` says whether the text has begun: before, what is short is furniture.
    """
    text = passage.text
    level = passage.hint.level if passage.hint is not None else None
    if passage.cell:
        return "cell"
    if level == 0:
        return "title"
    if is_date(text):
        return "date"
    if leadered(text):
        return "contents"
    if _FILE.search(text) is not None and len(text) <= 80:
        return "caption"
    if _about(text) or (began and _NOTE.match(text)):
        return "caption"
    if len(text) > HEADING:
        return None
    if _CAPTION.match(text):
        return "caption"
    if text[-1] in "。；;":
        return None
    if all(_FURNITURE.fullmatch(word) for word in _BUTTONS.split(text) if word) or _FURNITURE.fullmatch(text):
        return "caption"
    if after is not None and after.cell and level is None and captions(text):
        return "caption"
    signed = after is None or is_date(after.text)
    if began and signed and len(text) <= PLAIN and offices.ends_as_office(text):
        return "caption"
    heading = level is not None or marks.at_start(text) is not None or roles.is_whole_heading(text)
    return "caption" if not (began or heading or ends_sentence(text)) else None


def _about(text: str) -> bool:
    """Whether a line only tells where a page comes from: two labels or more with their values (来源：… 发布时间：…)."""
    return len(text) <= 160 and about(text) and len(_LABEL.findall(text)) >= 2 and "。" not in text


def of_a_table(text: str) -> bool:
    """Whether a caption names or explains a table or figure, and is no furniture."""
    return _CAPTION.match(text) is not None or _NOTE.match(text) is not None


def signs(text: str) -> bool:
    """Whether a line names who wrote or photographed (本报记者 …, … 摄)."""
    return len(text) <= PLAIN and _CREDIT.search(text) is not None


def pictured(text: str) -> bool:
    """Whether a line may be the words under a picture: short, without a number, one sentence at most."""
    return (
        len(text) <= PLAIN
        and not any(ch.isdigit() for ch in text)
        and len(re.findall("[。！？；]", text)) <= 1
    )


def captions(text: str) -> bool:
    """Whether a line right above a table may be its caption: short, no sentence, no numbered heading."""
    return len(text) <= 40 and not ends_sentence(text) and marks.at_start(text) is None


def lists_annex(text: str) -> bool:
    """Whether a line is 附件： itself or may name one of the files attached."""
    return text.startswith("附件") or (len(text) <= HEADING and not ends_sentence(text) and "，" not in text)


def heads(passage: Passage, after: Passage) -> bool:
    """Whether a short line is a heading by its look and by what follows it."""
    text = passage.text
    if len(text) > PLAIN or ends_sentence(text) or _PERSON.search(text):
        return False
    if text[-1] in "，,、" or text[0] in "—●•【*(（" or not re.search(r"[\u4e00-\u9fff]{3}", text):
        return False
    return not after.cell and (len(after.text) >= 60 or marks.at_start(after.text) is not None)
