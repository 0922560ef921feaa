"""Sentences of public tracking, in both languages: the page's own, each scan, and what comes next in each state."""

from __future__ import annotations

from typing import Final

from yinji.doors.http.look import Mark
from yinji.kernel.said import Said
from yinji.waybill.parcel.model import ParcelState, Scan

ASKING: Final = {
    "title": Said("查询快件", "Track a parcel"),
    "help": Said(
        "填单号，再证明您是收件人或寄件人。这里只说快件走到了哪里，不显示任何人的信息。",
        "Give the number and show that you are the recipient or the sender. This page says where the parcel is, and shows nobody.",
    ),
    "number": Said("运单号", "Waybill number"),
    "number_hint": Said("面单条码下的一串字母和数字。", "The letters and digits below the label's bar code."),
    "digits": Said("电话末四位", "Last four digits of the phone"),
    "digits_hint": Said(
        "收件人或寄件人的都可以；面单上是虚拟号码的，填它的分机号。",
        "The recipient's or the sender's. Where the label shows a virtual number, its extension.",
    ),
    "order": Said("订单号", "Order number"),
    "order_hint": Said("购物平台或商家给的订单号，面单上没有。", "As the shop or platform gave it; it is not on the label."),
    "go": Said("查询", "Track"),
    "closed": Said("查询暂时停止", "No query is taken for a while"),
    "closed_text": Said(
        "不相符的次数太多。这样做是为了不让别人猜到您的快件，请谅解。",
        "Too many queries did not fit. This keeps others from guessing where your parcel is.",
    ),
    "again_at": Said("请在此时之后再试", "Please try again after"),
    "beijing": Said("（北京时间）。", " (Beijing time)."),
    "contact": Said("联系快递企业", "Ask the carrier"),
    "about": Said("本页怎样对待您的查询", "What becomes of your query"),
    "about_text": Said(
        "单号和末四位只用来比对，不写进网址和日志；只记次数，当天清除。查到快件时留一条证据，不写您是谁。",
        "Number and digits are compared and stand in no address and no log; tries are counted, and forgotten with the day. A query "
        "that is answered leaves one entry of evidence, which does not say who you are.",
    ),
    "label": Said("怎样看面单", "How to read a label"),
}

SHOWING: Final = {
    "title": Said("快件行程", "Where the parcel is"),
    "help": Said(
        "这里是快件经过的每一步，没有隐去的；不含任何人的姓名、电话和地址。",
        "Every step that was reported, none left out; nobody's name, phone or address is among them.",
    ),
    "now": Said("现在", "Now"),
    "next": Said("接下来", "What comes next"),
    "way": Said("经过", "The way so far"),
    "way_help": Said("最近的在前，均为北京时间。", "Latest first, all in Beijing time."),
    "no_scans": Said(
        "快递企业收寄以后，这里才有记录。刚寄出的，请过几个小时再查。",
        "The first step stands here once the carrier accepts the parcel. If it was sent just now, ask again in some hours.",
    ),
    "no_scans_title": Said("还没有记录", "Nothing has been reported yet"),
    "wrong": Said("不对，或有不满", "If something is wrong"),
    "wrong_text": Said(
        "行程与实际不符，没有得到您同意就放进快递柜或驿站，或者快件破损、短少：请先向快递企业投诉，它应当处理，并把结果告诉您。",
        "If a step is not true, if the parcel was put into a locker or a station without your consent, or if it is damaged or "
        "incomplete: complain to the carrier first, which has to deal with it and tell you what came of it.",
    ),
    "wrong_more": Said(
        "没有处理，或对结果不满意的，可以向当地邮政管理部门申诉。",
        "If it does not, or you are not content, you may turn to the postal administration.",
    ),
    "held": Said("关于您的信息", "What is held about you"),
    "held_text": Said(
        "快递企业为了投递保存双方的姓名、电话、地址和物品，加密存放。您可以要求查阅、更正或删除，也可以询问谁看过。"
        "物品、重量和资费印在面单上，或请致电询问。",
        "To deliver it, the carrier keeps names, phones, addresses and contents, encrypted. You may ask for them, have them corrected or "
        "erased, and ask who looked. Contents, weight and fee stand on the label, or ask the carrier.",
    ),
    "another": Said("再查一件", "Track another"),
    "label": Said("怎样看面单", "How to read a label"),
}

