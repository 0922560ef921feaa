"""What each channel declares to show. A channel that shows more than it says here fails its test, and so does one that is not here.

Looks under a purpose (reveals, the delivery desk) are left out: each is a deed with evidence of its own, and shows whole values. Files
of refused rows speak of no waybill. Messages and station slips join when they exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.disclosure.model import Audience, Channel, Made, Manner, Member, Part, Who
from yinji.label.layout import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

_Shows = dict[Part, Manner]

_HOLDER, _ASKER, _PARTNER, _STAFF = Audience.HOLDER, Audience.ASKER, Audience.PARTNER, Audience.STAFF
_ANYBODY: Final = frozenset({_HOLDER, _ASKER, _PARTNER, _STAFF})
_ISSUED: Final = frozenset({Made.ISSUED})
_BOTH_DAYS: Final = frozenset({Made.ISSUED, Made.TODAY})

_NOTHING: Final[_Shows] = {}
_DESTINATION: Final[_Shows] = {Part(Who.RECIPIENT, Member.ADDRESS): Manner.DIVISION}
_RECIPIENT: Final[_Shows] = {Part(Who.RECIPIENT, member): Manner.MASK for member in Member}
_PARTIES: Final[_Shows] = _RECIPIENT | {Part(Who.SENDER, member): Manner.MASK for member in Member}
_HANDS: Final[_Shows] = {Part(Who.HANDS, member): Manner.MASK for member in (Member.NAME, Member.ADDRESS)}
_SLIP: Final[_Shows] = _HANDS | {
    Part(Who.SENDER, Member.NAME): Manner.MASK,
    Part(Who.SENDER, Member.PHONE): Manner.MASK,
    Part(Who.RECIPIENT, Member.NAME): Manner.MASK,
    Part(Who.RECIPIENT, Member.ADDRESS): Manner.DIVISION,
}

PLIES: Final[Mapping[str, tuple[_Shows, ...]]] = {
    "76x130": (_PARTIES | _HANDS,),
    "100x150": (_PARTIES | _HANDS, _PARTIES),
    "100x180": (_PARTIES | _HANDS, _PARTIES),
    "76x130-return": (_PARTIES | _HANDS,),
    "100x150-return": (_PARTIES | _HANDS, _PARTIES),
    "76x130-slip": (_SLIP, _SLIP),
}
"""Each template, and what each of its plies shows, from the top down."""


def _channel(
    name: str, said: Said, shows: _Shows, *audiences: Audience, made: frozenset[Made] = frozenset({Made.TODAY})
) -> Channel:
    return Channel(name, said, frozenset(audiences), shows, made)


OTHERS: Final = (
    _channel("page-label", Said("面单二维码指向的页面", "page behind the label's QR code"), _NOTHING, *_ANYBODY),
    _channel("page-tracking", Said("公开查询页", "public tracking page"), _NOTHING, *_ANYBODY),
    _channel("api-waybill", Said("接口：一张运单", "API: one waybill"), _PARTIES, _PARTNER),
    _channel("api-waybills", Said("接口：运单列表", "API: list of waybills"), _DESTINATION, _PARTNER),
    _channel("api-search", Said("接口：查找", "API: search"), _RECIPIENT, _PARTNER, made=_ISSUED),
    _channel("api-orders", Said("接口：下单的回答", "API: answer to orders"), _NOTHING, _PARTNER),
    _channel("file-shipped", Said("回传的发货表", "shipping form given back"), _NOTHING, _PARTNER),
    _channel("console-waybills", Said("控制台：运单列表", "console: list of waybills"), _DESTINATION, _STAFF),
    _channel("console-search", Said("控制台：查找", "console: search"), _RECIPIENT, _STAFF, made=_ISSUED),
    _channel("console-waybill", Said("控制台：运单页", "console: page of a waybill"), _PARTIES, _STAFF),
)
"""Every channel beside the label."""


def label_channels() -> tuple[Channel, ...]:
    """Return a channel for each ply of each template: as it was printed, and as it is printed again.

    Raises KeyError for a template that does not say here what it shows.
    """
    found: list[Channel] = []
    for size, template in TEMPLATES.items():
        declared = PLIES[size]
        for place, (ply, shows) in enumerate(zip(template.plies, declared, strict=True), start=1):
            name = Said(f"面单 {size} {ply.name.zh}", f"label {size}, {ply.name.en}")
            seen_by = frozenset({_HOLDER, _PARTNER, _STAFF})
            found.append(Channel(f"label-{size}-{place}", name, seen_by, shows, _BOTH_DAYS, label=True))
    return tuple(found)


CHANNELS: Final = (*label_channels(), *OTHERS)
"""Every channel there is."""
