"""Counts of waybills, and shares of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from yinji.waybill.model import WaybillKind


class By(StrEnum):
    """What coverage is told by."""

    DAY = "day"
    OUTLET = "outlet"
    CHANNEL = "channel"
    RULES = "rules"


class Group(NamedTuple):
    """What the waybills of one count have in common. ``day`` is the Beijing day of issue, ``rules`` the pack that passed the label."""

    day: date
    outlet: str
    channel: str
    rules: str
    kind: WaybillKind
    specimen: bool


class Tally(NamedTuple):
    """How many waybills of one group there are."""

    group: Group
    waybills: int


class Share(NamedTuple):
    """Waybills under one key: real ones with privacy labels, real ones with exempt labels, and specimens, which are neither."""

    key: str
    privacy: int
    exempt: int
    specimen: int

    @property
    def waybills(self) -> int:
        """Real waybills: what the share is of."""
        return self.privacy + self.exempt

    @property
    def share(self) -> float | None:
        """The share of privacy waybills, 0 to 1; None where there is no real waybill."""
        return self.privacy / self.waybills if self.waybills else None
