"""One text masked as what it is said to be, with what was hidden and why: one table from kind to function."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.deid.marking import starred
from yinji.deid.names import mask_name
from yinji.deid.phones import mask_phone
from yinji.deid.text import scan
from yinji.kernel.mask import Mask, Span
from yinji.kernel.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(StrEnum):
    """What a text is said to be."""

    ADDRESS = "address"
    NAME = "name"
    PHONE = "phone"
    ID = "id"
    TEXT = "text"


class Hidden(NamedTuple):
    """What was hidden at ``span``: ``what`` names it (a part of an address, a kind of finding), ``reason`` says how it was known."""

    what: str
    span: Span
    reason: Said


class Masked(NamedTuple):
    """``mask`` has the length of the text; ``hidden`` explains its stars, in order."""

    mask: Mask
    hidden: tuple[Hidden, ...]


_NAMED: Final = Said("按姓名处理", "masked as a name")
_PHONED: Final = Said("按电话处理", "masked as a phone")
_NUMBERED: Final = Said("证件号码不显示", "a document number is never shown")


def mask_as(kind: Kind, text: str, policy: str = "label") -> Masked:
    """Return a text masked as ``kind``, and what was hidden; ``policy`` is that of addresses and changes nothing else.

    Never raises for any text; the length is kept.

    Raises:
        Misuse: for an unknown policy.
    """
    return _BY_KIND[kind](text, policy)


def _address(text: str, policy: str) -> Masked:
    from yinji.deid.address.policy import hidden_parts, mask_address  # noqa: PLC0415 - a name needs no table of divisions

    mask = mask_address(text, policy)
    parts = hidden_parts(text, mask)
    return Masked(mask, tuple(Hidden(part.part.value, part.span, part.reason) for part in parts))


def _name(text: str, _policy: str) -> Masked:
    return _all_of(Kind.NAME, mask_name(text), _NAMED)


def _phone(text: str, _policy: str) -> Masked:
    return _all_of(Kind.PHONE, mask_phone(text), _PHONED)


def _id(text: str, _policy: str) -> Masked:
    return _all_of(Kind.ID, starred(text, (Span(0, len(text)),) if text else ()), _NUMBERED)


def _text(text: str, _policy: str) -> Masked:
    found = scan(text)
    mask = starred(text, tuple(finding.span for finding in found))
    return Masked(mask, tuple(Hidden(finding.kind.value, finding.span, finding.reason) for finding in found))


def _all_of(kind: Kind, mask: Mask, reason: Said) -> Masked:
    return Masked(mask, tuple(Hidden(kind.value, span, reason) for span in mask.hidden))


_BY_KIND: Final[dict[Kind, Callable[[str, str], Masked]]] = {
    Kind.ADDRESS: _address,
    Kind.NAME: _name,
    Kind.PHONE: _phone,
    Kind.ID: _id,
    Kind.TEXT: _text,
}
