"""A node to test in: founded as `yinji init` founds it, with orders that a test writes in one line."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from tests.simulators.clock import StandingClock
from yinji.access.model import Account, OrgKind, Post
from yinji.flows.found_node import Charter
from yinji.flows.house import House
from yinji.flows.issue_model import Look, Outcome
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.set_sender import set_sender
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.label.fonts import find_fonts
from yinji.label.press import Press
from yinji.main import found, open_house
from yinji.waybill.model import Order

CHARTER = Charter(((OrgKind.HEADQUARTERS, "HQ", "青鸾快递", ""),))
LOOK = Look("青鸾快递", "标准快递", "浦东张江一部", "400-000-0000")
RANGE = "QL:1000000000000-1000000099999"
SENDER = Party(Private("茶与山商行"), Private("021-50000000"), Private("上海市浦东新区张江镇示例路88号2栋301室"))

LI = ("李思远", "13800001234", "浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室")
ZHAO = ("赵静怡", "15900005678", "广东省深圳市南山区白鹭东路66号云栖花园A座1203")


@cache
def press() -> Press:
    """One press for the whole test run: fonts are loaded once."""
    return Press(find_fonts())


@dataclass
class World:
    """An open node and its clock."""

    home: Path
    clock: StandingClock
    house: House
    _lines: count[int] = field(default_factory=lambda: count(2))

    def order(
        self,
        number: str,
        person: tuple[str, str, str] = LI,
        *,
        contents: str = "茶叶礼盒",
        remark: str = "",
        ordered: date | None = date(2026, 11, 20),
    ) -> Order:
        """One order for ``person`` (name, phone, address)."""
        party = Party(*(Private(text) for text in person))
        return Order(next(self._lines), number, party, Private(contents), 1, Private(remark), ordered=ordered)

    def run(self, *, merchant: str = "M") -> IssueRun:
        """A fresh run, as one command is."""
        return IssueRun(self.house, press(), merchant=merchant, look=LOOK)

    def issue(self, orders: Sequence[Order], *, merchant: str = "M") -> Outcome:
        """Issue orders as one batch of one run."""
        return self.run(merchant=merchant).issue(orders)

    def number_of(self, number: str, person: tuple[str, str, str] = LI) -> str:
        """Issue one order; return its waybill number."""
        (label,) = self.issue([self.order(number, person)]).labels
        return label.number

    def again(self) -> House:
        """The same node opened once more, as another process would."""
        return open_house(self.home, clock=self.clock)

    def as_(self, post: Post) -> House:
        """The node as somebody at another post of the same organisation sees it."""
        account = Account(Ref(bytes(15) + bytes((len(post.value),))), self.house.node.org, post.value, post)
        own = self.house
        return replace(own, account=account)


def make_world(home: Path, *, settings: str = "", number_range: str = RANGE, with_sender: bool = True) -> World:
    """Found and open a node; ``settings`` is what its yinji.toml says.

    On SQLite it is a copy of one that was founded with the same words before by this process: two of these are one node twice.
    """
    clock = StandingClock()
    if "postgresql" in settings:
        _found(home, settings, number_range, with_sender=with_sender)
    else:
        shutil.copytree(_founded(settings, number_range, with_sender=with_sender), home, dirs_exist_ok=True)
    return World(home, clock, open_house(home, clock=clock))


@cache
def _founded(settings: str, number_range: str, *, with_sender: bool) -> Path:
    """A closed node to copy, made once for the whole test run."""
    folder = Path(tempfile.mkdtemp(prefix="yinji-founded-"))
    atexit.register(shutil.rmtree, folder)
    _found(folder / "node", settings, number_range, with_sender=with_sender)
    return folder / "node"


def _found(home: Path, settings: str, number_range: str, *, with_sender: bool) -> None:
    home.mkdir(parents=True, exist_ok=True)
    if settings:
        (home / "yinji.toml").write_text(settings, encoding="utf-8")
    clock = StandingClock()
    found(home, CHARTER, clock=clock)
    house = open_house(home, clock=clock)
    if number_range:
        entered = house.register.enter_range(house.node.org, number_range, specimen=False, actor=house.actor)
        assert not isinstance(entered, Refuse), entered
    if with_sender:
        assert set_sender(house, SENDER) == ()
    house.close()
