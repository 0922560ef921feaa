"""The register of personal fields: every field about a delivery user that the system keeps, and how it is kept.

``tests/house/test_fields.py`` fails for a column or a member of a sealed blob that stands neither here nor in NOT_PERSONAL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yinji.kernel.purpose import Purpose


class Kind(StrEnum):
    """The nine classes of a delivery user's personal information that article 3 of the draft rules names."""

    NAME = "name"  # 姓名
    ID_NUMBER = "identity number"  # 身份证件号码
    ADDRESS = "address"  # 地址
    PHONE = "phone"  # 电话号码
    COMPANY = "company"  # 单位名称
    BIOMETRIC = "biometric"  # 个人生物识别信息
    NUMBER = "number"  # 寄递运单号; order numbers, which find the same parcel, stand with it
    TIME = "time"  # 时间
    ITEMS = "items"  # 物品明细


class Kept(StrEnum):
    """How a field is kept."""

    SEALED = "sealed"
    SEALED_MASK = "sealed mask"
    BLIND = "blind index"
    CLEAR = "clear"
    NEVER = "never taken in"


class Lifetime(StrEnum):
    """What ends a field's life. How long is law's to say (retention rules), not this register's."""

    PERSON = "person"  # with the record key: on request, or at the end of the person's retention
    PERIOD = "period"  # with the keys of its month
    PARCEL = "parcel"  # with the record of the parcel; names nobody once the person is erased
    REQUEST = "request"  # with the request it belongs to: days, until that is used, refused or over
    NONE = "none"  # nothing is kept


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One field about a person: class, where and how it lives, what may be shown and sought, until when, for which purposes.

    ``mask`` names the mask that may be shown in its place, ``index`` the blind index by which it is found; "" for none.
    """

    name: str
    kind: Kind
    kept: Kept
    column: str
    lifetime: Lifetime
    lawful: frozenset[Purpose]
    mask: str = ""
    index: str = ""


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

TOLD_MEMBERS: Final = ("name", "phone", "address", "order_number", "contents", "remark")
"""What a reveal of everything tells. A sender's last three are empty."""

HANDS_MEMBERS: Final = ("collected_at", "handed_by")
"""Where a parcel was really picked up, and who handed it over: the sender's, and empty where the order does not say so. A reveal of
everything tells them where they are.
"""

SEALED_MEMBERS: Final = (*TOLD_MEMBERS, "merchant", "outlet", "kind", "handle", *HANDS_MEMBERS)
"""Members of the sealed blob of values, in their order. Merchant and outlet are what the person's index rows are tagged with; kind and
handle say how the order named the person, empty for one who is named in plain.
"""

MASK_MEMBERS: Final = ("name", "phone", "address")
"""What a look at the masks shows."""

LABEL_MEMBERS: Final = (*MASK_MEMBERS, "token", "digest", "buckets", "printed")
"""Members of the sealed blob of masks, in their order: the token of the label's QR code, the digest by which the same order is
recognised, the buckets in which the index rows stand. A sender has a digest too, of the sender alone; token and buckets are the
recipient's.
"""

_VALUES: Final = "vault_parties.sealed_values"
_MASKS: Final = "vault_parties.sealed_masks"
_PERSON: Final = Lifetime.PERSON

REGISTER: Final = (
    PersonalField("party.name", Kind.NAME, Kept.SEALED, _VALUES, _PERSON, _LOOK, mask="name"),
    PersonalField("party.phone", Kind.PHONE, Kept.SEALED, _VALUES, _PERSON, _LOOK, mask="phone", index="phone"),
    PersonalField("party.address", Kind.ADDRESS, Kept.SEALED, _VALUES, _PERSON, _LOOK, mask="address"),
    PersonalField("party.order_number", Kind.NUMBER, Kept.SEALED, _VALUES, _PERSON, _LOOK, index="order"),
    PersonalField("party.contents", Kind.ITEMS, Kept.SEALED, _VALUES, _PERSON, _LOOK),
    PersonalField("party.remark", Kind.ITEMS, Kept.SEALED, _VALUES, _PERSON, _LOOK),
    PersonalField("party.merchant", Kind.COMPANY, Kept.SEALED, _VALUES, _PERSON, _ISSUE),
    PersonalField("party.outlet", Kind.COMPANY, Kept.SEALED, _VALUES, _PERSON, _ISSUE),
    PersonalField("party.kind", Kind.PHONE, Kept.SEALED, _VALUES, _PERSON, _ISSUE),
    PersonalField("party.handle", Kind.PHONE, Kept.SEALED, _VALUES, _PERSON, _ISSUE, index="phone"),
    PersonalField("party.collected_at", Kind.ADDRESS, Kept.SEALED, _VALUES, _PERSON, _LOOK),
    PersonalField("party.handed_by", Kind.NAME, Kept.SEALED, _VALUES, _PERSON, _LOOK),
    PersonalField("label.masks", Kind.NAME, Kept.SEALED_MASK, _MASKS, _PERSON, _LOOK | _ISSUE),
    PersonalField("recipient.phone", Kind.PHONE, Kept.BLIND, "vault_phones.tag", _PERSON, _FIND, index="phone"),
    PersonalField("recipient.last_four", Kind.PHONE, Kept.BLIND, "vault_tails.tag", _PERSON, _FIND, index="last four"),
    PersonalField("order.number", Kind.NUMBER, Kept.BLIND, "vault_orders.tag", _PERSON, _ISSUE | _FIND, index="order"),
    PersonalField("exemption.order", Kind.NUMBER, Kept.BLIND, "access_exemptions.order_tag", Lifetime.REQUEST, _ISSUE),
    PersonalField("exemption.document", Kind.NUMBER, Kept.CLEAR, "access_exemptions.document", _PERSON, _ISSUE),
    PersonalField("label.token", Kind.NUMBER, Kept.BLIND, "waybill_waybills.token", Lifetime.PARCEL, _LOOK | _ISSUE),
    PersonalField(
        "parcel.destination", Kind.ADDRESS, Kept.CLEAR, "waybill_waybills.destination", Lifetime.PARCEL, _LOOK | _ISSUE
    ),
    PersonalField("parcel.number", Kind.NUMBER, Kept.CLEAR, "waybill_waybills.number", Lifetime.PARCEL, _LOOK | _ISSUE),
    PersonalField("package.number", Kind.NUMBER, Kept.CLEAR, "waybill_subs.number", Lifetime.PARCEL, _LOOK | _ISSUE),
    PersonalField("parcel.time", Kind.TIME, Kept.CLEAR, "waybill_waybills.made_ms", Lifetime.PARCEL, _LOOK | _ISSUE),
    PersonalField("parcel.seen", Kind.TIME, Kept.CLEAR, "waybill_scans.at_ms", Lifetime.PARCEL, _LOOK),
    PersonalField("parcel.accepted", Kind.TIME, Kept.CLEAR, "waybill_parcels.accepted_ms", Lifetime.PARCEL, _LOOK),
    PersonalField("parcel.last", Kind.TIME, Kept.CLEAR, "waybill_parcels.last_ms", Lifetime.PARCEL, _LOOK),
    PersonalField("parcel.ended", Kind.TIME, Kept.CLEAR, "waybill_parcels.ended_ms", Lifetime.PARCEL, _LOOK),
    PersonalField("identity.number", Kind.ID_NUMBER, Kept.NEVER, "", Lifetime.NONE, frozenset()),
    PersonalField("biometric", Kind.BIOMETRIC, Kept.NEVER, "", Lifetime.NONE, frozenset()),
)
