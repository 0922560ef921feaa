"""Accounts that a word announces (微信, QQ, 支付宝), and e-mail addresses."""

from __future__ import annotations

import re
from typing import Final

_MESSENGERS: Final = "微信|薇信|威信|微 信|wechat|weixin|加微|加v|v信|wx|vx|扣扣|扣 扣|q号|qq|支付宝|抖音|快手|小红书|旺旺|钉钉|飞书|telegram|whatsapp|skype|line ?id"
_ACCOUNT: Final = re.compile(
    rf"(?<![A-Za-z])(?:{_MESSENGERS})(?:账号|帐号|号码|号|id)?(?:是|为)?[:\s=\-]{{0,3}}([A-Za-z0-9][A-Za-z0-9_\-]{{4,30}})",
    re.IGNORECASE,
)
_ACCOUNT_SIGNAL: Final = re.compile(_MESSENGERS.replace(" ?", " ") + "|lineid")
"""Literals only, so that a text without any of them is passed at a glance."""

_WXID: Final = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{8,24}")
_MAIL_AT: Final = r" ?(?:@|[(\[{] ?at ?[)\]}]| at |艾特) ?"
_EMAIL: Final = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}}{_MAIL_AT}[A-Za-z0-9\-]{{1,63}}(?: ?(?:\.|点| dot ) ?[A-Za-z0-9\-]{{2,63}}){{1,4}}",
    re.IGNORECASE,
)


def accounts(plain: str) -> list[tuple[int, int]]:
    """Return the spans of accounts behind the word that names them."""
    if _ACCOUNT_SIGNAL.search(plain.lower()) is None:
        return []
    return [match.span(1) for match in _ACCOUNT.finditer(plain)] + [match.span() for match in _WXID.finditer(plain)]


def emails(plain: str) -> list[tuple[int, int]]:
    """Return the spans of e-mail addresses, the sign written out as well."""
    if "@" not in plain and "艾特" not in plain and "at" not in plain.lower():
        return []
    return [match.span() for match in _EMAIL.finditer(plain)]
