"""Invented addresses, remarks and goods, with what they show of a person marked, for measuring de-identification. Nobody exists."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji_bench.sample import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACES: Final = (
    "浙江省杭州市西湖区", "广东省深圳市南山区", "江苏省苏州市昆山市", "四川省成都市武侯区", "湖北省武汉市洪山区", "上海市浦东新区", "重庆市渝北区", "陕西省西安市雁塔区",
)  # fmt: skip
_ROOMS: Final = (
    "{b}栋{u}单元{r}室", "{b}号楼{r}", "{b}-{u}-{r}", "{b}幢{u}单元{f}楼{r}", "{b}#{u}-{r}", "{b}座{r}室", "{b}号楼{u}门{r}", "{b}杠{u}杠{r}",
)  # fmt: skip
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_NAMED: Final = (
    "联系{n}", "交给{n}，谢谢", "{n}收", "收件人：{n}", "请{n}老师签收", "{n}先生，放门口", "邻居{n}代收", "找{n}拿",
)  # fmt: skip
_QUIET: Final = (
    "放门口，谢谢", "工作日白天送", "易碎，请轻放", "放驿站即可", "请先打电话", "周末送货", "请放快递柜", "生鲜请尽快派送", "不要放驿站", "请送上楼，麻烦了", "白天家里有人", "请勿敲门，家有婴儿",
)  # fmt: skip
_GOODS: Final = (
    "棉质衬衫 白色 XL", "儿童积木1000粒", "不锈钢保温杯500ml", "干果礼盒 2盒", "蓝牙耳机 黑色", "洗衣液3kg×2瓶", "运动鞋 42码", "文具套装", "A4打印纸70g 500张", "充电宝20000mAh", "手机壳 黑色 2件", "纯棉四件套1.8m床",
)  # fmt: skip
_THINGS: Final = (
    "订单号2026{d8}{d6}", "运单号YT{d8}{d5}", "取件码 3-2-{d4}", "69{d8}{d3}", "IMEI 86{d8}{d5}", "批号2026{d4}A", "单价¥1,{d3}.00", "2026-11-20 10:22:31", "版本 10.0.{d5}.{d4}", "统一社会信用代码91330100MA2{d5}X",
)  # fmt: skip
_HAN: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_FULL: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: Final[tuple[Callable[[str, str], str], ...]] = (
    lambda number, _: number,
    lambda number, _: f"{number[:3]}-{number[3:7]}-{number[7:]}",
    lambda number, _: f"{number[:3]} {number[3:7]} {number[7:]}",
    lambda number, _: f"+86 {number}",
    lambda number, tail: f"{number}-{tail}",
    lambda number, tail: f"{number}转{tail}",
    lambda number, tail: f"{number}，分机{tail}",
    lambda number, _: number.translate(_HAN),
    lambda number, _: number.translate(_FULL),
    lambda number, _: "·".join((number[:3], number[3:7], number[7:])),
)
_ASKED: Final = ("电话{}", "请打{}联系", "{}", "送前电联{}，谢谢", "手机号：{}")


class Marked(NamedTuple):
    """A text, and what of it shows a person: from ``start`` to ``end``; nothing where both are 0."""

    text: str
    start: int = 0
    end: int = 0


class Rows(NamedTuple):
    """Rows of one round. ``short`` are remarks and goods as orders carry them, a third of them showing somebody."""

    addresses: tuple[Marked, ...]
    phones: tuple[Marked, ...]
    names: tuple[Marked, ...]
    things: tuple[str, ...]
    short: tuple[str, ...]


def rows(count: int, seed: int) -> Rows:
    """Return ``count`` rows of each kind; the same seed gives the same."""
    random = Random(seed)  # noqa: S311 - invented people need no secrets
    phones = tuple(_phone(random) for _ in range(count))
    names = tuple(_name(random) for _ in range(count))
    things = tuple(_thing(random) for _ in range(count))
    quiet = [random.choice((*_QUIET, *_GOODS)) for _ in range(count)]
    turns = (phones, names, None, None, None, None)
    short = [turn[place].text if (turn := turns[place % len(turns)]) else quiet[place] for place in range(count)]
    short[2 :: len(turns)] = things[2 :: len(turns)]
    return Rows(tuple(_address(random) for _ in range(count)), phones, names, things, tuple(short))


def _address(random: Random) -> Marked:
    head = f"{random.choice(_PLACES)}{_words(random, 2)}路{random.randrange(1, 400)}号{_words(random, 2)}花园"
    floor = random.randrange(1, 29)
    room = f"{floor}{random.randrange(1, 5):02d}"
    numbers = {
        "b": random.randrange(1, 30),
        "u": random.randrange(1, 5),
        "f": floor,
        "r": room,
    }
    tail = random.choice(_ROOMS).format(**numbers)
    start = len(head) + tail.rindex(room)
    return Marked(head + tail, start, start + len(room))


def _phone(random: Random) -> Marked:
    number = f"1{random.choice('356789')}{random.randrange(10**9):09d}"
    written = random.choice(_FORMS)(number, f"{random.randrange(10**4):04d}")
    place = random.choice(_ASKED)
    start = place.index("{}")
    return Marked(place.format(written), start, start + len(written))


def _name(random: Random) -> Marked:
    name = random.choice(_SURNAMES) + random.choice(
        ("建国", "秀英", "志强", "美玲", "思琪", "宇航", "雪梅", "文博", "丽", "伟", "静", "磊")
    )
    text = random.choice(_NAMED).format(n=name)
    start = text.index(name)
    return Marked(text, start, start + len(name))


def _thing(random: Random) -> str:
    return random.choice(_THINGS).format(**{f"d{size}": f"{random.randrange(10**size):0{size}d}" for size in (3, 4, 5, 6, 8)})


def _words(random: Random, size: int) -> str:
    return "".join(random.choices(ALPHABET, k=size))
