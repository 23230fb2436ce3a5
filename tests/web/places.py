"""A workspace with invented documents, and browsers on it that are logged in as this or that person."""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from briefings import pipeline, settings
from briefings.records.user import ROLES
from briefings.store import open_store
from briefings.store.store import Store
from briefings.web import create_app
from briefings.web.auth import password_hash

CONFIG = """
[[briefing]]
id = "half-year"
kind = "digest"
title = "清湾市2022年上半年工作摘编"
period = "2022-H1"
formats = ["pdf", "html", "xlsx"]
schedule = "0 9 * * 1-5"
recipients = ["林主任 <lin@example.org>"]

[[briefing]]
id = "plans"
kind = "tracker"
title = "清湾市商务局打算落实"
period = ["2021-H1", "2022-H1"]
issuers = ["清湾市商务局"]
"""
NOW = """清湾市商务局2022年上半年工作总结

一、上半年工作情况
上半年，社会消费品零售总额321.5亿元，同比增长6.4%。外贸进出口总额88.2亿元，同比下降1.3%。
新开便民市场12个，完成年度任务的80%。

二、存在问题
部分老旧市场改造进度偏慢。

三、下半年打算
确保全年社会消费品零售总额增长7%以上。

清湾市商务局
2022年7月12日
"""
BEFORE = """清湾市商务局2021年上半年工作总结

一、上半年工作情况
上半年，社会消费品零售总额302.2亿元，同比增长9.1%。

二、下半年打算
力争新开便民市场12个。

清湾市商务局
2021年7月9日
"""
PASSWORD = "a long password"


@dataclass(frozen=True)
class Place:
    """The workspace that is served; ``woken`` notes the tasks the page woke."""

    root: Path
    app: FastAPI
    store: Store
    woken: list[str]
    edition: str

    def browser(self, name: str = "") -> TestClient:
        """A browser; logged in with a name."""
        client = TestClient(
            self.app, base_url="http://127.0.0.1", follow_redirects=False, client=("127.0.0.1", 50000)
        )
        if name:
            answer = client.post("/login", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    def fact(self, surface: str) -> str:
        """The id of the fact that is written so."""
        return next(f.id for f in self.store.facts() if f.surface == surface)


def csrf(client: TestClient, path: str = "/upload") -> str:
    """The word that the forms of a page carry."""
    return str(client.get(path).text.split('name="csrf" value="')[1].split('"')[0])


def make_place(root: Path) -> None:
    """A workspace with two documents, one file in quarantine and one edition."""
    (root / "briefings.toml").write_text(CONFIG, encoding="utf-8")
    incoming = root / "incoming"
    incoming.mkdir()
    (incoming / "商务局2022.txt").write_text(NOW, encoding="utf-8")
    (incoming / "商务局2021.txt").write_text(BEFORE, encoding="utf-8")
    (incoming / "坏.pdf").write_bytes(b"no pdf at all")
    loaded = settings.load(root)
    store = open_store(loaded.store)
    pipeline.take_in([incoming], loaded, store, now="2022-08-01T09:00:00+00:00")
    pipeline.build(loaded.orders[0], loaded, store, now="2022-08-01T09:00:00+00:00")
    store.close()


def copied(template: Path, root: Path, *, users: bool) -> Place:
    """A copy of a workspace, with a user for each role if wanted."""
    shutil.copytree(template, root, dirs_exist_ok=True, symlinks=True)
    loaded = settings.load(root)
    store = open_store(loaded.store)
    for role in ROLES if users else ():
        store.users.add(role, role, _hashed())
    woken: list[str] = []
    app = create_app(loaded, store, lambda *names: woken.extend(names))
    latest = next((root / "output" / "half-year").glob("20*")).name
    return Place(root, app, store, woken, latest)


@cache
def _hashed() -> str:
    return password_hash(PASSWORD)
