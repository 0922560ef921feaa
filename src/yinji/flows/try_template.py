"""Texts tried on a template: 1 they take the place of a specimen's; 2 the lints of a real label judge them; 3 what passes becomes a
label that says 样张, what does not becomes none.

A refused draft has findings and no picture. Only the lints make a `Label`, and only a label can be drawn: that is what keeps an
unlinted one from paper, and a way round it for a look would be a way round it for a print. What is shown instead is the empty plan of
the template with the places that were found.

What is typed is wrapped when it is parsed and kept nowhere: no row, no log, no evidence of its content. An exemption is tried with
the invented recipient alone: whoever is typed never stands whole on a label, for that needs an approval (`exempt_label`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from yinji.flows.draw_specimen import INVENTED, specimen_draft
from yinji.flows.house import House
from yinji.flows.lint_template import NUMBER, TOKEN
from yinji.kernel.clock import beijing_day
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.label.lints.finding import Finding
from yinji.label.model import ON_DRAFT, Draft, PartyMask
from yinji.label.passed import Label
from yinji.label.press import Press

TEXT_MAX: Final = {"name": 40, "phone": 40, "address": 120, "contents": 80, "remark": 80}
"""Characters of each text: more than the largest label holds, so that what does not fit can be seen to be refused."""

_FEN: Final = 12_800


class Switch(StrEnum):
    """What else a label may say."""

    VIRTUAL = "virtual"  # the phone is a virtual number, and stands whole
    PACKAGES = "packages"  # the second of three packages
    GOODS = "goods"  # cash on delivery
    FREIGHT = "freight"  # freight paid by the recipient
    INSURED = "insured"  # a declared value
    UNSORTED = "unsorted"  # no sorting code
    ACTS = "acts"  # inspected and screened
    REPRINT = "reprint"  # printed before
    EXEMPT = "exempt"  # shows its recipient: the invented one, whatever was typed


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried: texts as they would stand on the label, masked by whoever types them, and switches."""

    name: Private
    phone: Private
    address: Private
    contents: Private
    remark: Private
    switches: frozenset[Switch] = frozenset()


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: a label, or all findings."""

    label: Label | None
    findings: tuple[Finding, ...] = ()


def usual_trial(house: House, size: str) -> Trial:
    """Return the specimen's own texts: what a form begins with."""
    draft, _ = specimen_draft(house, size)
    to = draft.recipient
    name, phone, address, contents, remark = map(Private, (to.name, to.phone, to.address, draft.contents, draft.remark))
    return Trial(name, phone, address, contents, remark)


def try_template(house: House, press: Press, size: str, trial: Trial) -> Tried:
    """Return what the lints of today say of a trial on a size, set by a press for it."""
    usual, probe = specimen_draft(house, size)
    draft = _switched(_typed(usual, trial), trial.switches)  # 1
    (answer,) = press.check([draft], [probe], on=beijing_day(house.clock.now_ms()))  # 2
    if isinstance(answer, tuple):
        return Tried(None, answer)
    return Tried(answer.numbered(NUMBER, TOKEN))  # 3


def _typed(usual: Draft, trial: Trial) -> Draft:
    """Return a draft with what was typed, opened for the lints and for nobody else."""
    name, phone, address, contents, remark = (
        each.open().strip() for each in (trial.name, trial.phone, trial.address, trial.contents, trial.remark)
    )
    virtual = Switch.VIRTUAL in trial.switches
    shown = PartyMask(name, "", address, virtual_number=phone) if virtual else PartyMask(name, phone, address)
    return replace(usual, recipient=shown, contents=contents, remark=remark)


def _switched(draft: Draft, on: frozenset[Switch]) -> Draft:
    packages = Switch.PACKAGES in on
    told = replace(
        draft,
        package=2 if packages else 1,
        packages=3 if packages else 1,
        collect_goods=_FEN if Switch.GOODS in on else None,
        collect_freight=_FEN if Switch.FREIGHT in on else None,
        insured=_FEN if Switch.INSURED in on else None,
        sorting_code="" if Switch.UNSORTED in on else draft.sorting_code,
        inspected=Switch.ACTS in on,
        screened=Switch.ACTS in on,
        reprint=int(Switch.REPRINT in on),
    )
    if Switch.EXEMPT not in on:
        return told
    return replace(told, recipient=PartyMask(*INVENTED[PartyRole.RECIPIENT]), exemption=ON_DRAFT)
