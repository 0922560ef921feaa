"""The register of personal fields: every field about a delivery user that the system keeps, and how it is kept.

``tests/house/test_fields.py`` fails for a column or a member of a sealed blob that stands neither here nor in NOT_PERSONAL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yinji.kernel.purpose import Purpose


class Kind(StrEnum):
    """What a field tells about a person; the classes of article 3 of the draft rules that this first form touches."""

    IDENTITY = "identity"  # 姓名
    CONTACT = "contact"  # 电话
    PLACE = "place"  # 地址
    PARCEL = "parcel"  # 内件、备注、订单


class Kept(StrEnum):
    """How a field is kept."""

    SEALED = "sealed"
    SEALED_MASK = "sealed mask"
    BLIND = "blind index"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One field about a person: where it lives, how, and for which purposes it may be seen."""

    name: str
    kind: Kind
    kept: Kept
    column: str
    lawful: frozenset[Purpose]


_LOOK: Final = frozenset(
    {
        Purpose.DELIVER,
        Purpose.CONTACT_RECIPIENT,
        Purpose.SOLVE_DELIVERY,
        Purpose.RETURN_PARCEL,
        Purpose.ANSWER_PERSON,
        Purpose.AUTHORITY,
    }
)
_FIND: Final = frozenset({Purpose.SOLVE_DELIVERY, Purpose.RETURN_PARCEL, Purpose.ANSWER_PERSON, Purpose.AUTHORITY})
_ISSUE: Final = frozenset({Purpose.ISSUE})

SEALED_MEMBERS: Final = ("name", "phone", "address", "order_number", "contents", "remark")
"""Members of the sealed blob of values, in their order. A sender's last three are empty."""

MASK_MEMBERS: Final = ("name", "phone", "address")
"""Members of the sealed blob of masks, in their order."""

REGISTER: Final = (
    PersonalField("party.name", Kind.IDENTITY, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.phone", Kind.CONTACT, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.address", Kind.PLACE, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.order_number", Kind.PARCEL, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.contents", Kind.PARCEL, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.remark", Kind.PARCEL, Kept.SEALED, "vault_parties.sealed_values", _LOOK),
    PersonalField("party.masks", Kind.IDENTITY, Kept.SEALED_MASK, "vault_parties.sealed_masks", _LOOK | _ISSUE),
    PersonalField("recipient.phone", Kind.CONTACT, Kept.BLIND, "vault_phones.tag", _FIND),
    PersonalField("order.number", Kind.PARCEL, Kept.BLIND, "vault_orders.tag", _ISSUE),
    PersonalField("order.digest", Kind.PARCEL, Kept.BLIND, "vault_orders.digest", _ISSUE),
    PersonalField("parcel.destination", Kind.PLACE, Kept.CLEAR, "waybill_waybills.destination", _LOOK | _ISSUE),
    PersonalField("parcel.number", Kind.PARCEL, Kept.CLEAR, "waybill_waybills.number", _LOOK | _ISSUE),
)
