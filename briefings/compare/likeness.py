"""Names that a reader may take for each other though they mean two things: 限额以上零售业销售额 and 社会消费品零售总额."""

import re

_NARROWS = re.compile(
    r"限额以上|规模以上|规上|限上|城镇|农村|城乡|户籍|常住|民营|民间|国有|地方|新增|新登记|新设|累计|人民币|本外币|社会"
)
_TAIL = re.compile(r"(?:业)?(?:总额|总量|总数|总值|销售额|营业额|余额|额|数量|数)$")
_GENERIC = frozenset({"投资", "收入", "支出", "企业", "项目", "产值", "人口", "价格", "增加值", "利润"})


def alike(one: str, other: str) -> bool:
    """Whether two different names share their core, once what narrows and what measures is taken off."""
    cores = sorted((_core(one), _core(other)), key=len)
    return one != other and len(cores[0]) > 1 and cores[0] not in _GENERIC and cores[0] in cores[1]


def _core(name: str) -> str:
    return _TAIL.sub("", _NARROWS.sub("", name))
