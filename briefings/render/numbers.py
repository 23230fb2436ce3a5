"""What stays on one line inside running words: a number with its unit."""

import re

NUMBER = re.compile(
    r"[-+]?第?\d[\d,.]*(?:[%％‰]|[十百千万亿]*(?:个百分点|平方[公千]?米|立方米|美元|人次|公里|[\u4e00-\u9fff])?)"
)
"""A number as it stands in a sentence, with the multiplier and the unit (or the character) after it."""
LAST = re.compile(f"(?:{NUMBER.pattern}|[yq]/[yq])[”’》）]?$")
"""The same at the end of a stretch of words."""
_UNIT = re.compile(r"(?<=[\d%])[\u4e00-\u9fff]{3,}$")


def long_unit(text: str) -> str:
    """The unit that a number ends with, if it is long enough to begin a line by itself (个百分点); else ""."""
    match = _UNIT.search(text)
    return match[0] if match else ""
