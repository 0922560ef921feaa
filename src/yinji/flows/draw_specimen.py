"""A specimen of a label size: 1 two invented persons are planned as the vault plans an order; 2 the draft says all that this size has
a place for, in this node's own look; 3 the lints pass it, or the template itself is refused.

It carries 样张 across, and a number and a token of nobody's: it never ships, and printing it counts nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from yinji.flows.draft_label import Told, drafted, kept_masks
from yinji.flows.house import House
from yinji.flows.lint_template import NUMBER, TOKEN
from yinji.flows.node_look import look_of
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.label.model import Draft
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.vault.model import Belongings, Plan
from yinji.vault.planning import plan_party, probes_of, shown
from yinji.vault.probe import BothProbes
from yinji.waybill.carried import Carried
from yinji.waybill.model import Carriage, Sorting

RETURN: Final = "-return"
SLIP: Final = "-slip"
"""How sizes of other kinds end."""

INVENTED: Final = {
    PartyRole.RECIPIENT: ("林知遥", "13900004821", "广东省深圳市南山区望海路8号晴川公寓3栋1802室"),
    PartyRole.SENDER: ("青岚茶舍", "021-50008417", "上海市浦东新区张江镇示例路66号2栋301室"),
}
"""Name, phone and address of persons whom nobody is: their plaintext may stand here."""

_ORIGINAL: Final = "YJ7395184620765"
_COLLECTED: Final = "上海市浦东新区张江镇示例路12号1单元204室"
_HANDED_BY: Final = "周予安"
_CARRIED: Final = Carried(
    pieces=2,
    packages=2,
    sorting=Sorting(code="755-N12-016", centre="样张集散", door="驿站"),
    carriage=Carriage(weight=860, collect_goods=12_800, collect_freight=2_350, insured=50_000, agreed_check="当面验收"),
)


def draw_specimen(house: House, press: Press, size: str) -> Label | Refuse:
    """Return the specimen of a size, set by a press for it; what the lints find in every label of the size refuses it."""
    draft, probe = specimen_draft(house, size)
    (answer,) = press.check([draft], [probe], on=beijing_day(house.clock.now_ms()))  # 3
    if isinstance(answer, tuple):
        return Refuse(answer[0].refusal, f"{size} {answer[0].where}")
    return answer.numbered(NUMBER, TOKEN)


def specimen_draft(house: House, size: str) -> tuple[Draft, BothProbes]:
    """Return what the specimen of a size says, and what searches it for the two persons."""
    at_ms, look = house.clock.now_ms(), look_of(house)
    recipient, sender = (_plan(role, at_ms) for role in (PartyRole.RECIPIENT, PartyRole.SENDER))  # 1
    slip = size.endswith(SLIP)
    hands = (Private(_COLLECTED), Private(_HANDED_BY)) if slip else (None, None)
    belongings = Belongings(Private("SPECIMEN"), Private("茶叶礼盒"), Private("送前联系"), *hands)
    told = Told(
        recipient=kept_masks(recipient.masks),
        sender=kept_masks(sender.masks),
        shown=shown(recipient, sender, belongings),
        destination=recipient.destination,
        carried=_carried(size),
    )
    return drafted(told, look, at_ms=at_ms, specimen=True), probes_of(recipient, sender, belongings)  # 2


def _plan(role: PartyRole, at_ms: int) -> Plan:
    name, phone, address = map(Private, INVENTED[role])
    return plan_party(role, Party(name, phone, address), on=beijing_day(at_ms))


def _carried(size: str) -> Carried:
    if size.endswith(RETURN):
        return _CARRIED._replace(packages=1, carriage=Carriage(weight=860), original=_ORIGINAL)
    if size.endswith(SLIP):
        return _CARRIED._replace(carriage=replace(_CARRIED.carriage, collect_goods=None, freight=1_250))
    return _CARRIED
