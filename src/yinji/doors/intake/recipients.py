"""Who a row is for: plain, virtual, or only a platform's handle; wrapped in the statement that knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from yinji.deid import read_division, read_phone
from yinji.doors.intake.addresses import joined_address, split_recipient, without_postcode
from yinji.doors.intake.cells import expired
from yinji.doors.intake.dressing import is_scientific, without_country
from yinji.doors.intake.presets.model import PARTS, Field, plain
from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.row_model import Who
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

_SPACE: Final = re.compile(r"\s+")
_CIPHER: Final = re.compile(r"(?:##|\$\$)\S|([~#$])[A-Za-z0-9+/=_~#:.-]{16,}")
"""Ciphertext as platforms export it: ``##…`` and ``$$…``, or a long run between ``~``, ``#`` or ``$``."""

_CIPHER_MARKS: Final = frozenset("#$~")
BETWEEN_CIPHERS: Final = "\x1f"

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
"""What `deid.read_phone` finds in nearly every row, found here at a tenth of the time."""

_HEAD_CHARACTERS: Final = 9
"""``浙江省杭州市西湖区``: most addresses name their city within so many."""

_HEADS_KEPT: Final = 8_192

_MASKED: Final = (Refusal.PHONE_MASKED, Refusal.ADDRESS_MASKED)
_UNUSUAL: Final = frozenset(
    (*(Field.COMBINED, Field.STREET, *PARTS, Field.ADDRESS_HEAD, Field.HANDLE, Field.VIRTUAL_NUMBER, Field.RECIPIENT_KIND),)
)
"""Fields that make a recipient more than name, phone and address."""

Texts = Mapping[Field, str]


class Found(NamedTuple):
    """A row's recipient, how the row names the person, and all that is wrong with it."""

    party: Party
    who: Who
    refused: list[Refuse]


class _Told(NamedTuple):
    name: str
    phone: str
    address: str
    handle: str
    virtual: bool


class RecipientReader:
    """Reads the recipients of one file."""

    def __init__(self, layout: Layout, *, now: datetime) -> None:
        """Look at the layout once. ``now`` says which virtual numbers have expired."""
        self._layout = layout
        self._now = now
        self._simple = layout.at.keys().isdisjoint(_UNUSUAL) and not layout.preset.address_postcode

    def read(self, texts: Texts, spoilt: frozenset[Field]) -> Found:
        """Return who a row is for. ``spoilt`` fields have been refused already and are not called missing.

        A phone is virtual only where its own column or the kind's column says so and it has not expired. A name with stars
        will do; a phone or an address with stars will not, unless a handle stands beside it, and a handle waits for its platform.
        """
        refused: list[Refuse] = []
        if self._simple:
            get = texts.get
            told = _Told(get(Field.NAME, ""), get(Field.PHONE, ""), get(Field.ADDRESS, ""), "", False)  # noqa: FBT003 - a tuple's last
        else:
            told = _told(texts, self._layout, self._now, refused)
        name, phone, address, handle, virtual = told
        cipher = not _CIPHER_MARKS.isdisjoint((phone[:1], address[:1], name[:1])) and any(
            map(_is_cipher, (phone, address, name))
        )
        if handle or cipher or (not phone and not address and self._layout.preset.protected and not spoilt):
            whole = phone and address and HIDDEN_MARK not in phone and HIDDEN_MARK not in address and not cipher
            if not whole:
                handle = handle or (BETWEEN_CIPHERS.join((name, phone, address)) if cipher else "")
                party = Party(Private(name), Private(phone), Private(address), PartyKind.HANDLE, Private(handle))
                return Found(party, Who.HANDLE, [Refuse(Refusal.HANDLE_WAITS, self._layout.place("recipient.phone"))])
        if not refused:
            refused = self._wrong(told, spoilt)
        who = Who.VIRTUAL if virtual else Who.PLAIN
        if refused and any(each.code in _MASKED for each in refused):
            who = Who.MASKED
        kind = PartyKind.VIRTUAL if who is Who.VIRTUAL else PartyKind.PLAIN
        return Found(Party(Private(name), Private(phone), Private(address), kind), who, refused)

    def _wrong(self, told: _Told, spoilt: frozenset[Field]) -> list[Refuse]:
        name, phone, address, _, _ = told
        if name and _MOBILE.fullmatch(phone) and address and HIDDEN_MARK not in address and _has_division(address):
            return []
        if Field.COMBINED in spoilt:
            return []
        found: list[tuple[Refusal | None, str]] = [
            (None if name or Field.NAME in spoilt else Refusal.NAME_MISSING, "recipient.name"),
            (_wrong_phone(phone, spoilt), "recipient.phone"),
            (_wrong_address(address, spoilt), "recipient.address"),
        ]
        return [Refuse(code, self._layout.place(at)) for code, at in found if code is not None]


