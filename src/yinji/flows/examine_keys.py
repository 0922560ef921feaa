"""Look at the keys: 1 what the database states of each period; 2 what the key store has; 3 how often each was used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yinji.flows.house import House
from yinji.kernel.said import Said


@dataclass(frozen=True, slots=True)
class PeriodSeen:
    """One period's keys. ``leaves_gone`` counts the parties erased from it; ``uses`` by deed."""

    period: int
    revision: int
    leaves_gone: int
    said: Said
    sound: bool
    uses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KeysSeen:
    """The keys of the node's organisation; no key among them."""

    place: str
    roots: tuple[int, ...]
    suite: str
    undo_until_ms: int
    periods: tuple[PeriodSeen, ...]

    @property
    def sound(self) -> bool:
        """True where every period's keys are there and of the database's moment."""
        return all(each.sound for each in self.periods)


def examine_keys(house: House) -> KeysSeen:
    """Return what there is of keys."""
    org = house.node.org
    uses = house.key_book.counted(org)
    seen = [
        PeriodSeen(
            period=each.period,
            revision=each.revision,
            leaves_gone=each.erased,
            said=each.state,
            sound=each.sound,
            uses={deed: count for (period, deed), count in uses.items() if period == each.period},
        )
        for each in house.vault.periods_seen(org)  # 1, 2
    ]
    known = {each.period for each in seen}
    other = {deed: count for (period, deed), count in uses.items() if period not in known}  # 3
    if other:
        seen.append(PeriodSeen(0, 0, 0, Said("不分月份的使用", "uses of no single period"), sound=True, uses=other))
    return KeysSeen(
        place=house.keys.place,
        roots=house.rotation.root_versions(),
        suite=house.settings.suite,
        undo_until_ms=house.key_book.undo_until(),
        periods=tuple(seen),
    )
