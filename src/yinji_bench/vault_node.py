"""A scratch node for measuring the vault: founded as `yinji init` founds it, filled with invented parcels without their labels."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from yinji.access.model import OrgKind
from yinji.flows.found_node import Charter
from yinji.flows.house import House
from yinji.flows.set_sender import set_sender
from yinji.kernel.clock import beijing_day
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_refs
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.vault.model import Belongings, Intake, ToldOrder
from yinji.vault.planning import plan_party

CHARTER: Final = Charter(((OrgKind.HEADQUARTERS, "HQ", "测量快递", ""),))
BATCH: Final = 1_000
DAY_MS: Final = 24 * 60 * 60 * 1_000
_SENDER: Final = Party(Private("测量商行"), Private("021-50000000"), Private("上海市浦东新区张江镇示例路88号2栋301室"))
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN: Final = "思远静怡浩然听澜若谷清扬望舒"
OUTLET: Final = "测量网点"
MERCHANT: Final = "BENCH"


class Founding(Protocol):
    """How a node is founded and opened: what `main` hands to the command line."""

    @property
    def found(self) -> Callable[[Path, Charter], None]:
        """Make a node."""
        ...

    @property
    def open_house(self) -> Callable[[Path], House]:
        """Open it."""
        ...


def phone_of(at: int) -> str:
    """Return the phone of the person number ``at``: three parcels a person, as a busy month has them."""
    return f"139{at // 3:08d}"


@dataclass(slots=True)
class VaultNode:
    """An open node, and the parcels that were put into its vault: reference, in order."""

    house: House
    parcels: list[Ref] = field(default_factory=list)

    def intakes(self, count: int, *, at_ms: int) -> list[Intake]:
        """Return some fresh parcels, planned and with their order keys: everything that comes before sealing."""
        org, first = self.house.node.org, len(self.parcels)
        sender = plan_party(PartyRole.SENDER, _SENDER)
        refs = mint_refs(count, shard=FIRST_SHARD, at_ms=at_ms, random=self.house.random)
        day, made = beijing_day(at_ms), []
        for at, ref in enumerate(sorted(refs), start=first):
            name = _SURNAMES[at % len(_SURNAMES)] + _GIVEN[at % len(_GIVEN)] + _GIVEN[at // 7 % len(_GIVEN)]
            address = f"浙江省杭州市西湖区望云路{at % 400 + 1}号听雨轩{at % 30 + 1}幢{at % 3 + 1}单元{at % 20 + 1}01室"
            party = Party(Private(name), Private(phone_of(at)), Private(address))
            plan = plan_party(PartyRole.RECIPIENT, party)
            belongings = Belongings(Private(f"B{at:010d}"), Private("茶叶礼盒"), Private(""))
            told = ToldOrder(
                merchant=MERCHANT, specimen=False, ordered=day, recipient=party, sender=_SENDER, belongings=belongings,
                printed=("1", ""),
            )  # fmt: skip
            key = self.house.vault.order_key(org, told)
            made.append(Intake(ref, FIRST_SHARD, plan, sender, belongings, key, f"real\0{MERCHANT}", OUTLET))
        self.parcels += [each.parcel for each in made]
        return made

    def fill(self, count: int, *, days: int = 1) -> None:
        """Store parcels, spread evenly over the last ``days``, oldest first."""
        now, batches = self.house.clock.now_ms(), max(1, -(-count // BATCH))
        for at in range(batches):
            at_ms = now - (days - 1 - at * days // batches) * DAY_MS
            self._store(self.intakes(min(BATCH, count - at * BATCH), at_ms=at_ms), at_ms)

    def _store(self, intakes: list[Intake], at_ms: int) -> None:
        house = self.house
        sealed = house.vault.seal(house.node.org, intakes, at_ms=at_ms)
        entry = Entry(Event.WAYBILLS_ISSUED, house.actor, Purpose.ISSUE, at_ms, about=(intakes[0].parcel,), count=len(intakes))
        with house.data.work() as work:
            house.vault.write(work, house.node.org, sealed, entry=entry)
        house.data.shorten_log()


@contextmanager
def vault_node(rooms: Founding, folder: Path | None = None, *, settings: str = "") -> Iterator[VaultNode]:
    """Found and open a scratch node; it is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        home = Path(scratch) / "node"
        home.mkdir(mode=0o700)
        (home / "yinji.toml").write_text(f"reveals_a_day = 100000\n{settings}", encoding="utf-8")
        rooms.found(home, CHARTER)
        house = rooms.open_house(home)
        set_sender(house, _SENDER)
        try:
            yield VaultNode(house)
        finally:
            house.close()
