"""GB/T 41833-2022, as reported: a waybill has six zones. Codes (码号), destination (目的地), recipient (收件人), sender (寄件人),
contents (内件), signature (签收).

They stand somewhere on the label; the zone of codes stands on every ply, which is nobody's without its number. A collection slip
is no waybill: it has codes, parties, contents and signature on each half, and no room for the rest. A panel of electronic paper is
none either: it shows number, destination and recipient, and its code is the QR code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.layout.epaper import EPAPER
from yinji.label.lints.finding import Finding, finding

if TYPE_CHECKING:
    from yinji.label.layout.template import Part, Ply, Template
    from yinji.label.layout.typesetter import Typesetter
    from yinji.law import Rule

RULE_ID = "gbt-41833-zones"

SLIP: Final = "-slip"
"""How the name of a template that is no waybill ends."""

_FIELDS: Final = {
    Said("目的地", "destination"): ("destination", "sorting_code"),
    Said("收件人", "recipient"): ("recipient.name", "recipient.phone", "recipient.virtual_number", "recipient.address"),
    Said("寄件人", "sender"): ("sender.name", "sender.phone", "sender.virtual_number", "sender.address"),
    Said("内件", "contents"): ("contents",),
}
_ON_PANELS: Final = {
    Said("目的地", "destination"): ("destination", "sorting_code"),
    Said("收件人", "recipient"): ("recipient.name",),
}
_CODES: Final = Said("码号", "codes")
_SIGNATURE: Final = Said("签收", "signature")
_SIGNED: Final = "签收人"


def lint_template(setter: Typesetter, rule: Rule) -> tuple[Finding, ...]:
    """Find zones that a template lacks."""
    template = setter.template
    if template.name.endswith(EPAPER):
        return tuple(_said(rule, zone) for zone in _lacking(template))
    absent = [_CODES for ply in template.plies if not _has_codes(ply)]
    if not template.name.endswith(SLIP):
        fields = {box.field for box in template.boxes}
        absent += [zone for zone, wanted in _FIELDS.items() if not fields.issuperset(wanted)]
        absent += [] if _is_signed(template.whole) else [_SIGNATURE]
    return tuple(_said(rule, zone) for zone in dict.fromkeys(absent))


def _lacking(panel: Template) -> list[Said]:
    """Return what a panel of electronic paper lacks."""
    fields, whole = {box.field for box in panel.boxes}, panel.whole
    lacking = [] if whole.qrs and whole.numbers else [_CODES]
    return lacking + [zone for zone, wanted in _ON_PANELS.items() if not fields.issuperset(wanted)]


def _has_codes(ply: Ply) -> bool:
    return bool(ply.part.bars and ply.part.numbers)


def _is_signed(part: Part) -> bool:
    return any(_SIGNED in caption.text for caption in part.captions)


def _said(rule: Rule, zone: Said) -> Finding:
    says = Said(f"模板缺少“{zone.zh}”信息区", f"the template lacks the zone of {zone.en}")
    return finding(rule, "template", says, Refusal.LABEL_UNFIT)
