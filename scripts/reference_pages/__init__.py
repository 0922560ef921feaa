"""The pages of docs/reference/ that are made from the code: one function a page, the same code gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reference_pages.api import api_page
from reference_pages.benchmarks import benchmarks_page
from reference_pages.commands import cli_page
from reference_pages.fields import fields_page
from reference_pages.lists import events_page, refusals_page
from reference_pages.settings import settings_page
from reference_pages.states import states_page
from yinji.law.reference import rules_page

PAGES: Final[dict[str, Callable[[], str]]] = {
    "settings.md": settings_page,
    "refusals.md": refusals_page,
    "events.md": events_page,
    "cli.md": cli_page,
    "api.md": api_page,
    "states.md": states_page,
    "rules.md": rules_page,
    "fields.md": fields_page,
    "benchmarks.md": benchmarks_page,
}
