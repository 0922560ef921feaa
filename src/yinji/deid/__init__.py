"""De-identification: what of a name, phone, address or free text a label or a screen may show. Usable alone.

Holds: readers, masks and the scan, with the packaged table of divisions.
Promises: the same input gives the same mask, of the same length; at least what the rule pack says is hidden; no text
raises; what cannot be understood is hidden, never shown.
Never: touches a network, a clock or a database; keeps or logs a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.lazily import lazily

if TYPE_CHECKING:
    from yinji.deid.address.divisions import read_division
    from yinji.deid.address.policy import mask_address
    from yinji.deid.marking import joined, starred
    from yinji.deid.model import Division, Finding, FindingKind, Phone, PhoneKind
    from yinji.deid.names import mask_name
    from yinji.deid.normal_form import normal
    from yinji.deid.own_names import OwnName, own_name
    from yinji.deid.phones import mask_phone, read_phone
    from yinji.deid.text import hide, scan

__all__ = [
    "Division",
    "Finding",
    "FindingKind",
    "OwnName",
    "Phone",
    "PhoneKind",
    "hide",
    "joined",
    "mask_address",
    "mask_name",
    "mask_phone",
    "normal",
    "own_name",
    "read_division",
    "read_phone",
    "scan",
    "starred",
]

_WHERE = {
    "Division": "model",
    "Finding": "model",
    "FindingKind": "model",
    "OwnName": "own_names",
    "Phone": "model",
    "PhoneKind": "model",
    "hide": "text",
    "joined": "marking",
    "mask_address": "address.policy",
    "mask_name": "names",
    "mask_phone": "phones",
    "normal": "normal_form",
    "own_name": "own_names",
    "read_division": "address.divisions",
    "read_phone": "phones",
    "scan": "text",
    "starred": "marking",
}

__getattr__ = lazily(__name__, _WHERE)
