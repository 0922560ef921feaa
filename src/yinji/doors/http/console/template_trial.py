"""What is tried on a template: read from a form, wrapped as it is read; given back, in the answer, to whoever typed it.

It is the one place of these pages where a `Private` is opened: without it a form without scripts would forget what was typed. The
answer says no-store, as every page does.
"""

from __future__ import annotations

from typing import Final

from yinji.doors.http.console.template_words import SWITCHES, TEXTS
from yinji.doors.http.problems import Refused
from yinji.flows.try_template import TEXT_MAX, Switch, Trial
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

_SWITCH: Final = "switch-"


def trial_of(form: dict[str, str]) -> Trial:
    """Return what a form tries, and empty the form; raises `Refused` (CELL_TOO_LONG) beyond `TEXT_MAX`."""
    long = [name for name, most in TEXT_MAX.items() if len(form.get(name, "")) > most]
    texts = {name: Private(form.get(name, "")) for name in TEXT_MAX}
    switches = frozenset(each for each in Switch if f"{_SWITCH}{each}" in form)
    form.clear()
    if long:
        raise Refused(Refuse(Refusal.CELL_TOO_LONG, " ".join(long)))
    return Trial(**texts, switches=switches)


def fields_of(trial: Trial) -> list[dict[str, object]]:
    """Return the fields of the form, opened: name, words, what stands in each, how long it may be."""
    return [
        {"name": name, "text": TEXTS[name], "value": getattr(trial, name).open(), "most": most}
        for name, most in TEXT_MAX.items()
    ]


def switches_of(trial: Trial) -> list[dict[str, object]]:
    """Return the switches of the form: name, words, whether each is on."""
    return [{"name": f"{_SWITCH}{each}", "text": said, "on": each in trial.switches} for each, said in SWITCHES.items()]
