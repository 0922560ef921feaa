"""Invented people and parcels for measuring: nobody in here exists."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any, Final

from yinji.kernel.faults import Misuse
from yinji.label.model import Draft, PartyMask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.passed import Label, Passed
    from yinji.label.press import Press

PRINTED_ON: Final = date(2026, 11, 21)
"""The day whose rules the invented labels are linted by."""

CHARACTERS: Final = 1_000
"""Together with fixed texts a batch of 500 then shows about 1,100 distinct characters, as batches in the trade do."""

_BASE64URL: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TOKEN_LENGTH: Final = 22  # 132 bits
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
_PLACES: Final = (
    ("广东", "深圳", "南山区"), ("浙江", "杭州", "余杭区"), ("江苏", "苏州", "昆山市"), ("四川", "成都", "武侯区"),
    ("湖北", "武汉", "洪山区"), ("陕西", "西安", "雁塔区"), ("山东", "青岛", "崂山区"), ("福建", "厦门", "集美区"),
    ("湖南", "长沙", "岳麓区"), ("河南", "郑州", "金水区"), ("辽宁", "大连", "甘井子区"), ("云南", "昆明", "官渡区"),
)  # fmt: skip
_GOODS: Final = (
    "图书",
    "棉质衬衫",
    "儿童积木",
    "保温杯",
    "干果礼盒",
    "蓝牙耳机",
    "洗护用品",
    "运动鞋",
    "文具套装",
    "手工陶瓷茶具",
)
_REMARKS: Final = ("", "", "", "易碎，请轻放", "工作日白天送", "放驿站即可", "请先打电话")


def _alphabet() -> str:
    """Return the characters that invented names and streets are made of: a fixed draw from GB 2312's common ones."""
    rows = range(0xB0, 0xD7)
    common = [bytes((row, cell)).decode("gb2312") for row in rows for cell in range(0xA1, 0xFF)]
    return "".join(Random(41833).sample([c for c in common if c not in "室户房单元"], CHARACTERS))  # noqa: S311 - no secret


ALPHABET: Final = _alphabet()


def drafts(count: int, seed: int) -> list[Draft]:
    """Return invented drafts, every one with its own two people; the same seed gives the same."""
    random = Random(seed)  # noqa: S311 - invented people need no secrets
    return [_draft(random) for _ in range(count)]


def generated(count: int, seed: int) -> list[tuple[str, str]]:
    """Return waybill numbers and tokens."""
    random = Random(seed)  # noqa: S311 - these numbers are never issued
    return [(f"YJ{random.randrange(10**13):013d}", "".join(random.choices(_BASE64URL, k=_TOKEN_LENGTH))) for _ in range(count)]


def labels(press: Press, count: int, turn: int) -> list[Label]:
    """Return labels of a press, linted, set and numbered; every turn has other people."""
    answers = press.check(drafts(count, turn), [NothingLeaks()] * count, on=PRINTED_ON)
    return [passed(answer).numbered(*fields) for answer, fields in zip(answers, generated(count, turn), strict=True)]


def passed(answer: Passed | tuple[Any, ...]) -> Passed:
    """Return what passed the lints; raises Misuse where they found something: nobody here may be refused."""
    if isinstance(answer, tuple):
        raise Misuse(f"an invented label was refused: {answer}")
    return answer


def distinct_characters(passed: Sequence[Passed]) -> int:
    """Return how many different characters the texts of these labels show."""
    return len(set("".join(text for each in passed for text in each.texts)))


class NothingLeaks:
    """A leak probe that knows nobody: measures ours without the vault's own work."""

    def leaks_in(self, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return ()

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        """Return nothing."""
        return ()


def _draft(random: Random) -> Draft:
    to = random.choice(_PLACES)
    return Draft(
        recipient=_party(random, to),
        sender=_party(random, random.choice(_PLACES)),
        contents=random.choice(_GOODS),
        pieces=random.randint(1, 3),
        remark=random.choice(_REMARKS),
        sorting_code=f"{random.randrange(1000):03d}-{random.choice('ABCDEFGHN')}{random.randrange(100):02d}-{random.randrange(1000):03d}",
        destination=" ".join(to),
        carrier="隐寄速递",
        product="标准快递",
        outlet="余杭仓前网点",
        hotline="客服 400-000-0000",
        printed_at="2026-11-21 20:01",
        specimen=False,
    )


def _party(random: Random, place: tuple[str, str, str]) -> PartyMask:
    def word(length: int) -> str:
        return "".join(random.choices(ALPHABET, k=length))

    province, city, district = place
    name = random.choice(_SURNAMES) + "*" + word(random.randint(0, 1))
    street = f"{word(2)}街道{word(random.randint(2, 3))}路{random.randint(1, 999)}号{word(random.randint(3, 5))}小区"
    return PartyMask(
        name,
        f"1******{random.randrange(10_000):04d}",
        f"{province}省{city}市{district}{street}{random.randint(1, 40)}栋*******",
    )
