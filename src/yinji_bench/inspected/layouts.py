"""How others set their labels: with words before each party, in English, without any words, several on a sheet. Millimetres."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

NUMBER: Final = "YQ1234567890123"
OTHER: Final = "YQ9876543210987"
LINK: Final = "https://label.example/l/q7Zk29slQpxT13kdUw"
WIDE, HIGH = 100.0, 150.0


class Item(NamedTuple):
    """A text: its left edge, its baseline from the top, how high its letters are."""

    text: str
    x: float
    y: float
    size: float = 4.2


class Code(NamedTuple):
    """A code: what it holds, where its upper left corner stands, how wide a module is."""

    kind: str  # "128" or "qr"
    payload: str
    x: float
    y: float
    module: float = 0.375  # three dots of 203 dpi
    high: float = 14.0


@dataclass(frozen=True)
class Sheet:
    """A sheet with its texts and codes. ``hidden`` names ways of hiding a text in a document, each with its text."""

    items: tuple[Item, ...]
    codes: tuple[Code, ...]
    wide: float = WIDE
    high: float = HIGH
    hidden: tuple[tuple[str, str], ...] = field(default=())


SAFE: Final = {
    "name": "王*",
    "phone": "1******5678",
    "street": "浙江省杭州市西湖区星桥路424号紫藤苑",
    "room": "3幢****",
    "from_name": "李**",
    "from_phone": "1******9012",
    "from_street": "上海市浦东新区示例路88号****",
    "goods": "衣服 1件",
    "remark": "易碎 轻放",
    "hotline": "客服热线 400-000-0000",
    "number": NUMBER,
    "link": LINK,
    "bar_module": "0.375",
    "qr_module": "0.6",
}
"""What a label says that hides everybody. An empty number or link leaves the code out."""

Layout = Callable[[Mapping[str, str]], Sheet]


def _codes(says: Mapping[str, str], *, bar: tuple[float, float], square: tuple[float, float]) -> tuple[Code, ...]:
    codes = [Code("128", says["number"], *bar, module=float(says["bar_module"]))] if says["number"] else []
    if says["link"]:
        codes.append(Code("qr", says["link"], *square, module=float(says["qr_module"])))
    return tuple(codes)


def chinese(says: Mapping[str, str]) -> Sheet:
    """Words before every field, as most platforms print."""
    items = (
        Item("云雀速运", 6, 12, 6), Item("标准快递", 60, 12), Item("杭州 西湖区", 30, 26, 7),
        Item(f"收件人：{says['name']}", 6, 60), Item(f"电话：{says['phone']}", 52, 60),
        Item(f"地址：{says['street']}", 6, 67), Item(says["room"], 19, 73.5),
        Item(f"寄件人：{says['from_name']}", 6, 84, 3.6), Item(f"电话：{says['from_phone']}", 52, 84, 3.6),
        Item(f"地址：{says['from_street']}", 6, 90, 3.6),
        Item(f"物品：{says['goods']}", 6, 101, 3.6), Item(f"备注：{says['remark']}", 6, 108, 3.6),
        Item("签收人：", 6, 138, 3.6), Item(says["hotline"], 6, 146, 3.2),
    )  # fmt: skip
    return Sheet(items, _codes(says, bar=(12, 34), square=(66, 100)))


def english(says: Mapping[str, str]) -> Sheet:
    """Words in English before every block, the parties beneath them."""
    items = (
        Item("LARK EXPRESS", 6, 12, 6), Item("STANDARD", 66, 12),
        Item("FROM", 6, 24, 3.4), Item(f"{says['from_name']}  {says['from_phone']}", 6, 30, 3.6), Item(says["from_street"], 6, 36, 3.6),
        Item("SHIP TO", 6, 48, 4), Item(f"{says['name']}  {says['phone']}", 6, 56, 4.8),
        Item(says["street"], 6, 64), Item(says["room"], 6, 70.5),
        Item(f"CONTENTS {says['goods']}", 6, 82, 3.6), Item(f"REMARK {says['remark']}", 6, 89, 3.6),
        Item("SIGNATURE", 6, 140, 3.6), Item(says["hotline"], 6, 146, 3.2),
    )  # fmt: skip
    return Sheet(items, _codes(says, bar=(12, 112), square=(68, 78)))


def wordless(says: Mapping[str, str]) -> Sheet:
    """No words before the parties: a mark in front, the number beside the name."""
    items = (
        Item("云雀", 6, 12, 7), Item("571-X08-002", 30, 26, 8),
        Item("收", 6, 58, 5), Item(f"{says['name']} {says['phone']}", 16, 58, 4.6),
        Item(says["street"], 16, 65), Item(says["room"], 16, 71.5),
        Item("寄", 6, 82, 4), Item(f"{says['from_name']} {says['from_phone']}", 16, 82, 3.6), Item(says["from_street"], 16, 88, 3.6),
        Item(f"内件 {says['goods']}", 6, 101, 3.6), Item(f"备注 {says['remark']}", 6, 108, 3.6),
        Item("签收", 6, 138, 3.6), Item(says["hotline"], 40, 146, 3.2),
    )  # fmt: skip
    return Sheet(items, _codes(says, bar=(12, 34), square=(66, 100)))


def pair(says: Mapping[str, str]) -> Sheet:
    """Two labels beside each other on one sheet; the second is the one that is spoken of."""
    first = chinese(SAFE | {"number": OTHER})
    second = chinese(says)
    moved = [item._replace(x=item.x + WIDE + 6) for item in second.items]
    codes = [code._replace(x=code.x + WIDE + 6) for code in second.codes]
    return Sheet((*first.items, *moved), (*first.codes, *codes), 2 * WIDE + 6, HIGH)


LAYOUTS: Final[dict[str, Layout]] = {"chinese": chinese, "english": english, "wordless": wordless, "pair": pair}


def drawn(layout: str, *, hidden: tuple[tuple[str, str], ...] = (), **changes: str) -> Sheet:
    """Return a sheet whose label hides everybody but for ``changes``."""
    return saying(layout, changes, hidden=hidden)


def saying(layout: str, changes: Mapping[str, str], *, hidden: tuple[tuple[str, str], ...] = ()) -> Sheet:
    """Return the same, the changes as a mapping."""
    return replace(LAYOUTS[layout](SAFE | dict(changes)), hidden=hidden)
