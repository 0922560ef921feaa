"""The real command in a process of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.simulators.processes import PATIENCE_SECONDS, Ended, begin

HEADINGS = ("订单号", "下单时间", "收件人", "收件人电话", "收件地址", "物品名称", "数量", "备注")
SENDER = 'name = "茶与山商行"\nphone = "021-50000000"\naddress = "上海市浦东新区张江镇示例路88号2栋301室"\n'
ENTRY = "from yinji.main import run; run()"


def yinji(
    home: Path, *words: str, entry: str = ENTRY, env: Mapping[str, str] | None = None, typed: str = "", cwd: Path | None = None
) -> Ended:
    """Run ``yinji --home HOME WORDS`` to its end; bounded. The process is forked from one that has read our modules before."""
    own = {"YINJI_LANGUAGE": "zh", **(env or {})}
    return begin(entry, "--home", str(home), *words, env=own, cwd=cwd, typed=typed).end()


def cold(home: Path, *words: str, start: Sequence[str] = ("-c", ENTRY), env: Mapping[str, str] | None = None) -> Ended:
    """Run ``yinji --home HOME WORDS`` by an interpreter that has read nothing before, started with the words ``start``."""
    done = subprocess.run(
        [sys.executable, *start, "--home", str(home), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "YINJI_LANGUAGE": "zh", **(env or {})},
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def founded(folder: Path, *, numbers: str = "QL:1000000000000-1000000999999") -> Path:
    """Found a node with real numbers and a sender; return its home."""
    sender = folder / "sender.toml"
    sender.write_text(SENDER, encoding="utf-8")
    ended = yinji(folder / "node", "init", "--range", numbers, "--sender", str(sender))
    assert ended.code == 0, ended.said
    sender.unlink()
    return folder / "node"


def order_file(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write an orders file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def invented(count: int, *, first: int = 1) -> list[tuple[str, ...]]:
    """Rows of invented people, each with a phone of its own."""
    return [
        (
            f"E{at:08d}",
            "",
            "李王张刘陈"[at % 5] + "思远静怡浩然"[at % 6],
            f"1380000{at % 10_000:04d}",
            f"浙江省杭州市西湖区望云路{at}号听雨轩{at % 30 + 1}幢{at % 3 + 1}单元{at % 20 + 1}01室",
            "茶叶礼盒",
            "1",
            "",
        )
        for at in range(first, first + count)
    ]
