"""Why somebody touches a person's information: a closed list, and what may be seen."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """Purposes of processing (处理目的), PIPL article 6: definite, reasonable, directly related."""

    ISSUE = "issue"  # 制作运单: take the order, issue the waybill, print the label
    DELIVER = "deliver"  # 投递: hand the parcel over
    CONTACT_RECIPIENT = "contact"  # 联系收件人 about this parcel
    SOLVE_DELIVERY = "solve"  # 处理滞留、错分、无法投递
    RETURN_PARCEL = "return"  # 退回寄件人; 快递市场管理办法 art. 27(3): the recipient may ask for the sender
    ANSWER_PERSON = "answer"  # 答复本人: PIPL articles 45-50
    RETENTION = "retention"  # 保存期限届满: PIPL article 47(1)
    AUTHORITY = "authority"  # 依法配合检查: the authority's written request is at hand
    TEND_NODE = "tend"  # 维护节点: setting up, verifying, backing up; touches no person


class View(StrEnum):
    """What a reveal shows: never more than the purpose needs."""

    MASKED = "masked"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    ALL = "all"


class PartyRole(StrEnum):
    """The two delivery users (寄递用户) of a parcel."""

    RECIPIENT = "recipient"
    SENDER = "sender"


class Deed(StrEnum):
    """What a permit is for: to look at one party, to search by a person's information, to erase one party."""

    REVEAL = "reveal"
    FIND = "find"
    ERASE = "erase"