def _wrong_phone(phone: str, spoilt: frozenset[Field]) -> Refusal | None:
    if not phone and not spoilt.isdisjoint((Field.PHONE, Field.VIRTUAL_NUMBER)):
        return None
    if is_scientific(phone):
        return Refusal.CELL_ROUNDED
    read = read_phone(phone)
    return read.code if isinstance(read, Refuse) else None


def _wrong_address(address: str, spoilt: frozenset[Field]) -> Refusal | None:
    if not address:
        return Refusal.ADDRESS_MISSING if spoilt.isdisjoint((Field.ADDRESS, Field.STREET)) else None
    if HIDDEN_MARK in address:
        return Refusal.ADDRESS_MASKED
    return None if _has_division(address) else Refusal.DIVISION_UNKNOWN


def _told(texts: Texts, layout: Layout, now: datetime, refused: list[Refuse]) -> _Told:
    """Gather name, phone and address from wherever a row has them."""
    preset = layout.preset
    name, phone = texts.get(Field.NAME, ""), texts.get(Field.PHONE, "")
    address = texts.get(Field.ADDRESS, "")
    if combined := texts.get(Field.COMBINED, ""):
        split = split_recipient(combined)
        if split is not None:
            name, phone, address = split
        elif not _is_cipher(combined):
            refused.append(Refuse(Refusal.RECIPIENT_MALFORMED, layout.at[Field.COMBINED][0][1]))
        else:
            address = combined
    if not address:
        parts = [texts.get(part, "") for part in PARTS]
        if head := texts.get(Field.ADDRESS_HEAD, ""):
            parts = [*head.split(), *parts] if not any(parts[:3]) else parts
        street = texts.get(Field.STREET, "")
        address = joined_address(parts, street) if street and any(parts) and not _is_cipher(street) else street
    if preset.address_postcode:
        address = without_postcode(address)
    number = texts.get(Field.VIRTUAL_NUMBER, "")
    virtual = bool(number) or (plain(texts.get(Field.RECIPIENT_KIND, "")) in preset.virtual_kinds and bool(phone))
    if virtual and (until := texts.get(Field.VIRTUAL_UNTIL, "")) and expired(until, now):
        virtual = False
        number = "" if phone else number  # over: the other number, if the row has one
    return _Told(name, without_country(number or phone), address, texts.get(Field.HANDLE, ""), virtual)


def _is_cipher(text: str) -> bool:
    return text[:1] in _CIPHER_MARKS and _CIPHER.match(text) is not None


def _has_division(address: str) -> bool:
    return _begins_well(address[:_HEAD_CHARACTERS]) or read_division(address) is not None


@lru_cache(maxsize=_HEADS_KEPT)
def _begins_well(head: str) -> bool:
    return read_division(head) is not None


def one_line(text: str) -> str:
    """Return a text on one line: line breaks and runs of white space become one space."""
    return _SPACE.sub(" ", text) if not text.isprintable() or "  " in text else text
