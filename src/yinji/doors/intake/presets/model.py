"""What a preset says, once it has been read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from yinji.kernel.said import Said


class Field(StrEnum):
    """What a column may be read as. The words are those of a mapping file."""

    ORDER = "order"  # the number that the platform knows a parcel's order by
    SUB_ORDER = "sub_order"  # an item's own number, or the shop's original one
    NAME = "name"
    PHONE = "phone"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"  # 街道, 乡镇
    ADDRESS_HEAD = "address_head"  # province, city and district in one cell
    STREET = "street"  # what follows the parts above
    ADDRESS = "address"  # whole, from the province or city on
    COMBINED = "combined"  # 姓名，86-手机，省 市 区 地址
    CONTENTS = "contents"
    SPECIFICATION = "specification"
    QUANTITY = "quantity"
    PACKAGES = "packages"
    BUYER_MESSAGE = "buyer_message"
    SHOP_NOTE = "shop_note"
    ORDERED = "ordered"
    STATUS = "status"
    REFUND_STATUS = "refund_status"
    WEIGHT = "weight"
    COLLECT_GOODS = "collect_goods"
    COLLECT_FREIGHT = "collect_freight"
    INSURED = "insured"
    FREIGHT = "freight"  # paid by the sender
    AGREED_CHECK = "agreed_check"
    COLLECTED_AT = "collected_at"  # where the parcel was really picked up
    HANDED_BY = "handed_by"  # who handed it over in the sender's place
    SORTING_CODE = "sorting_code"
    SORTING_MARK = "sorting_mark"
    SORTING_CENTRE = "sorting_centre"
    SORTING_DOOR = "sorting_door"
    HANDLE = "handle"
    VIRTUAL_NUMBER = "virtual_number"
    VIRTUAL_UNTIL = "virtual_until"
    RECIPIENT_KIND = "recipient_kind"


PARTS: Final = (Field.PROVINCE, Field.CITY, Field.DISTRICT, Field.TOWN)
"""An address in its Chinese order, before the street."""

RECIPIENT: Final = frozenset(
    (
        *(Field.NAME, Field.PHONE, *PARTS, Field.ADDRESS_HEAD, Field.STREET, Field.ADDRESS, Field.COMBINED),
        *(Field.HANDLE, Field.VIRTUAL_NUMBER),
    )
)
"""Fields that say who a parcel is for."""


class Per(StrEnum):
    """What a row of a shipping form stands for."""

    ORDER = "order"
    SUB_ORDER = "sub_order"


class Told(StrEnum):
    """What a cell of a shipping form says."""

    ORDER = "order"
    SUB_ORDER = "sub_order"
    CARRIER = "carrier"
    WAYBILL = "waybill"


class Dress(StrEnum):
    """How a long number is kept from a spreadsheet that would round it."""

    PLAIN = "plain"
    TAB = "tab"  # a tab behind it, as the platforms' own exports have it
    FORMULA = "formula"  # ="123"


@dataclass(frozen=True, slots=True)
class ShippedForm:
    """A platform's form for batch shipping. ``carriers`` are that platform's names where they differ from ours."""

    per: Per
    dress: Dress
    columns: tuple[tuple[str, Told], ...]
    carriers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preset:
    """How one platform writes its orders. ``id`` is the channel's code. All headings and statuses are in `plain` form.

    ``telling``: sets of headings of which one must stand in a file whole, and none of ``absent``. ``fallback`` is taken where
    no other is. ``protected``: an export may lack the recipient altogether. ``nothing``: cells that mean an empty one.
    ``ready`` and ``held``: of each status field, what goes on and what is held back; any other status is refused.
    ``never``: headings that are not read, beside those that no preset may read.
    """

    id: str
    name: Said
    telling: tuple[frozenset[str], ...]
    absent: frozenset[str]
    columns: Mapping[Field, tuple[str, ...]]
    remarks: tuple[Field, ...]
    ready: Mapping[Field, frozenset[str]]
    held: Mapping[Field, frozenset[str]]
    nothing: frozenset[str]
    virtual_kinds: frozenset[str]
    never: frozenset[str]
    protected: bool
    fallback: bool
    address_postcode: bool
    grams_a_weight: int
    shipped: ShippedForm
    source: str
    confidence: str


_SPACE: Final = re.compile(r"\s+")


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """Return a heading or status without white space and full-width forms: what two spellings of one heading share."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).removeprefix("\ufeff")


_OTHERS: Final = re.compile(r"买家|用户购买|下单[人帐账]|付款人|支付人|配送员|骑手|快递员|分销|导购|收银员|达人|客服|寄件|发件")
_IDENTITY: Final = re.compile(r"身份证|证件号|护照|通行证号")
OUR_MARK: Final = "隐寄·"
"""What the headings of our own columns in an error file begin with."""


def names_identity(heading: str) -> bool:
    """Whether a heading is of identity documents: such a column is not read, whoever asks."""
    return bool(_IDENTITY.search(heading))


def names_another(heading: str) -> bool:
    """Whether a heading is of somebody who is not the recipient: a buyer, courier, distributor, sender."""
    return bool(_OTHERS.search(heading))


def first_of(preset: Preset, fields: Sequence[Field]) -> str:
    """Return the preferred heading of the first of ``fields`` that a preset knows; the field's own word where it knows none."""
    for field in fields:
        if headings := preset.columns.get(field):
            return headings[0]
    return fields[0].value
