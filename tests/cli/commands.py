"""Runs the command line as a person does, in a process of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EDUCATION = """临澜市教育局2021年上半年工作总结
2021-07-20
今年以来,市教育局扎实推进各项工作。
一、主要工作情况
一是扩大学位供给。上半年,全市新建改扩建中小学12所,新增学位1.8万个,完成年度计划的60%。
二是提升办学质量。全市优质园比例达到58.5%,比去年提高6个百分点。教育支出同比增长9.2%,居全省第2位。
二、存在问题
一是教师结构性缺编仍然存在。部分学科教师不足,城乡差距较大。
三、下步打算
一是加快学校建设。下半年再开工8所学校,确保全年新增学位3万个。
"""
COMMERCE = """临澜市商务局2021年上半年工作总结
2021-07-22
上半年,全市社会消费品零售总额612.4亿元,同比增长15.3%,两年平均增长5.1%。
一、主要工作情况
(一)稳住外贸基本盘。上半年,全市进出口总额486.2亿元,同比增长22.7%,增速高于全省3.1个百分点。
(二)扩大利用外资。实际使用外资4.6亿美元,完成年度任务的57.5%。
二、存在的困难和问题
(一)外贸主体不多。年进出口过亿元的企业偏少。
三、下一步工作计划
(一)培育外贸新业态。力争全年进出口总额突破1000亿元。
"""
ORDER = """[[briefing]]
id = "half-year"
kind = "digest"
title = "临澜市2021年上半年部门工作总结摘编"
period = "2021-H1"
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


def briefings(*words: str | Path, at: Path) -> Ran:
    """Run ``briefings`` with ``words`` in the workspace ``at``."""
    command = [sys.executable, "-m", "briefings", "-C", str(at), *map(str, words)]
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return Ran(ran.returncode, ran.stdout, ran.stderr)
