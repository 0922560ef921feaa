"""What is raised. Refusals of the world are returned (see `decision`); these two are not decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yinji.kernel.refusals import Refusal


class Misuse(RuntimeError):  # noqa: N818 - a word of the house: the caller's mistake
    """A programmer's error: a verb called out of order, a secret about to be copied. Never shown to a user."""


class Fault(Exception):  # noqa: N818 - the word of the house: a fault of the machine, not an error of ours
    """The node cannot work: no key, no disk, a database from another time. Carries a refusal, so that it has a remedy.

    ``at`` names the place (a path, a setting, a table), never a value about a person.
    """

    def __init__(self, code: Refusal, at: str = "") -> None:
        """Say which refusal it is and where."""
        super().__init__(f"{code.name} {at}".strip())
        self.code = code
        self.at = at
