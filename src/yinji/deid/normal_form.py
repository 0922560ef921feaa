"""The one normal form in which this room reads: as long as the text it stands for, so that a place in it is a place there.

Whatever is a digit, letter or sign in another dress (full-width, enclosed, raised, Roman, of another script) becomes the
plain one, a number above nine its last digit; what cannot be seen becomes a space. Words stay as they are written: 陆 is a
numeral and a surname, so readers take ``NUMERALS`` for digits only where a number may stand.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ODD: Final = re.compile("[^\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff]")
_FIXED: Final = {"〇": "〇", "○": "〇", "◯": "〇", "。": "."}
_UNSEEN: Final = frozenset(("Cf", "Me", "Mn"))
_NUMBERS: Final = frozenset(("No", "Nl"))
_NO_NUMBER: Final = 0.5
_TEN: Final = 10
_CACHED_MAX: Final = 0xFFFF  # the basic plane: a hostile text cannot make the table grow beyond it

HAN_DIGITS: Final = {
    sign: digit
    for signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "〇弌弍弎肆伍陸柒捌玖", "〇幺貳參肆伍陆柒捌玖")
    for digit, sign in enumerate(signs)
} | {"幺": 1, "两": 2, "兩": 2, "叄": 3}
"""What stands for one digit when a number is written out."""

HAN_TENS: Final = "十拾百佰"
"""What makes a written-out number positional: 伍佰零壹."""

NUMERALS: Final = "".join(HAN_DIGITS) + HAN_TENS
"""Every sign of a written-out number; inside a character class of a pattern."""


class _Plain(dict[int, int]):
    """The plain form of each character met so far."""

    def __missing__(self, code: int) -> int:
        plain = ord(_plain(chr(code)))
        if code <= _CACHED_MAX:
            self[code] = plain
        return plain


_TABLE: Final = _Plain()


def normal(text: str) -> str:
    """Return the normal form of a text, of the same length. Never raises."""
    return text.translate(_TABLE) if _ODD.search(text) else text


def _plain(character: str) -> str:
    if character in _FIXED:
        return _FIXED[character]
    kind = unicodedata.category(character)
    if kind in _UNSEEN:
        return " "
    if kind == "Pd":
        return "-"
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", character)
    folded = folded.strip("()") or folded  # ㈤ folds to (五)
    number = int(value) if (value := unicodedata.numeric(character, _NO_NUMBER)).is_integer() else -1
    if len(folded) == 1 and (kind != "Nl" or number < 0):
        return folded  # Ａ, ㈤, ⒜
    return str(number % _TEN) if number >= 0 and kind in _NUMBERS else character  # ⑫, Ⅻ
