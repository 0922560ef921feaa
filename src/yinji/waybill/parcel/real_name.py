"""Real-name acceptance (实名收寄): the answer of the real-name system goes with an acceptance, as a hash. Pure.

Who accepts a parcel checks the sender's document first (快递暂行条例 2025, art. 23; 邮件快件实名收寄管理办法, art. 3 ff.). That is done
in the real-name system; here stands only that it was done. What the token means stays with the system that gave it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.model import Reported, Scan

TOKEN_MAX: Final = 64
"""Characters of a token: more than any reference that such a system gives."""

_TOKEN: Final = re.compile(rf"[!-~]{{1,{TOKEN_MAX}}}", re.ASCII)
_IDENTITY: Final = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
"""An identity number (GB 11643): 17 digits and a check character, anywhere in what was given."""

_FORMER: Final = re.compile(r"[0-9]{15}")
"""An identity number of the first generation, all by itself."""

_JOINTS: Final = re.compile(r"[^0-9A-Za-z]")
_TOLD: Final = b"yinji/real-name\0"


def proof_of(token: str) -> bytes | Refuse:
    """Return what is kept of a token, 32 bytes of SHA-256; refuses one that is malformed or looks like an identity number."""
    plain = _JOINTS.sub("", token)
    if not _TOKEN.fullmatch(token) or _IDENTITY.search(token) or _IDENTITY.search(plain) or _FORMER.fullmatch(plain):
        return Refuse(Refusal.REAL_NAME_MALFORMED)
    return sha256(_TOLD + token.encode("ascii")).digest()


def may_take(report: Reported, *, require_real_name: bool) -> Decision:
    """Decide whether a report may be taken in: an acceptance needs its real-name token."""
    if require_real_name and report.scan is Scan.ACCEPTED and not report.proof:
        return Refuse(Refusal.REAL_NAME_MISSING)
    return Allow(("real name",))
