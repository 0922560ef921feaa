"""The one-ply privacy waybill (一联单), 76 x 130 mm: the trade's size (vendor documents; the standard's own table is unread).

Zones of GB/T 41833-2022 as reported: codes (码号区), destination (目的地信息区), recipient (收件人信息区), sender
(寄件人信息区), contents (内件信息区), signature (签收区).
"""

from __future__ import annotations

from typing import Final

from yinji.label.layout.template import (
    Align,
    Area,
    Bars,
    Box,
    Caption,
    Disc,
    Mark,
    NumberText,
    Step,
    Template,
    Weight,
)

_LEFT: Final = 2.0
_RIGHT: Final = 74.0
_WIDTH: Final = _RIGHT - _LEFT
_EDGE: Final = 69.0  # right of it the number runs upwards
_HAIR: Final = 0.125  # one dot

_HEAD: Final = 10.5
_SORTING: Final = 24.0
_PLACE: Final = 32.0
_CODE: Final = 51.0
_RECIPIENT: Final = 73.0
_SENDER: Final = 86.0
_CONTENTS: Final = 110.0
_SIGN: Final = 117.0
_QR: Final = 51.0  # left of the QR code


def _across(y: float, right: float = _RIGHT) -> Area:
    return Area(_LEFT, y, right - _LEFT, _HAIR)


TEMPLATE: Final = Template(
    name="76x130",
    width=76.0,
    height=130.0,
    frames=(Area(_LEFT, 2.0, 27.0, 7.0), Area(30.5, 6.125, 12.5, 2.875)),
    fills=(Area(30.5, 2.0, 18.5, 3.625),),
    rules=(
        _across(_HEAD),
        _across(_SORTING),
        _across(_PLACE),
        _across(_CODE),
        _across(_RECIPIENT, _EDGE),
        _across(_SENDER),
        _across(_CONTENTS),
        _across(_SIGN),
        Area(_EDGE, _CODE, _HAIR, _SENDER - _CODE),
        Area(_QR, _SENDER, _HAIR, _CONTENTS - _SENDER),
        Area(40.0, _CONTENTS, _HAIR, _SIGN - _CONTENTS),
    ),
    discs=(Disc("收", 2.0, 52.0, 6.0, 4.0), Disc("寄", 2.5, 74.25, 5.0, 3.25)),
    captions=(
        Caption("隐私面单", Area(30.5, 6.125, 12.5, 2.875), 2.25, align=Align.CENTRE),
        Caption("1/1", Area(64.0, 6.0, 10.0, 3.0), 2.75, Weight.BOLD, Align.RIGHT),
        Caption("内件", Area(_LEFT, 87.0, 6.0, 3.0), 2.375),
        Caption("件数", Area(_LEFT, 94.5, 6.0, 3.0), 2.375),
        Caption("备注", Area(_LEFT, 98.5, 6.0, 3.0), 2.375),
        Caption("扫码了解本面单", Area(_QR, 106.5, 23.0, 3.0), 2.25, align=Align.CENTRE),
        Caption("签收人", Area(_LEFT, 112.0, 8.0, 3.0), 2.5),
        Caption("时间", Area(42.0, 112.0, 6.0, 3.0), 2.5),
    ),
    boxes=(
        Box("carrier", Area(2.5, 2.25, 26.0, 6.5), (Step(4.75), Step(4.0), Step(3.25), Step(2.5), Step(2.25, 2)),
            Weight.BOLD, Align.CENTRE, repeats=True),
        Box("product", Area(31.0, 2.0, 17.5, 3.625), (Step(2.75), Step(2.25), Step(1.75)),
            Weight.BOLD, Align.CENTRE, white=True, repeats=True),
        Box("printed_at", Area(49.5, 2.25, 24.5, 3.25), (Step(2.5), Step(2.25), Step(2.0)), align=Align.RIGHT, repeats=True),
        Box("sorting_code", Area(_LEFT, _HEAD + 0.25, _WIDTH, 13.125),
            (Step(10.0), Step(9.0), Step(8.25), Step(7.5), Step(6.5), Step(5.5), Step(4.5)),
            Weight.BOLD, Align.CENTRE, repeats=True, if_empty="人工分拣"),
        Box("destination", Area(_LEFT, _SORTING + 0.25, _WIDTH, 7.5),
            (Step(5.75), Step(5.0), Step(4.25), Step(3.5), Step(3.0, 2), Step(2.5, 2)),
            Weight.BOLD, Align.CENTRE, repeats=True),
        Box("recipient.name", Area(9.25, 52.0, 31.0, 6.25),
            (Step(4.5), Step(4.0), Step(3.5), Step(3.0), Step(2.5, 2), Step(2.25, 2), Step(1.625, 3)), Weight.BOLD),
        Box("recipient.phone", Area(40.75, 52.0, 27.5, 6.25),
            (Step(4.5), Step(4.0), Step(3.5), Step(3.0), Step(2.5), Step(2.25, 2)), Weight.BOLD, Align.RIGHT),
        Box("recipient.address", Area(9.25, 58.5, 59.0, 14.0),
            (Step(3.75, 3), Step(3.25, 3), Step(2.75, 4), Step(2.25, 5), Step(2.0, 5))),
        Box("sender.name", Area(9.25, 73.75, 31.0, 4.25),
            (Step(3.0), Step(2.5), Step(2.25), Step(1.625, 2)), Weight.BOLD),
        Box("sender.phone", Area(40.75, 73.75, 27.5, 4.25), (Step(3.0), Step(2.5), Step(2.25), Step(1.625, 2)), align=Align.RIGHT),
        Box("sender.address", Area(9.25, 78.25, 59.0, 7.5), (Step(2.5, 2), Step(2.25, 2), Step(2.0, 3), Step(1.75, 3))),
        Box("contents", Area(8.5, 86.5, 41.5, 7.5), (Step(3.0, 2), Step(2.5, 2), Step(2.0, 3), Step(1.75, 3))),
        Box("pieces_shown", Area(8.5, 94.25, 41.5, 3.75), (Step(2.75),), Weight.BOLD),
        Box("remark", Area(8.5, 98.25, 41.5, 11.25), (Step(2.75, 3), Step(2.25, 4), Step(2.0, 4), Step(1.75, 5))),
        Box("outlet", Area(_LEFT, 118.25, 24.0, 6.375), (Step(2.5, 2), Step(2.0, 2), Step(1.625, 3)), repeats=True),
        Box("hotline", Area(_LEFT, 124.75, 24.0, 3.25), (Step(2.5), Step(2.0), Step(1.75)), repeats=True),
    ),
    bars=(Bars(Area(_LEFT, 33.25, _WIDTH, 12.0), 3), Bars(Area(27.5, 118.25, 46.5, 6.5), 2)),
    numbers=(
        NumberText(Area(_LEFT, 45.75, _WIDTH, 5.0), 4.25),
        NumberText(Area(_EDGE, _CODE, 5.0, _SENDER - _CODE), 2.75, turned=True),
        NumberText(Area(27.5, 125.0, 46.5, 3.25), 2.5),
    ),
    qr=Area(_QR + 0.5, 86.25, 22.5, 20.625),
    specimen=Mark("样张 SPECIMEN", Area(_LEFT, _CODE, _WIDTH, _SIGN - _CODE), 11.0),
)  # fmt: skip
