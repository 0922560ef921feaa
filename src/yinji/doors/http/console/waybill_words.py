"""Words of waybills, in both languages: states of numbers and parcels, purposes, views, parties, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final, TypeVar

from yinji.doors.http.look import Choice, Mark, Tag
from yinji.flows.print_again import AgainReason
from yinji.flows.void_waybill import VoidReason
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.said import Said
from yinji.waybill.model import NumberState, WaybillKind
from yinji.waybill.parcel.model import STATE_WORDS, ParcelState

_E = TypeVar("_E", bound=Enum)

NUMBERS: Final[dict[NumberState, Tag]] = {
    NumberState.GENERATED: Tag(Said("未用", "not used yet"), Mark.WAITING),
    NumberState.RESERVED: Tag(Said("已预留", "reserved"), Mark.WAITING),
    NumberState.ALLOCATED: Tag(Said("已分配", "allocated"), Mark.WAITING),
    NumberState.ISSUED: Tag(Said("已制单", "issued"), Mark.UNDERWAY),
    NumberState.PRINTED: Tag(Said("已打印", "printed"), Mark.UNDERWAY),
    NumberState.COMPLETED: Tag(Said("使用完毕", "completed"), Mark.DONE),
    NumberState.ARCHIVED: Tag(Said("已归档", "archived"), Mark.ENDED),
    NumberState.VOIDED: Tag(Said("已作废", "voided"), Mark.ENDED),
    NumberState.HANDED_BACK: Tag(Said("已交还", "handed back"), Mark.HELD),
    NumberState.QUARANTINED: Tag(Said("已隔离", "set aside"), Mark.HELD),
}
_PARCEL_MARKS: Final = {
    ParcelState.ANNOUNCED: Mark.WAITING,
    ParcelState.DELIVERED: Mark.DONE,
    ParcelState.RETURNED: Mark.ENDED,
    ParcelState.STUCK: Mark.CARE,
    ParcelState.STORED: Mark.HELD,
}
KINDS: Final = {
    WaybillKind.PRIVACY: Said("隐私面单", "privacy waybill"),
    WaybillKind.EXEMPT: Said("依法豁免", "exempt by law"),
}
PURPOSES: Final = {
    Purpose.DELIVER: Said("投递", "deliver the parcel"),
    Purpose.CONTACT_RECIPIENT: Said("联系收件人", "contact the recipient"),
    Purpose.SOLVE_DELIVERY: Said("处理滞留、错分、无法投递", "solve a delivery that sticks"),
    Purpose.RETURN_PARCEL: Said("退回寄件人", "return the parcel to its sender"),
    Purpose.ANSWER_PERSON: Said("答复本人", "answer the person"),
    Purpose.AUTHORITY: Said("依法配合检查", "an authority's written request"),
    Purpose.ISSUE: Said("制作运单", "issue a waybill"),
    Purpose.RETENTION: Said("保存期限届满", "retention ended"),
    Purpose.TEND_NODE: Said("维护节点", "tend the node"),
}
VIEWS: Final = {
    View.ADDRESS: Said("地址", "the address"),
    View.NAME: Said("姓名", "the name"),
    View.PHONE: Said("电话", "the phone"),
    View.ALL: Said("全部", "everything"),
    View.MASKED: Said("仅掩码", "masks only"),
}
PARTIES: Final = {PartyRole.RECIPIENT: Said("收件人", "recipient"), PartyRole.SENDER: Said("寄件人", "sender")}
MEMBERS: Final = {
    "name": Said("姓名", "Name"),
    "phone": Said("电话", "Phone"),
    "address": Said("地址", "Address"),
    "order_number": Said("订单号", "Order number"),
    "contents": Said("物品", "Contents"),
    "remark": Said("备注", "Remark"),
    "collected_at": Said("实际取件地", "Picked up at"),
    "handed_by": Said("交寄人", "Handed over by"),
}
AGAIN: Final = {
    AgainReason.DAMAGED: Said("面单破损", "the label is damaged"),
    AgainReason.LOST: Said("面单丢失", "the label is lost"),
    AgainReason.PRINTER: Said("打印机故障", "the printer failed"),
    AgainReason.SIZE: Said("换规格", "another size"),
    AgainReason.RETURN: Said("退件", "a return"),
    AgainReason.OTHER: Said("其他", "another reason"),
}
VOIDS: Final = {
    VoidReason.CANCELLED: Said("订单取消", "the order was cancelled"),
    VoidReason.MISTAKEN: Said("制单有误", "issued by mistake"),
    VoidReason.DAMAGED: Said("面单损毁", "the label was destroyed"),
    VoidReason.REPEATED: Said("重复制单", "issued twice"),
    VoidReason.OTHER: Said("其他", "another reason"),
}


def parcel_tag(state: ParcelState) -> Tag:
    """Return a parcel's state as shape and text."""
    return Tag(STATE_WORDS[state], _PARCEL_MARKS.get(state, Mark.UNDERWAY))


def choices(
    words: Mapping[_E, Said | Tag], chosen: str = "", *, among: Iterable[_E] | None = None, every: Said | None = None
) -> list[Choice]:
    """Return the options of a field: ``every`` stands first and leaves nothing out."""
    listed = [] if every is None else [Choice(every, "", chosen=not chosen)]
    for each in words if among is None else among:
        said = words[each]
        value = _written(each)
        listed.append(Choice(said.text if isinstance(said, Tag) else said, value, chosen=value == chosen))
    return listed


def member(kind: type[_E], text: str) -> _E | None:
    """Return the member of a closed list that an address or a form means, None where there is none."""
    return next((each for each in kind if _written(each) == text), None)


def _written(each: Enum) -> str:
    """Return how an address writes a member: its value, or the name of a numbered one."""
    return each.name.lower() if isinstance(each.value, int) else str(each.value)
