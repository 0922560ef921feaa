"""The leak probe: searches what is about to be printed for what was to be hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.deid import OwnName, normal
from yinji.deid.own_names import gathered
from yinji.kernel.mask import Span
from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole

_RUN_MIN: Final = 2
"""Shortest hidden run that is searched for: a single hidden character of a common text stands everywhere."""

_FREE: Final = frozenset({"contents", "remark"})
_FIELDS: Final = {role: tuple(f"{role.value}.{member}" for member in ("name", "phone", "address")) for role in PartyRole}
_NAMES: Final = frozenset(named for named, _, _ in _FIELDS.values())
_ADDRESSES: Final = frozenset(placed for _, _, placed in _FIELDS.values())
_HANDS: Final = frozenset({"collected_at", "handed_by"})
_TELLING: Final = _ADDRESSES | _NAMES | _HANDS

_PHONE_RUN: Final = 6
"""As many digits of a phone in a row as the label rule wants hidden (GB/T 41833-2022, as reported)."""


class LeakProbe:
    """Knows a party's values; answers only which field shows, never what. It reads as the masks do: in the normal form."""

    __slots__ = ("_named", "_needles", "_placed", "own")

    def __init__(self, role: PartyRole, party: Party, own: OwnName, hidden: Sequence[Span], *, virtual: bool = False) -> None:
        """Work out what must not stand in any text: the name, runs of the phone, the ``hidden`` spans of the address.

        A ``virtual`` number may be shown: it is the substitute itself.
        """
        self._named, phoned, self._placed = _FIELDS[role]
        phone = "" if virtual else _plain_digits(party.phone.open())
        self.own: Final = own
        self._needles = [(phoned, phone[at : at + _PHONE_RUN]) for at in range(len(phone) - _PHONE_RUN + 1)]
        if hidden:
            self._needles += [(self._placed, run) for run in _runs(party.address.open(), hidden)]

    def leaks_in(self, text: str) -> tuple[str, ...]:
        """Return the fields whose hidden part stands in ``text``."""
        return self._leaks(gathered(text))

    def _leaks(self, plain: str) -> tuple[str, ...]:
        named = (self._named,) if self.own.stands_in(plain) else ()
        return named + tuple(dict.fromkeys(field for field, needle in self._needles if needle in plain))

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:
        """Return the same for the text of one field, without what is there by coincidence.

        A name may also be a place, an outlet or a brand (张江, 高明): in a text that does not come from the person it tells
        nothing, in the person's address only where a person's name stands, in the other's address from three characters on.
        """
        return tuple(field for field in self.leaks_in(text) if field != self._named or self._names(where, text))

    def _names(self, where: str, text: str) -> bool:
        if where in _FREE or where == self._named:
            return bool(self.own.in_note(text))
        if where == self._placed:
            return bool(self.own.in_address(text))
        return where in _TELLING and self.own.whole_in(text)

    def __repr__(self) -> str:
        return "LeakProbe(***)"


class BothProbes:
    """The probes of a label's two parties as one: a text is brought into the form they search once. A third knows who handed the
    parcel over in the sender's place, and where.
    """

    __slots__ = ("_one", "_other", "_third")

    def __init__(self, one: LeakProbe, other: LeakProbe, third: LeakProbe | None = None) -> None:
        """Ask ``one``, then ``other``, then ``third``."""
        self._one = one
        self._other = other
        self._third = third

    def leaks_in(self, text: str) -> tuple[str, ...]:
        """Return the fields of any of them that show in ``text``."""
        plain = gathered(text)
        found = self._one._leaks(plain) + self._other._leaks(plain)  # noqa: SLF001 - the same idea, two of it
        return found + self._third._leaks(plain) if self._third else found  # noqa: SLF001 - as above

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:
        """Return the fields of any of them that show in the text of one field."""
        found = self._one.leaks_at(where, text) + self._other.leaks_at(where, text)
        return found + self._third.leaks_at(where, text) if self._third else found


def _plain_digits(phone: str) -> str:
    if phone.isascii() and phone.isdigit():
        return phone
    return "".join(filter(str.isdigit, normal(phone)))


def _runs(address: str, hidden: Sequence[Span]) -> list[str]:
    """Return what is hidden of an address, each run with the two characters before it, so that a match is telling."""
    runs = [gathered(address[max(0, start - _RUN_MIN) : end]) for start, end in hidden]
    return [run for run in runs if len(run) > _RUN_MIN]
