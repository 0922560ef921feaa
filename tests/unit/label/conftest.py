"""A press, invented people, and a probe that knows one of them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from yinji.kernel.faults import Fault
from yinji.label.fonts import PLACES, Fonts, _first, _load, find_fonts
from yinji.label.model import Draft, PartyMask
from yinji.label.passed import Label, Passed
from yinji.label.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ON = date(2026, 11, 21)
NUMBER, TOKEN = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A"

GOOD = Draft(
    recipient=PartyMask("王*明", "1******5678", "广东省深圳市南山区粤海街道科苑路15号创意大厦**"),
    sender=PartyMask("李*", "1******4321", "浙江省杭州市余杭区仓前街道梦溪路969号****"),
    contents="图书《城南旧事》",
    pieces=2,
    remark="易碎，请轻放",
    sorting_code="755-N12-015",
    destination="广东 深圳 南山区",
    carrier="隐寄速递",
    product="标准快递",
    outlet="余杭仓前网点",
    hotline="客服 400-000-0000",
    printed_at="2026-11-21 20:01",
    specimen=False,
)

FULL = replace(
    GOOD,
    recipient=PartyMask("王*明", "", "广东省深圳市南山区粤海街道科苑路15号创意大厦**", virtual_number="17012340000 转 8821"),
    centre="深圳南山集散",
    door="驿站",
    package=2,
    packages=3,
    weight=1250,
    collect_goods=12_800,
    collect_freight=2_350,
    insured=50_000,
    freight=1_250,
    courier="0712",
    return_outlet="杭州余杭一部",
    clause="签收前请核对外包装；签字即表示同意快递服务合同。",
    inspected=True,
    screened=True,
    reprint=2,
    original="YJ9876543210987",
    collected_at="仓前街道文一西路****",
    handed_by="苏**",
    agreed_check="当面验收",
)
"""Everything that a label can say at once."""


class Probe:
    """The vault's part: knows one recipient's plaintext, answers with kinds."""

    def __init__(self, **values: str) -> None:
        self._values = {kind.replace("_", "."): value for kind, value in values.items()}

    def leaks_in(self, text: str) -> tuple[str, ...]:
        return tuple(kind for kind, value in self._values.items() if value in text)

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:
        return () if where == "outlet" else self.leaks_in(text)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    try:
        return find_fonts()
    except Fault:
        if os.environ.get("CI"):
            raise
        pytest.skip("install fonts-noto-cjk (apt install fonts-noto-cjk)")


@pytest.fixture(scope="session")
def fonts_alone(fonts: Fonts) -> Fonts:
    """The same fonts where none for rare characters is installed."""
    assert fonts
    return _load(*_first(Path(place) for place in PLACES), ())


@pytest.fixture(scope="session")
def press(fonts: Fonts) -> Press:
    return Press(fonts)


@pytest.fixture(scope="session")
def full() -> Draft:
    return FULL


@pytest.fixture(scope="session")
def drafted() -> Callable[..., Draft]:
    """A good draft with some fields changed; ``recipient_phone=`` reaches into the party."""

    def make(**changes: Any) -> Draft:
        draft = GOOD
        for field, value in changes.items():
            party, _, part = field.partition("_")
            if party in {"recipient", "sender"} and part:
                draft = replace(draft, **{party: replace(getattr(draft, party), **{part: value})})
            else:
                draft = replace(draft, **{field: value})
        return draft

    return make


@pytest.fixture(scope="session")
def passed(press: Press) -> Callable[[Sequence[Draft]], list[Passed]]:
    def check(drafts: Sequence[Draft]) -> list[Passed]:
        answers = press.check(drafts, [Probe()] * len(drafts), on=ON)
        assert not [answer for answer in answers if isinstance(answer, tuple)]
        return [answer for answer in answers if isinstance(answer, Passed)]

    return check


@pytest.fixture(scope="session")
def labelled(passed: Callable[[Sequence[Draft]], list[Passed]]) -> Callable[..., list[Label]]:
    def number(*drafts: Draft) -> list[Label]:
        return [each.numbered(NUMBER, TOKEN) for each in passed(drafts or (GOOD,))]

    return number


@pytest.fixture(scope="session")
def found(press: Press) -> Callable[..., list[tuple[str, str]]]:
    """Rule and field of everything that the lints find in a draft."""

    def check(draft: Draft, probe: Probe | None = None) -> list[tuple[str, str]]:
        answer = press.check([draft], [probe or Probe()], on=ON)[0]
        return [] if isinstance(answer, Passed) else [(finding.rule, finding.where) for finding in answer]

    return check


@pytest.fixture
def probe() -> type[Probe]:
    return Probe


@pytest.fixture(scope="session")
def probe_of_nobody() -> Probe:
    return Probe()


@pytest.fixture(scope="session")
def on() -> date:
    return ON
