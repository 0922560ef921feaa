"""The leak probe: searches what is about to be printed for what was to be hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from yinji.kernel.mask import Span
from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole

_RUN_MIN: Final = 2
"""Shortest hidden run that is searched for: a single hidden character of a common text stands everywhere."""

_SHORT_NAME: Final = 2
_FREE: Final = frozenset({"contents", "remark"})
_FIELDS: Final = {role: tuple(f"{role.value}.{member}" for member in ("name", "phone", "address")) for role in PartyRole}
_OF_A_PERSON: Final = frozenset(field for fields in _FIELDS.values() for field in fields)

_PHONE_RUN: Final = 6
"""As many digits of a phone in a row as the label rule wants hidden (GB/T 41833-2022, as reported)."""


class LeakProbe:
    """Knows a party's values; answers only which field shows, never what."""

    __slots__ = ("_name_length", "_needles")

    def __init__(self, role: PartyRole, party: Party, hidden: Sequence[Span]) -> None:
        """Work out what must not stand in any text: the whole name, runs of the phone, the ``hidden`` spans of the address."""
        named, phoned, placed = _FIELDS[role]
        name = party.name.open().strip()
        phone = _plain_digits(party.phone.open())
        needles = [(named, name)] if len(name) >= _RUN_MIN else []
        needles += [(phoned, phone[at : at + _PHONE_RUN]) for at in range(len(phone) - _PHONE_RUN + 1)]
        if hidden:
            needles += [(placed, run) for run in _runs(party.address.open(), hidden)]
        self._needles = needles
        self._name_length = len(name)

    def leaks_in(self, text: str) -> tuple[str, ...]:
        """Return the fields whose hidden part stands in ``text``."""
        return tuple(dict.fromkeys(field for field, needle in self._needles if needle in text))

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:
        """Return the same for the text of one field, without what is there by coincidence.

        A name may also be a place, an outlet or a brand (张江, 高明): in a text that does not come from the person, and in an
        address for a name of two characters, it tells nothing. The reader of addresses hides names that stand behind one.
        """
        leaks = self.leaks_in(text)
        if where in _FREE:
            return leaks
        return tuple(field for field in leaks if not self._coincides(field, where))

    def _coincides(self, field: str, where: str) -> bool:
        if not field.endswith(".name"):
            return False
        return where not in _OF_A_PERSON or (where.endswith(".address") and self._name_length <= _SHORT_NAME)

    def __repr__(self) -> str:
        return "LeakProbe(***)"


def _plain_digits(phone: str) -> str:
    if phone.isascii() and phone.isdigit():
        return phone
    return "".join(filter(str.isdigit, unicodedata.normalize("NFKC", phone)))


def _runs(address: str, hidden: Sequence[Span]) -> list[str]:
    """Return what is hidden of an address, each run with the two characters before it, so that a match is telling."""
    runs = [address[max(0, start - _RUN_MIN) : end].strip() for start, end in hidden]
    return [run for run in runs if len(run) > _RUN_MIN]
