"""Is this a party of that parcel? Answered by yes or no, and by nothing else: no value leaves, no mask, not which party it was.

What is shown is the last four digits of the recipient's or the sender's phone; of a virtual number the extension as it stands on the
label. They are compared with the sealed masks, which hold exactly what the label shows of a phone: the values stay sealed. Where the
organisation asks for the order's number beside them, the recipient's values are opened, for this comparison alone.

The work is the same whatever comes of it: the same statements, two masks opened (and one blob of values where the order is asked
for), every comparison in constant time. In the place of a party that is not there, because no such number was ever issued or the
person was erased, a decoy of this process is opened.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yinji.deid import read_phone
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, REF_BYTES, RandomBytes, Ref, mint_ref
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.keys.book import OPEN
from yinji.keys.suites import NONCE_BYTES, SECRET_BYTES, SM, SealBroken, Suite, suite_of
from yinji.keys.tree import LEVELS, KeyTree, LeafReader
from yinji.vault import envelope
from yinji.vault.blind_index import LAST_FOUR
from yinji.vault.fields import LABEL_MEMBERS, SEALED_MEMBERS
from yinji.vault.model import PartyRow
from yinji.vault.parts import VaultParts
from yinji.vault.periods.service import begun
from yinji.vault.sealer import Gone

EXTENSION_MIN: Final = 3
"""Extensions of virtual numbers have three digits or four (Taobao, Douyin, WeChat); a shorter one would prove next to nothing."""

EXTENSION_MAX: Final = 6

_NOBODY: Final = Ref(bytes(REF_BYTES))
"""No parcel has this reference: version and variant of a UUIDv7 are not zero. Its shard is the first."""

_MASKS_OPENED: Final = 2
_PHONE: Final = LABEL_MEMBERS.index("phone")
_ORDER: Final = SEALED_MEMBERS.index("order_number")
_DECOY_CHARACTERS: Final = 60
"""About as long as the masks of a party."""


@dataclass(frozen=True, slots=True)
class PartyProof:
    """What somebody shows for being a party: digits, and the order's number where the organisation asks for it; wrapped."""

    digits: Private
    order: Private | None = None

    @classmethod
    def read(cls, digits: Private, order: Private | None = None) -> PartyProof | Refuse:
        """Return a proof in good form. Refuses PROOF_MALFORMED for anything but three to six digits, or an empty order number."""
        text = digits.open().strip()
        if not (EXTENSION_MIN <= len(text) <= EXTENSION_MAX and text.isascii() and text.isdigit()):
            return Refuse(Refusal.PROOF_MALFORMED, "digits")
        if order is not None and order.blank:
            return Refuse(Refusal.PROOF_MALFORMED, "order")
        return cls(Private(text), order)