CARRIER: Final = Said("快递企业", "Carrier")
HOTLINE: Final = Said("客服电话", "Hotline")
NUMBER: Final = Said("运单号", "Waybill number")
STATE: Final = Said("状态", "State")
SINCE: Final = Said("最近一步", "Latest step")
PIECES: Final = Said("件数", "Articles")
SPECIMEN: Final = Said("样张", "Specimen")
SPECIMEN_TEXT: Final = Said("这是样张的单号，没有真实的快件。", "This number is a specimen's: there is no real parcel.")

SCANS: Final[dict[Scan, Said]] = {
    Scan.ACCEPTED: Said("快递企业已收寄", "Accepted by the carrier"),
    Scan.INSPECTED: Said("已验视内件", "Contents inspected"),
    Scan.SCREENED: Said("已过安检", "Security screening passed"),
    Scan.SORTED: Said("已分拣", "Sorted"),
    Scan.DEPARTED: Said("已发出", "Departed"),
    Scan.ARRIVED: Said("已到达", "Arrived"),
    Scan.OUT_FOR_DELIVERY: Said("正在派送", "Out for delivery"),
    Scan.STORED: Said("已放入快递柜或驿站", "Put into a locker or a pickup station"),
    Scan.DELIVERED: Said("已签收", "Delivered and signed for"),
    Scan.STUCK: Said("遇到问题，暂时停下", "Held up by a problem"),
    Scan.RETURNING: Said("正在退回寄件人", "On its way back to the sender"),
    Scan.RETURNED: Said("已退回寄件人", "Returned to the sender"),
}

STATES: Final[dict[ParcelState, tuple[Said, Mark]]] = {
    ParcelState.ANNOUNCED: (Said("已制单，尚未收寄", "Announced, not accepted yet"), Mark.WAITING),
    ParcelState.ACCEPTED: (Said("已收寄", "Accepted"), Mark.UNDERWAY),
    ParcelState.IN_TRANSPORT: (Said("运输中", "In transport"), Mark.UNDERWAY),
    ParcelState.OUT_FOR_DELIVERY: (Said("派送中", "Out for delivery"), Mark.UNDERWAY),
    ParcelState.STORED: (Said("等您来取", "Ready for pickup"), Mark.HELD),
    ParcelState.STUCK: (Said("遇到问题", "Held up"), Mark.CARE),
    ParcelState.DELIVERED: (Said("已签收", "Delivered"), Mark.DONE),
    ParcelState.RETURNING: (Said("退回途中", "On its way back"), Mark.CARE),
    ParcelState.RETURNED: (Said("已退回", "Returned"), Mark.ENDED),
}

SCAN_MARKS: Final[dict[Scan, Mark]] = {Scan.STUCK: Mark.CARE, Scan.RETURNING: Mark.CARE, Scan.STORED: Mark.HELD}
"""Steps that are not simply done."""

NEXT: Final[dict[ParcelState, Said]] = {
    ParcelState.ANNOUNCED: Said("寄件人把快件交给快递企业。", "The sender hands the parcel to the carrier."),
    ParcelState.ACCEPTED: Said("快件将分拣并发出。", "The parcel is sorted and sent off."),
    ParcelState.IN_TRANSPORT: Said(
        "快件到达投递网点后派送。", "It goes to the outlet that delivers it, then out for delivery."
    ),
    ParcelState.OUT_FOR_DELIVERY: Said(
        "收派员会联系收件人，请当面查验后签收。", "The courier will get in touch; look at the parcel before signing for it."
    ),
    ParcelState.STORED: Said(
        "请凭取件通知去取。没有同意放在那里的，请要求送到约定的地址。",
        "Collect it as the notice says. If you did not agree to it, ask for delivery to the address agreed on.",
    ),
    ParcelState.STUCK: Said(
        "快递企业须处理后继续投递或退回。请致电询问缘由。",
        "The carrier has to solve it and go on, or return the parcel. Ask it why.",
    ),
    ParcelState.DELIVERED: Said(
        "投递已经完成。您没有收到的，请立即联系快递企业。", "Delivery is done. If you have nothing, tell the carrier at once."
    ),
    ParcelState.RETURNING: Said("快件退回寄件人，不再派送。", "It goes back to the sender and is not delivered any more."),
    ParcelState.RETURNED: Said("寄件人已收回，行程结束。", "The sender has it again; its way has ended."),
}
