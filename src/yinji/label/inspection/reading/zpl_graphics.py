"""Pictures in ZPL: hexadecimal digits, Zebra's run lengths (ACS), and what was deflated (Z64) or only dressed in base64 (B64)."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from binascii import Error, unhexlify
from typing import Final

from yinji.label.inspection.reading.limits import PICTURE_BYTES_MAX

_DRESSED: Final = re.compile(rb"\s*:(Z64|B64):([A-Za-z0-9+/=\s]*):?[0-9A-Fa-f]*", re.IGNORECASE)
_FEW: Final = {chr(code): code - ord("F") for code in range(ord("G"), ord("Y") + 1)}  # G is 1, Y is 19
_MANY: Final = {chr(code): (code - ord("f")) * 20 for code in range(ord("g"), ord("z") + 1)}  # g is 20, z is 400
_RUN: Final = re.compile(r"([g-zG-Y]*)([0-9A-Fa-f]+)|([,!:])|\s+|(.)", re.DOTALL)
_HEX: Final = 16


def picture(data: bytes, *, total: int, row_bytes: int) -> bytes | None:
    """Return the rows of a picture, at most ``total`` bytes; None where they cannot be told, or would be too many."""
    if not 0 < row_bytes <= total <= PICTURE_BYTES_MAX:
        return None
    dressed = _DRESSED.match(data)
    if dressed is not None:
        return _undressed(dressed[1].upper() == b"Z64", dressed[2], total)
    return _unrolled(data.decode("latin-1"), total, row_bytes)


def _undressed(deflated: bool, text: bytes, total: int) -> bytes | None:
    try:
        packed = b64decode(b"".join(text.split()), validate=False)
        found = zlib.decompressobj().decompress(packed, total + 1) if deflated else packed
    except (Error, ValueError, zlib.error):
        return None
    return found[:total].ljust(total, b"\0")


def _unrolled(text: str, total: int, row_bytes: int) -> bytes | None:
    """Unroll run lengths row by row: ``,`` fills a row with paper, ``!`` with ink, ``:`` repeats the row above."""
    full, row = row_bytes * 2, ""
    rows: list[str] = []
    rows_max = -(-total // row_bytes)
    for run, digit, sign, other in _RUN.findall(text):
        if other:
            return None
        if digit:
            count = sum(_FEW.get(each, 0) + _MANY.get(each, 0) for each in run) if run else 1
            row += digit[0] * min(count, full * (rows_max - len(rows))) + digit[1:]
        elif sign == ":" and not row:
            rows.append(rows[-1] if rows else "0" * full)
        elif sign:
            rows.append(row.ljust(full, "F" if sign == "!" else "0")[:full])
            row = row[full:]
        while len(row) >= full:
            rows.append(row[:full])
            row = row[full:]
        if len(rows) >= rows_max:
            break
    if row:
        rows.append(row.ljust(full, "0"))
    return unhexlify("".join(rows[:rows_max])).ljust(total, b"\0")[:total]
