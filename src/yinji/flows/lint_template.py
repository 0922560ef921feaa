"""Run a template against a hundred difficult invented people: 1 plan each as the vault plans an order; 2 draft and lint the label;
3 finish it, write it, and read every text and code of every ply again, for what was written down by hand as not to be shown.

The third step knows nothing of masks, lints and probes: it would see a leak that they share.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from yinji.flows.draft_label import draft_label
from yinji.flows.issue_model import Look, Planned
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.label.difficult import Difficult, difficult_people
from yinji.label.finished import FinishedPly, finished
from yinji.label.lints import RULES
from yinji.label.lints.finding import Finding
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.vault.model import Belongings, Plan
from yinji.vault.planning import plan_party
from yinji.vault.probe import BothProbes
from yinji.waybill.model import Order, Sorting

NUMBER: Final = "YJ7395184620773"
TOKEN: Final = "k3Jx-QpZ_Lm-Wv-RtbYAcd"  # noqa: S105 - an invented one, of the grammar of tokens; it opens nothing
_LOOK: Final = Look("隐寄速递", "标准快递", "样张网点", "400-000-0000", courier="S-16", return_outlet="样张退件处")
_SORTING: Final = Sorting(code="755-N12-016", centre="样张集散")
_SENDER: Final = Difficult(
    "样张寄件人",
    "01088880000",
    "北京市海淀区样张路1号2单元999室",
    "",
    "",
    ("2单元", "999"),
    (),
    virtual=False,
    until=None,
    place=False,
)
_PHONE_RUN: Final = 6
"""As many digits of a phone in a row as the label rule wants hidden (GB/T 41833-2022, as reported)."""

_TELLING: Final = 2
_SPACE: Final = re.compile(r"\s")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
"""The time of printing: a room 202 stands in every 2026."""


class Verdict(StrEnum):
    """What became of one person's label."""

    PASSES = "passes"  # it may leave, and the second reading found nothing
    REFUSED = "refused"  # it does not leave, and that is right for this person
    FAILS = "fails"  # it does not leave, though it should
    LEAKS = "leaks"  # it passed the lints, and the second reading found what must be hidden


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """One person's: ``codes`` are the refusals, ``findings`` the rules that gave them, ``shown`` plies that leak, by their names."""

    person: int
    verdict: Verdict
    codes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateVerdict:
    """What a template is worth. ``written`` counts the bytes of the document that its labels became."""

    template: str
    people: tuple[PersonVerdict, ...]
    written: int

    @property
    def holds(self) -> bool:
        """True if everybody's label passes, or is refused for a reason that is that person's own."""
        return all(each.verdict in {Verdict.PASSES, Verdict.REFUSED} for each in self.people)

    @property
    def leaks(self) -> bool:
        """True if a label showed what must be hidden."""
        return any(each.verdict is Verdict.LEAKS for each in self.people)

    def by_rule(self) -> dict[str, int]:
        """Return for every rule how many people's labels it refused; 0 where it passed them all."""
        refused = Counter(rule for each in self.people for rule in {found.rule for found in each.findings})
        return {rule: refused[rule] for rule in RULES}


def lint_template(
    press: Press, template: str, *, on: date, at_ms: int, people: Sequence[Difficult] | None = None
) -> TemplateVerdict:
    """Return the verdict on a template, set by ``press``, by the rules of a Beijing date; everybody is a sender too."""
    hundred = difficult_people() if people is None else people
    verdicts: list[PersonVerdict] = []
    labels: list[Label] = []
    sender = _SENDER
    for place, person in enumerate(hundred, 1):
        found = _label(press, person, sender, on=on, at_ms=at_ms)
        if isinstance(found, Label):
            labels.append(found)
            plies = finished(found)
            shown = tuple(
                ply.name.en for ply in plies if _shows(ply, _needles(person, on)) or _shows(ply, _needles(sender, on))
            )
            verdicts.append(PersonVerdict(place, Verdict.LEAKS if shown else Verdict.PASSES, shown=shown))
        else:
            verdicts.append(_refused(place, person, found))
        if not person.may:
            sender = person
    return TemplateVerdict(template, tuple(verdicts), len(press.to_pdf(labels)))


def _label(
    press: Press, person: Difficult, sender: Difficult, *, on: date, at_ms: int
) -> Label | tuple[Finding, ...] | tuple[str, ...]:
    """Return the finished label, or all findings, or the codes for which the order itself is refused."""
    plan = _plan(PartyRole.RECIPIENT, person, on)  # 1
    from_ = _plan(PartyRole.SENDER, sender, on)
    if plan.refused:
        return tuple(each.code.name for each in plan.refused)
    order = Order(1, "SPECIMEN", plan.party, Private(person.contents), 1, Private(person.remark), sorting=_SORTING)
    planned = Planned(order, plan, Belongings(Private(order.number), order.contents, order.remark))
    draft = draft_label(planned, from_, _LOOK, at_ms=at_ms, specimen=True)
    (answer,) = press.check([draft], [BothProbes(plan.probe, from_.probe)], on=on)  # 2
    return answer if isinstance(answer, tuple) else answer.numbered(NUMBER, TOKEN)


def _plan(role: PartyRole, person: Difficult, on: date) -> Plan:
    kind = PartyKind.VIRTUAL if person.virtual else PartyKind.PLAIN
    party = Party(Private(person.name), Private(person.phone), Private(person.address), kind, until=person.until)
    return plan_party(role, party, on=on)


def _refused(place: int, person: Difficult, found: tuple[Finding, ...] | tuple[str, ...]) -> PersonVerdict:
    findings = tuple(each for each in found if isinstance(each, Finding))
    codes = tuple(dict.fromkeys(each.refusal.name if isinstance(each, Finding) else each for each in found))
    right = set(codes) <= set(person.may)
    return PersonVerdict(place, Verdict.REFUSED if right else Verdict.FAILS, codes, findings)


def _needles(person: Difficult, on: date) -> tuple[str, ...]:
    """Return what no text and no code may show of a person, in the form in which it is searched for."""
    digits = "".join(each for each in unicodedata.normalize("NFKC", person.phone) if each.isdigit())
    rings = person.virtual and (person.until is None or person.until >= on)
    runs = () if rings else tuple(digits[at : at + _PHONE_RUN] for at in range(len(digits) - _PHONE_RUN + 1))
    named = (person.name,) if len(person.name) >= _TELLING and not person.place else ()
    return tuple(filter(None, map(_plain, (*named, *person.hide, *runs))))


def _shows(ply: FinishedPly, needles: tuple[str, ...]) -> bool:
    return any(needle in text for text in _read(ply) for needle in needles)


def _read(ply: FinishedPly) -> Iterator[str]:
    yield from (_plain(text) for text in ply.texts if not _MOMENT.fullmatch(text))
    yield from (_plain(code.payload) for code in ply.codes)


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
