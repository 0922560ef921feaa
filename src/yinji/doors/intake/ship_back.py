"""Out again: which order left under which waybill number, in the platform's form for batch shipping."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Final, NamedTuple, TextIO

from yinji.doors.intake.dressing import dressed
from yinji.doors.intake.presets.model import Per, ShippedForm, Told


class Sent(NamedTuple):
    """An order that has its waybill: numbers only, nobody's name. ``subs`` are its items' own numbers."""

    order: str
    subs: tuple[str, ...]
    waybills: tuple[str, ...]


class ShipBack:
    """Writes a shipping form as CSV in UTF-8 with a byte order mark, which every platform's console takes."""

    def __init__(self, out: TextIO, form: ShippedForm, *, carrier: str) -> None:
        """Write the titles. ``carrier`` is called as the platform calls it."""
        out.write("\ufeff")
        self._form: Final = form
        self._carrier: Final = form.carriers.get(carrier, carrier)
        self._writer = csv.writer(out)
        self._writer.writerow([title for title, _ in form.columns])
        self.rows = 0

    def write(self, sent: Iterable[Sent]) -> None:
        """Append a row for each order, or each of its own numbers, and each waybill number."""
        for each in sent:
            subs = each.subs if self._form.per is Per.SUB_ORDER and each.subs else (each.order,)
            for sub in subs:
                for waybill in each.waybills:
                    said = {Told.ORDER: each.order, Told.SUB_ORDER: sub, Told.CARRIER: self._carrier, Told.WAYBILL: waybill}
                    self._writer.writerow([dressed(said[told], self._form.dress) for _, told in self._form.columns])
                    self.rows += 1
