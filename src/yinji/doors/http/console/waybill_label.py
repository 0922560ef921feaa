"""The label on a waybill's page: its picture as it was printed last, or in words why there is none. To look counts no print."""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.flows.show_waybill import WaybillShown
from yinji.kernel.said import Said
from yinji.label.layout import template_of
from yinji.waybill.model import NumberState, WaybillKind

VOIDED: Final = Said(
    "单号已作废，面单不再有效，这里不再显示。", "The number is void: its label counts for nothing, and is shown no more."
)
EXEMPT: Final = Said(
    "依法豁免的面单只随订单做一次，这里不显示。",
    "A label that is exempt from hiding its persons is made once, with its order; it is not shown here.",
)
UNSEEN: Final = Said("面单上的信息已经没有了，面单再也做不出来。", "What stood on the label is gone: it can be made no more.")
_NAME: Final = (
    "面单 {number}，第 {place} 件，共 {of} 件；读不出图片时请打开 PDF。",
    "Label {number}, package {place} of {of}. Open the PDF where no picture is seen.",
)


class LabelPicture(NamedTuple):
    """The label of one package: where its picture is, its true size in millimetres, what it is called."""

    number: str
    href: str
    size: str
    width: float
    height: float
    name: Said


def label_pictures(shown: WaybillShown, *, here: str, size: str) -> list[LabelPicture] | Said:
    """Return a picture for each package of a waybill, or why there is none; ``size`` is the node's own."""
    bill = shown.bill
    if bill.state is NumberState.VOIDED:
        return VOIDED
    if bill.kind is WaybillKind.EXEMPT:
        return EXEMPT
    if shown.unseen is not None:
        return UNSEEN
    template, numbers = template_of(size), (bill.number, *bill.subs)
    pictures = []
    for place, number in enumerate(numbers, 1):
        zh, en = (text.format(number=number, place=place, of=len(numbers)) for text in _NAME)
        pictures.append(LabelPicture(number, f"{here}/labels/{place}", size, template.width, template.height, Said(zh, en)))
    return pictures
