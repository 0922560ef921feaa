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
    from yinji.deid.address.parts import AddressPart, AddressRead, Part
    from yinji.deid.address.policy import Policy, hidden_parts, mask_address
    from yinji.deid.address.reader import read_address
    from yinji.deid.companies import companies
    from yinji.deid.kinds import Hidden, Kind, Masked, mask_as
    from yinji.deid.marking import joined, starred
    from yinji.deid.model import Division, Finding, FindingKind, Phone, PhoneKind
    from yinji.deid.names import mask_name
    from yinji.deid.normal_form import normal
    from yinji.deid.own_names import OwnName, own_name
    from yinji.deid.phones import mask_phone, read_phone
    from yinji.deid.text import hide, scan

__all__ = [
    "AddressPart",
    "AddressRead",
    "Division",
    "Finding",
    "FindingKind",
    "Hidden",
    "Kind",
    "Masked",
    "OwnName",
    "Part",
    "Phone",
    "PhoneKind",
    "Policy",
    "companies",
    "hidden_parts",
    "hide",
    "joined",
    "mask_address",
    "mask_as",
    "mask_name",
    "mask_phone",
    "normal",
    "own_name",
    "read_address",
    "read_division",
    "read_phone",
    "scan",
    "starred",
]

_WHERE = {
    "AddressPart": "address.parts",
    "AddressRead": "address.parts",
    "Division": "model",
    "Finding": "model",
    "FindingKind": "model",
    "Hidden": "kinds",
    "Kind": "kinds",
    "Masked": "kinds",
    "OwnName": "own_names",
    "Part": "address.parts",
    "Phone": "model",
    "PhoneKind": "model",
    "Policy": "address.policy",
    "companies": "companies",
    "hidden_parts": "address.policy",
    "hide": "text",
    "joined": "marking",
    "mask_address": "address.policy",
    "mask_as": "kinds",
    "mask_name": "names",
    "mask_phone": "phones",
    "normal": "normal_form",
    "own_name": "own_names",
    "read_address": "address.reader",
    "read_division": "address.divisions",
    "read_phone": "phones",
    "scan": "text",
    "starred": "marking",
}

__getattr__ = lazily(__name__, _WHERE)
