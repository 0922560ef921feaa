"""The console, ``/console``: a file each page, each with its handlers and its sentences; `HANDLERS` lists them all.

Holds: pages made on the server, which work without scripts. Templates stand below ``templates/console/``.
Promises: a page that changes something is a form with its token; Chinese and English stand side by side in one table a page.
Never: decides; shows what no flow gave it.
"""

from __future__ import annotations

from typing import Final

from litestar.types import ControllerRouterHandler

from yinji.doors.http.console.calibration import give_calibration, judge_measured, picture_calibration, show_calibration
from yinji.doors.http.console.delivery import show_address, show_delivery_desk
from yinji.doors.http.console.home import show_home
from yinji.doors.http.console.inspect import inspect_file, show_inspect
from yinji.doors.http.console.issue import hand_in, show_issue
from yinji.doors.http.console.issue_file import check_again, mend, remove, show_file, show_state, start, stop
from yinji.doors.http.console.issue_results import give_result
from yinji.doors.http.console.label_print import picture_label, print_again_here, print_calibration, print_specimen
from yinji.doors.http.console.ledger import show_entries, show_entry, show_ledger
from yinji.doors.http.console.ledger_acts import download_checkpoint, download_proof, verify
from yinji.doors.http.console.numbers import audit, show_numbers
from yinji.doors.http.console.settings_page import show_settings
from yinji.doors.http.console.sign_in import show_sign_in, sign_in
from yinji.doors.http.console.sign_out import sign_out, sign_out_everywhere
from yinji.doors.http.console.template_page import print_tried, show_template, try_live, try_texts
from yinji.doors.http.console.templates_page import give_specimen, show_specimen, show_templates
from yinji.doors.http.console.waybill import show_evidence, show_label, show_one_waybill
from yinji.doors.http.console.waybill_acts import print_again, reveal, void
from yinji.doors.http.console.waybill_views import VIEW_HANDLERS
from yinji.doors.http.console.waybills import search_waybills, show_waybills

HANDLERS: Final[list[ControllerRouterHandler]] = [
    show_home,
    show_sign_in,
    sign_in,
    sign_out,
    sign_out_everywhere,
    show_waybills,
    search_waybills,
    *VIEW_HANDLERS,
    show_one_waybill,
    show_label,
    show_evidence,
    reveal,
    void,
    print_again,
    show_ledger,
    show_entries,
    show_entry,
    verify,
    download_checkpoint,
    download_proof,
    show_numbers,
    audit,
    show_delivery_desk,
    show_address,
    show_settings,
    show_issue,
    show_file,
    show_state,
    mend,
    check_again,
    start,
    stop,
    remove,
    give_result,
    show_templates,
    give_specimen,
    show_specimen,
    show_template,
    try_texts,
    try_live,
    print_tried,
    show_calibration,
    judge_measured,
    give_calibration,
    picture_calibration,
    print_specimen,
    print_calibration,
    print_again_here,
    picture_label,
]

INSPECTING: Final[list[ControllerRouterHandler]] = [show_inspect, inspect_file]
"""Handlers whose form is read in memory. Their paths are whole: they share a router with the public page."""

UPLOADS: Final[list[ControllerRouterHandler]] = [hand_in]
"""Handlers that take a file: their bodies are bounded by `serve_upload_mib`."""
