"""Rule of the house: the codes hold nobody. The bar code holds the number, by its grammar; the QR code a link and a token.

The token is random and the number drawn, so only the link could carry a person: it has nothing behind its path but the name of the
token, and no digits that could be a phone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, finding

if TYPE_CHECKING:
    from yinji.label.layout.typesetter import Typesetter
    from yinji.law import Rule

RULE_ID = "house-code-content"

_LINK: Final = re.compile(
    r"(?:https?://)?[0-9A-Za-z.-]+(?::[0-9]{1,5})?(?:/[0-9A-Za-z._~-]*)*(?:[?#]/?(?:[a-z]{1,8}=)?)?", re.ASCII | re.IGNORECASE
)
_DIGITS: Final = re.compile("[0-9]{6}")


def lint_template(setter: Typesetter, rule: Rule) -> tuple[Finding, ...]:
    """Find links before the token that could carry more than where to ask."""
    link = setter.link
    if not link or (_LINK.fullmatch(link) and not _DIGITS.search(link)):
        return ()
    return (finding(rule, "qr", _SAYS, Refusal.LABEL_MISSTATES),)


_SAYS: Final = Said("二维码的网址可能带有个人信息", "the link of the QR code could carry a person")
