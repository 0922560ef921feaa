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
    from yinji.deid.model import Division, Finding, FindingKind, Phone, PhoneKind
    from yinji.deid.names import mask_name
    from yinji.deid.phones import mask_phone, read_phone
    from yinji.deid.text import hide, scan

__all__ = [
    "Division",
    "Finding",
    "FindingKind",
    "Phone",
    "PhoneKind",
    "hide",
    "mask_address",
    "mask_name",
    "mask_phone",
    "read_division",
    "read_phone",
    "scan",
]

_WHERE = {
    "Division": "model",
    "Finding": "model",
    "FindingKind": "model",
    "Phone": "model",
    "PhoneKind": "model",
    "hide": "text",
    "mask_address": "address.policy",
    "mask_name": "names",
    "mask_phone": "phones",
    "read_division": "address.divisions",
    "read_phone": "phones",
    "scan": "text",
}

__getattr__ = lazily(__name__, _WHERE)
