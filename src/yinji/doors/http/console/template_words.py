"""Words of label templates, in both languages: sizes, zones, fields, switches. Every field of every template has its zone."""

from __future__ import annotations

from typing import Final

from yinji.flows.try_template import Switch
from yinji.kernel.said import Said

SIZES: Final = {
    "76x130": (
        Said("一联单", "One-ply waybill"),
        Said("日常制单，各家用得最多。", "Everyday issuing; the trade prints it most."),
    ),
    "100x150": (
        Said("二联单", "Two-ply waybill"),
        Said(
            "沿虚线撕开：一联随派件，一联留在包裹上。",
            "Torn at the dashes: one ply goes with the courier, one stays on the parcel.",
        ),
    ),
    "100x180": (
        Said("长二联单", "Long two-ply waybill"),
        Said("同上，地址与条码更大，分拣线更易读。", "As above, with larger addresses and codes for sorting lines."),
    ),
    "76x130-return": (
        Said("退回面单", "Return label"),
        Said("寄回寄件人：大字“退”与原单号。", "The way back to the sender: the mark of a return, and the original number."),
    ),
    "100x150-return": (
        Said("二联退回面单", "Two-ply return label"),
        Said("同上，二联。", "As above, in two plies."),
    ),
    "76x130-slip": (
        Said("揽收单", "Collection slip"),
        Said("上门揽收：一半给寄件人，一半随收派员。", "Collecting at the door: half for the sender, half for the courier."),
    ),
}
"""What each size is called, and what it is for."""

ZONES: Final = {
    "head": Said("页头", "Head"),
    "sorting": Said("三段码", "Sorting code"),
    "destination": Said("目的地", "Destination"),
    "codes": Said("条码与单号", "Bar codes and number"),
    "recipient": Said("收件人", "Recipient"),
    "sender": Said("寄件人", "Sender"),
    "goods": Said("内件", "Contents"),
    "money": Said("金额", "Money"),
    "qr": Said("二维码", "QR code"),
    "sign": Said("条款与签收", "Clause and signature"),
    "foot": Said("收派与客服", "Courier and hotline"),
}
"""The zones of a label, from its top."""

FIELDS: Final = {
    "carrier": ("head", Said("承运品牌", "carrier")),
    "product": ("head", Said("产品", "product")),
    "privacy_shown": ("head", Said("隐私面单", "privacy mark")),
    "exemption_shown": ("head", Said("豁免标识", "exemption mark")),
    "printed_at": ("head", Said("打印时间", "time of printing")),
    "reprint_shown": ("head", Said("补打", "reprint mark")),
    "package_shown": ("head", Said("第几件", "which package")),
    "sorting_code": ("sorting", Said("三段码", "three-part code")),
    "original": ("sorting", Said("原单号", "original number")),
    "destination": ("destination", Said("大头笔", "destination")),
    "door": ("destination", Said("楼门或驿站", "door or station")),
    "centre": ("destination", Said("集包地", "hub")),
    "inspected_shown": ("destination", Said("已验视", "inspected")),
    "screened_shown": ("destination", Said("已安检", "screened")),
    "recipient.name": ("recipient", Said("收件人姓名", "recipient's name")),
    "recipient.phone": ("recipient", Said("收件人电话", "recipient's phone")),
    "recipient.virtual_number": ("recipient", Said("收件人虚拟号码", "recipient's virtual number")),
    "recipient.address": ("recipient", Said("收件地址", "recipient's address")),
    "sender.name": ("sender", Said("寄件人姓名", "sender's name")),
    "sender.phone": ("sender", Said("寄件人电话", "sender's phone")),
    "sender.virtual_number": ("sender", Said("寄件人虚拟号码", "sender's virtual number")),
    "sender.address": ("sender", Said("寄件地址", "sender's address")),
    "collected_at": ("sender", Said("实际揽收地", "picked up at")),
    "handed_by": ("sender", Said("代寄人", "handed over by")),
    "return_shown": ("sender", Said("退回网点", "outlet for returns")),
    "contents": ("goods", Said("内件", "contents")),
    "pieces_shown": ("goods", Said("件数", "pieces")),
    "weight_shown": ("goods", Said("重量", "weight")),
    "remark": ("goods", Said("备注", "remark")),
    "collect_goods_shown": ("money", Said("代收货款", "cash on delivery")),
    "collect_freight_shown": ("money", Said("到付", "freight collect")),
    "freight_shown": ("money", Said("寄付", "freight paid")),
    "insured_shown": ("money", Said("保价", "insured value")),
    "agreed_check": ("money", Said("约定验收", "agreed check")),
    "clause": ("sign", Said("条款", "clause")),
    "courier_shown": ("foot", Said("收派员", "courier")),
    "courier": ("foot", Said("收派员", "courier")),
    "hotline": ("foot", Said("客服", "hotline")),
    "outlet": ("foot", Said("网点", "outlet")),
}
"""Every field of every template: its zone, and what it is called."""

TEXTS: Final = {
    "name": Said("收件人姓名（掩码）", "Recipient's name, masked"),
    "phone": Said("收件人电话（掩码）", "Recipient's phone, masked"),
    "address": Said("收件地址（掩码）", "Recipient's address, masked"),
    "contents": Said("内件", "Contents"),
    "remark": Said("备注", "Remark"),
}
"""What may be typed."""

SWITCHES: Final = {
    Switch.VIRTUAL: Said("电话是虚拟号码，完整印出", "The phone is a virtual number, printed whole"),
    Switch.PACKAGES: Said("一票多件，第 2 件共 3 件", "Second of three packages"),
    Switch.GOODS: Said("代收货款", "Cash on delivery"),
    Switch.FREIGHT: Said("到付", "Freight collect"),
    Switch.INSURED: Said("保价", "Insured"),
    Switch.UNSORTED: Said("没有三段码", "No sorting code"),
    Switch.ACTS: Said("已验视、已安检", "Inspected and screened"),
    Switch.REPRINT: Said("补打", "Reprint"),
    Switch.EXEMPT: Said("豁免（用虚构收件人，不用所填）", "Exempt (the invented recipient, not what is typed)"),
}

_PLACES: Final = {
    "label": Said("整张面单", "the whole label"),
    "template": Said("模板", "the template"),
    "exemption": FIELDS["exemption_shown"][1],
    "qr": ZONES["qr"],
}


def zone_of(field: str) -> str:
    """Return the zone of a field; "" where it is none of a label's."""
    return FIELDS[field][0] if field in FIELDS else ""


def place_of(where: str) -> Said | str:
    """Return what the place of a finding is called."""
    return FIELDS[where][1] if where in FIELDS else _PLACES.get(where, where)
