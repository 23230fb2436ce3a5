"""Figures that are no data: dates, periods, numbering, titles of documents, names that carry a figure."""

import re

_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DASH = r"[-—–－～~至到]"
_HALF = r"(?:上半年|下半年|全年|(?:第?[一二三四1-4])季度|H[12]|Q[1-4])"
_ENGLISH_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

PATTERNS = (
    r"《[^》]*》",
    r"\[\d{1,4}\]",
    rf"(?<!\d){_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?!\d)",
    rf"(?<!\d){_YEAR}-(?:{_HALF}|M?{_MONTH}(?:\.\.M?{_MONTH})?)(?!\d)",
    rf"(?<!\d){_YEAR}(?:年?{_DASH}{_YEAR})?年(?:{_MONTH}(?:月?份?{_DASH}{_MONTH})?月份?(?:{_DAY}日)?|{_HALF}|度|末|初|底)?",
    rf"(?<![\d.]){_MONTH}(?:月?份?{_DASH}{_MONTH})?月份?(?:{_DAY}日)?",
    rf"(?<!\d)(?:H[12]|Q[1-4]) ?{_YEAR}(?!\d)",
    rf"(?<!\d){_DAY} ?{_ENGLISH_MONTH} ?{_YEAR}(?!\d)",
    rf"(?<!\d){_ENGLISH_MONTH}(?: {_DAY},)? ?{_YEAR}(?!\d)",
    rf"(?<!\w){_SHORT_MONTH}(?:–{_SHORT_MONTH})? ?{_YEAR}(?!\d)",
    rf"(?<!\w)(?:in|since|of|from|to|by|for|until|than|and|with) {_YEAR}(?=[\s,.;:)–]|$)",
    rf"(?<![\d.,]){_YEAR}(?= (?:and|against) (?:[HQ]\d )?{_YEAR})",
    rf"\({_YEAR}(?=[,)])",
    rf"^\s*{_YEAR}(?:(?: to |–){_YEAR})?(?=[:,;])",
    rf"(?<!\d){_YEAR} to {_YEAR}(?!\d)",
    r"Fortune (?:Global |China )?500(?!\d)",
    r"(?<!\w)(?:per 10?,000(?![\d,.])|above 100 million yuan)",
    r"(?<!\w)(?:line|p\.|para\.|row|column|table) \d{1,6}(?![\d.]\d)",
    r"(?:表|图|附录|附表|附图|Table |Figure |Annex )\d{1,3}(?![\d.])",
    r"第\d{1,4}(?:页|行|段|章|节|列|期|部分)",
    r"^\s*[（(]?\d{1,3}(?:[.．、)）]|\.\d{1,2}\s)(?!\d)",
    r"[A-Za-z]{1,4}[-.]?\d{1,3}(?:\.\d)?(?![\d.%])",
    r"(?<![\d.])\dG(?![A-Za-z])",
)
_FURNITURE = re.compile("|".join(PATTERNS))
_BARE_YEAR = re.compile(rf"\s*{_YEAR}\s*")


def without_furniture(text: str) -> str:
    """``text`` with its furniture blanked out, so that a figure left in it is data."""
    if _BARE_YEAR.fullmatch(text):
        return ""
    return _FURNITURE.sub(lambda match: "\u3000" * len(match[0]), text)
