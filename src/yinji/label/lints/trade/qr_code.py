"""Habit of the trade: a label has a QR code that telephones read at arm's length: modules of three dots of a 203 dpi head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.codes.qr import QUIET_MODULES, QrTable
from yinji.label.layout.template import DOTS_PER_MM
from yinji.label.lints.finding import Finding, finding
from yinji.label.lints.gbt.zones import SLIP

if TYPE_CHECKING:
    from yinji.label.layout.template import Area
    from yinji.label.layout.typesetter import Typesetter
    from yinji.law import Rule

RULE_ID = "trade-qr-code"

_MODULE_LEAST: Final = 3
_TOKEN_LONGEST: Final = 43
"""Characters of a token by `yinji.label.codes.grammar`."""


def lint_template(setter: Typesetter, rule: Rule) -> tuple[Finding, ...]:
    """Find waybills without a QR code, and codes whose modules would be too small. A collection slip needs none."""
    places = setter.template.whole.qrs
    if not places and not setter.template.name.endswith(SLIP):
        return (finding(rule, "template", _ABSENT, Refusal.LABEL_UNFIT),)
    side = QrTable(len(setter.link) + _TOKEN_LONGEST).side + 2 * QUIET_MODULES
    if all(_module(area, side) >= (rule.value or _MODULE_LEAST) for area in places):
        return ()
    return (finding(rule, "template", _SMALL, Refusal.LABEL_UNFIT),)


def _module(area: Area, side: int) -> int:
    """Return how many dots a module of a code with ``side`` modules gets."""
    return int(min(area.w, area.h) * DOTS_PER_MM) // side


_ABSENT: Final = Said("模板没有二维码", "the template has no QR code")
_SMALL: Final = Said("二维码太小，手机读不出", "the QR code is too small for telephones")
