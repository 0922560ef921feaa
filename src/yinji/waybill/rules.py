"""Numbers and their check digit. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Block, Draw, NumberRange, Taken, Waybill

_RANGE: Final = re.compile(r"(?P<prefix>[A-Z]{2,3}):(?P<first>[0-9]{8,15})-(?P<last>[0-9]{8,15})", re.ASCII)
_NUMBER: Final = re.compile(r"(?P<prefix>[A-Z]{2,3})(?P<serial>[0-9]{8,15})(?P<check>[0-9])", re.ASCII)

DIGITS_MAX: Final = {2: 15, 3: 11}
"""Digits of a serial by length of its prefix: a longer bar code would not keep its bars two printer dots wide at the foot."""

_MERCHANT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}|", re.ASCII)

MARK_BYTES: Final = 16

_MODULUS: Final = 10
"""ISO/IEC 7064, MOD 11,10: one check digit that finds every single wrong digit and nearly every swapped pair."""


def check_digit(serial: str) -> str:
    """Return the check digit of a string of digits (ISO/IEC 7064, hybrid system MOD 11,10)."""
    carry = _MODULUS
    for digit in serial:
        total = (carry + ord(digit) - 48) % _MODULUS or _MODULUS
        carry = 2 * total % (_MODULUS + 1)
    return str((_MODULUS + 1 - carry) % _MODULUS)


def written(prefix: str, serial: int, digits: int) -> str:
    """Return a waybill number in its printed form."""
    text = f"{serial:0{digits}d}"
    return prefix + text + check_digit(text)


def read_number(text: str) -> str | Refuse:
    """Return a waybill number as the register keeps it, spaces gone; refuses a wrong form or check digit."""
    number = "".join(text.split()).upper()
    match = _NUMBER.fullmatch(number)
    if match is None or check_digit(match["serial"]) != match["check"]:
        return Refuse(Refusal.NUMBER_MALFORMED)
    return number


def read_range(text: str) -> tuple[str, int, int, int] | Refuse:
    """Return prefix, digits of the serial, first and last serial of a range written ``PREFIX:FIRST-LAST``."""
    match = _RANGE.fullmatch("".join(text.split()).upper())
    if match is None or len(match["first"]) != len(match["last"]) or int(match["first"]) > int(match["last"]):
        return Refuse(Refusal.RANGE_MALFORMED)
    if len(match["first"]) > DIGITS_MAX[len(match["prefix"])]:
        return Refuse(Refusal.RANGE_MALFORMED, f"{match['prefix']}: {DIGITS_MAX[len(match['prefix'])]}")
    return match["prefix"], len(match["first"]), int(match["first"]), int(match["last"])


def is_merchant(code: str) -> bool:
    """Tell whether ``code`` can be a merchant's: a short code, or nothing; it stands in clear rows and in evidence."""
    return _MERCHANT.fullmatch(code) is not None


def overlap(one: NumberRange, other: NumberRange) -> bool:
    """Tell whether two ranges could print the same number."""
    if (one.prefix, one.digits) != (other.prefix, other.digits):
        return False
    first, second = sorted(((one.first, one.last), (other.first, other.last)))
    return second[0] <= first[1]


def usable(ranges: Sequence[NumberRange], *, specimen: bool) -> list[NumberRange]:
    """Return the ranges that numbers may come from: a specimen uses no real number up, and never stands in for one."""
    return [own for own in ranges if own.specimen is specimen]


def draw(
    count: int, *, ranges: Mapping[Ref, NumberRange], carved_to: Mapping[Ref, int], blocks: Sequence[Block], block_numbers: int
) -> Draw:
    """Draw up to ``count`` numbers: first what is left of the shard's blocks, then blocks of ``block_numbers`` carved afresh.

    ``carved_to`` is each range's first serial that no shard has yet. Fewer are drawn where the ranges run dry.
    """
    taken: list[Taken] = []
    carved: list[Block] = []
    ranges_next = dict(carved_to)

    def take_from(block: Block) -> Block:
        own, end = ranges[block.range_ref], min(block.last + 1, block.next + count - len(taken))
        taken.extend(Taken(written(own.prefix, serial, own.digits), own.specimen) for serial in range(block.next, end))
        return block._replace(next=end)

    advanced = [take_from(block) for block in blocks if len(taken) < count]
    for ref, own in ranges.items():
        while len(taken) < count and ranges_next[ref] <= own.last:
            first = ranges_next[ref]
            last = min(first + block_numbers - 1, own.last)
            ranges_next[ref] = last + 1
            carved.append(take_from(Block(ref, first, last, first)))
    changed = {ref: serial for ref, serial in ranges_next.items() if serial != carved_to[ref]}
    return Draw(tuple(taken), tuple(advanced), tuple(carved), changed)


def token_mark(token: str) -> bytes:
    """Return what a waybill's row keeps of its label's token: found by whoever holds the label, leading nobody to the token.

    A token has 120 random bits, so a plain hash cannot be guessed back (SHA-256, sixteen bytes of it).
    """
    return sha256(token.encode()).digest()[:MARK_BYTES]


def evidence_item(waybill: Waybill) -> bytes:
    """Return what the evidence of a batch says of one waybill: everything of its row that never changes. No person.

    One byte of version (1), sixteen of reference, eight of the moment (ms, big-endian), then six texts in UTF-8, each after
    its length in two bytes: number, rule pack, merchant, destination (to the district), pieces, ``specimen`` or ``real``.
    """
    kind = "specimen" if waybill.specimen else "real"
    told = (waybill.number, waybill.rules, waybill.merchant, waybill.destination, str(waybill.pieces), kind)
    texts = [text.encode() for text in told]
    lengths = [len(text).to_bytes(2, "big") for text in texts]
    body = b"".join(part for pair in zip(lengths, texts, strict=True) for part in pair)
    return b"\x01" + waybill.ref + waybill.made_ms.to_bytes(8, "big") + body
