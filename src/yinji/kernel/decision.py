"""Allow, refuse, or cannot tell: what every pure decision answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from yinji.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Allow:
    """Yes, and why: the names of the rules and facts that carried it."""

    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    """No: a code of the closed list. ``at`` names the place (a column, a rule, a setting), never a person's value."""

    code: Refusal
    at: str = ""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """A fact is missing. Treated as a refusal by every gate, but kept apart: the remedy is another one."""

    missing: str


Decision: TypeAlias = Allow | Refuse | CannotTell


def as_refusal(decision: Refuse | CannotTell) -> Refuse:
    """On doubt refuse: return the refusal that a gate gives for a decision that is not an allow."""
    return decision if isinstance(decision, Refuse) else Refuse(Refusal.CANNOT_TELL, decision.missing)
