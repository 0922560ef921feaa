"""Order files of invented people, as large as a measurement wants."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from yinji_bench.sample import ALPHABET

HEADINGS: Final = ("订单号", "下单时间", "收件人", "收件人电话", "收件地址", "物品名称", "数量", "备注", "三段码")
_TODAY_BACK: Final = 1
"""Days between the newest order and today: no order is dated in the future, whatever the time zone."""

_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_PLACES: Final = (
    "广东省深圳市南山区",
    "浙江省杭州市余杭区",
    "江苏省苏州市昆山市",
    "四川省成都市武侯区",
    "上海市浦东新区",
    "陕西省西安市雁塔区",
)
_THINGS: Final = ("图书", "棉质衬衫", "儿童积木", "保温杯", "干果礼盒", "蓝牙耳机", "文具套装")
_REMARKS: Final = ("", "", "", "易碎，请轻放", "工作日白天送", "放驿站即可", "请先打电话")


def order_rows(count: int, *, first: int, days: int, today: date) -> Iterator[tuple[str, ...]]:
    """Yield the cells of ``count`` orders numbered from ``first``, their dates spread over the ``days`` days before ``today``."""
    random = Random(first)  # noqa: S311 - invented people need no secrets
    dates = [(today - timedelta(days=_TODAY_BACK + back)).isoformat() for back in range(days)]
    for at in range(first, first + count):
        day = dates[(at - first) * days // count]
        yield (f"B{at:012d}", day, *_person(random), random.choice(_THINGS), "1", random.choice(_REMARKS), "020-A12-03")


def write_orders(path: Path, count: int, *, first: int, days: int, today: date) -> None:
    """Write the orders of `order_rows` as a table separated by commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(order_rows(count, first=first, days=days, today=today))


def _person(random: Random) -> tuple[str, str, str]:
    def word(length: int) -> str:
        return "".join(random.choices(ALPHABET, k=length))

    building, unit, room = random.randint(1, 40), random.randint(1, 5), random.randint(101, 2808)
    home = random.choice(
        (f"{building}栋{unit}单元{room}室", f"{building}号楼{room}", f"{building}-{unit}-{room}", f"A座{room}室")
    )
    street = f"{word(2)}街道{word(2)}路{random.randint(1, 999)}号{word(4)}小区"
    phone = f"1{random.choice('35789')}{random.randrange(10**9):09d}"
    return random.choice(_SURNAMES) + word(random.randint(1, 2)), phone, random.choice(_PLACES) + street + home
