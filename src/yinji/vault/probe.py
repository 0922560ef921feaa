"""The leak probe: searches what is about to be printed for what was to be hidden."""

from __future__ import annotations

from typing import Final

from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole
from yinji.vault.model import Masks

_RUN_MIN: Final = 2
"""Shortest hidden run that is searched for: a single hidden character of a common text stands everywhere."""

_SHORT_NAME: Final = 2
_FREE: Final = frozenset({"contents", "remark"})
_OF_A_PERSON: Final = frozenset(f"{role.value}.{member}" for role in PartyRole for member in ("name", "phone", "address"))

_PHONE_RUN: Final = 6
"""As many digits of a phone in a row as the label rule wants hidden (GB/T 41833-2022, as reported)."""


class LeakProbe:
    """Knows a party's values; answers only which field shows, never what."""

    __slots__ = ("_name_length", "_needles")

    def __init__(self, role: PartyRole, party: Party, masks: Masks) -> None:
        """Work out what must not stand in any text: the whole name, runs of the phone, the hidden part of the address."""
        name = party.name.open().strip()
        phone = "".join(filter(str.isdigit, party.phone.open()))
        address = party.address.open()
        needles: list[tuple[str, str]] = []
        if len(name) >= _RUN_MIN:
            needles.append((f"{role.value}.name", name))
        needles += [(f"{role.value}.phone", phone[i : i + _PHONE_RUN]) for i in range(1, len(phone) - _PHONE_RUN + 1)]
        needles += [(f"{role.value}.address", run) for run in _hidden_runs(address, masks.address)]
        self._needles = tuple(needles)
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


def _hidden_runs(value: str, mask: str) -> list[str]:
    """Return the stretches of ``value`` that ``mask`` hides, with the two characters before each, so that a match is telling."""
    runs, start = [], -1
    for at in range(len(value) + 1):
        hidden = at < len(value) and mask[at : at + 1] != value[at]
        if hidden and start < 0:
            start = at
        elif not hidden and start >= 0:
            run = value[max(0, start - _RUN_MIN) : at].strip()
            if len(run) > _RUN_MIN:
                runs.append(run)
            start = -1
    return runs