class Proving(VaultParts):
    """The verb by which somebody is believed to be a party, or not."""

    def proves_party(self, org: Ref, parcel: Ref | None, proof: PartyProof) -> Decision:
        """Decide whether ``proof`` is of a party of ``parcel``; None stands for a number that nobody issued, and costs as much.

        Refuses QUERY_UNPROVEN, whatever the reason. A parcel whose recipient was erased has no party any more: its label leads nowhere,
        and nor does its number.
        """
        with self._data.reading() as reading:
            stated = self._periods.stated(reading, org)
            self._periods.moved_from(stated, org)
            rows = self._rows(reading, org, [(parcel or _NOBODY, role) for role in PartyRole])
        suite = self._warm(org, sorted(begun(stated)))
        by_role = {role: rows.get((parcel or _NOBODY, role)) for role in PartyRole}
        self._book.add(org, 0, OPEN, _MASKS_OPENED + (proof.order is not None))
        given = proof.digits.open()
        met = [_meets(given, self._phone(by_role[role], suite)) for role in PartyRole]
        ordered = proof.order is None or self._has_order(by_role, proof.order, suite)
        if any(met) and ordered and by_role[PartyRole.RECIPIENT] is not None:
            return Allow(("party",))
        return Refuse(Refusal.QUERY_UNPROVEN)

    def _warm(self, org: Ref, periods: list[int]) -> Suite:
        """Have every month's keys at hand, so that the first look into one costs no statement more; return the newest one's suite."""
        suite = SM
        for period in periods:
            with suppress(Fault):  # a month whose keys are lost is told by doctor; the others go on
                keys = self._periods.given(org, period)
                suite = keys.suite if keys else suite
        return suite

    def _phone(self, row: PartyRow | None, suite: Suite) -> str:
        """Return what the label shows of a party's phone; "" where there is no party, having opened a decoy."""
        texts = self._texts(row, envelope.MASKS, suite)
        return texts[_PHONE] if texts else ""

    def _has_order(self, rows: Mapping[PartyRole, PartyRow | None], order: Private, suite: Suite) -> bool:
        texts = self._texts(rows[PartyRole.RECIPIENT], envelope.VALUES, suite)
        kept = texts[_ORDER].strip() if texts else ""
        return _same(order.open().strip(), kept)

    def _texts(self, row: PartyRow | None, part: bytes, suite: Suite) -> list[str] | None:
        if row is None:
            _decoy(suite, self._random).open()
            return None
        try:
            return self._sealer.unseal(row, part)
        except (Gone, SealBroken):
            return None


class _Decoy:
    """A party that never was, sealed in this process under a tree of its own: opening it costs what opening a party costs."""

    def __init__(self, suite: Suite, random: RandomBytes) -> None:
        self._reader = LeafReader(KeyTree.whole(suite, LEVELS, random(SECRET_BYTES)))
        ref = mint_ref(shard=FIRST_SHARD, at_ms=0, random=random)
        self._bound = envelope.binding(org=ref, parcel=ref, role=PartyRole.RECIPIENT, ref=ref, period=0, leaf=0)
        lock, nonce = suite.lock(self._reader.leaf(0) or b""), random(NONCE_BYTES)
        plain = envelope.packed((HIDDEN_MARK * _DECOY_CHARACTERS,))
        self._sealed = envelope.seal(lock, plain, part=envelope.MASKS, bound_to=self._bound, nonce=nonce)

    def open(self) -> None:
        """Derive its key and open it."""
        lock = suite_of(self._sealed).lock(self._reader.leaf(0) or b"")
        envelope.unseal(lock, self._sealed, part=envelope.MASKS, bound_to=self._bound, members=len(LABEL_MEMBERS))


@lru_cache(maxsize=4)
def _decoy(suite: Suite, random: RandomBytes) -> _Decoy:
    return _Decoy(suite, random)


def _meets(given: str, shown: str) -> bool:
    """Tell whether digits are those that a label shows at the end of a phone, or a virtual number's extension."""
    tail, extension = digits_shown(shown)
    return _same(given, tail) | _same(given, extension)


def digits_shown(shown: str) -> tuple[str, str]:
    """Return what a label's phone proves with: its last four digits, and its extension where it stands whole; "" for none.

    >>> digits_shown("1******1234"), digits_shown("18400913965-123"), digits_shown("*****")
    (('1234', ''), ('5123', '123'), ('', ''))
    """
    plain = shown.rpartition(HIDDEN_MARK)[2]
    digits = "".join(each for each in plain if each.isascii() and each.isdigit())
    tail = digits[-LAST_FOUR:] if len(digits) >= LAST_FOUR else ""
    read = read_phone(shown)
    extension = "" if isinstance(read, Refuse) else read.extension
    return tail, extension if EXTENSION_MIN <= len(extension) <= EXTENSION_MAX else ""


def _same(given: str, kept: str) -> bool:
    """Compare in constant time; nothing kept is the same as nothing given."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), kept.encode("utf-8", "surrogatepass")) and bool(kept)
