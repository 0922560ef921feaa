"""Void a waybill's number: 1 may this post; 2 find it; 3 void it, with its sentence."""

from __future__ import annotations

from enum import StrEnum

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.show_waybill import waybill_at
from yinji.flows.sit_at_desk import beyond_test_key
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.waybill.model import Waybill


class VoidReason(StrEnum):
    """Why a number is voided: what the evidence says of it."""

    CANCELLED = "cancelled"  # 订单取消
    MISTAKEN = "mistaken"  # 制单有误
    DAMAGED = "damaged"  # 面单损毁
    REPEATED = "repeated"  # 重复制单
    OTHER = "other"


def void_waybill(house: House, ref: Ref, *, reason: VoidReason) -> Waybill | Refuse:
    """Void the number of one waybill for good; refuses where its parcel was accepted."""
    bill = waybill_at(house, ref, desk=Desk.WAYBILL_ACTS)  # 1, 2
    if isinstance(bill, Refuse):
        return bill
    if refused := beyond_test_key(house, bill):
        return refused
    return house.register.void(house.node.org, bill.number, reason=reason.value, actor=house.actor)  # 3
