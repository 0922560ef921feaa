"""The one-ply privacy waybill (一联单), 76 x 130 mm: the size the trade prints most (vendor documents; the standard's own table
is unread).
"""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said
from yinji.label.layout import zones
from yinji.label.layout.lower_zones import contents, foot, money, qr, signature
from yinji.label.layout.template import SPECIMEN, Area, Mark, Part, Ply, Template

_LEFT: Final = 2.0
_WIDTH: Final = 72.0
_QR: Final = 23.0  # the column of the QR code


def _zone(top: float, bottom: float) -> Area:
    return Area(_LEFT, top, _WIDTH, bottom - top)


_PARTIES: Final = _zone(50.25, 86.0)
_INNER: Final = zones.between(_PARTIES)
_LOWER: Final = _zone(86.25, 110.25)
_GOODS: Final = _WIDTH - _QR - 1.0


def _ply(way: Part) -> Ply:
    part = (
        zones.head(_zone(2.0, 10.5))
        + zones.under(_zone(2.0, 11.0))
        + way
        + zones.destination(_zone(23.75, 34.75))
        + zones.code(_zone(35.0, 50.0), dots_max=3)
        + zones.edges(_PARTIES)
        + zones.party(_INNER._replace(h=18.5), "recipient", "收", name=4.5, address=3.75)
        + zones.under(Area(_LEFT + zones.EDGE, _PARTIES.y, _WIDTH - 2 * zones.EDGE, 18.5))
        + zones.party(_INNER._replace(y=69.0, h=11.25), "sender", "寄", name=3.0, address=2.5)
        + zones.way_back(_INNER._replace(y=80.25, h=2.75))
        + zones.other_hands(_INNER._replace(y=83.0, h=2.75))
        + zones.under(_PARTIES)
        + contents(Area(_LEFT, 86.75, _GOODS, 15.75))
        + money(Area(_LEFT, 103.0, _GOODS, 6.75))
        + qr(Area(_LEFT + _WIDTH - _QR + 0.5, 86.5, _QR - 0.5, 23.5))
        + Part(rules=(Area(_LEFT + _WIDTH - _QR, _LOWER.y, zones.LINE, _LOWER.h),))
        + zones.under(_LOWER)
        + signature(_zone(110.5, 117.25), "签收人", "签收时间")
        + zones.under(_zone(110.5, 117.25))
        + foot(_zone(118.25, 128.25), text=24.5)
    )
    specimen = Mark(SPECIMEN, _zone(_PARTIES.y, 117.0), 11.0)
    return Ply(Said("面单", "label"), Area(0, 0, 76.0, 130.0), part, specimen)


_WAY: Final = _zone(11.25, 23.5)
ONE_PLY: Final = Template("76x130", 76.0, 130.0, (_ply(zones.sorting(_WAY)),))
RETURN: Final = Template("76x130-return", 76.0, 130.0, (_ply(zones.returned(_WAY)),))
