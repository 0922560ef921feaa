"""Fuzz `yinji.deid` with Atheris (pip install atheris), by hand: python scripts/fuzz_deid.py -max_total_time=300 [CORPUS].

Whatever text comes, lone surrogates included: findings lie apart and inside it, masks keep its length, nothing raises.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

with atheris.instrument_imports(include=["yinji.deid"]):
    from yinji.deid import companies, hide, mask_address, mask_name, mask_phone, read_phone, scan

SEEDS = (
    "请放门口，联系张三，电话138-0000-1111转7576",
    "收件人：欧阳娜娜，一三八零零零零一一一一",
    "身份证110105 19491231 002X 护照E12345678 A123456(3)",
    "浙江省杭州市西湖区测试路12号青枫花园3幢2单元501室王芳收",
    "单号YT1234567890123 取件码 3-2-1045 ¥1,234.00",
    "浙A12345 6222021234567890128 微信abc_12345 someone at qq.com",
    "买买提·艾力 Tom Lee 王小明烟酒店",
)


def read(content: bytes) -> None:
    """Read some bytes as a text: bytes that are no UTF-8 become lone surrogates."""
    text = content.decode("utf-8", "surrogateescape")
    for found in (scan(text), companies(text)):
        if not all(0 <= one.span.start < one.span.end <= len(text) for one in found):
            raise AssertionError("a finding lies outside the text")
        if not all(left.span.end <= right.span.start for left, right in pairwise(found)):
            raise AssertionError("findings overlap")
    for mask in (hide, mask_address, mask_name, mask_phone):
        if len(mask(text).text) != len(text):
            raise AssertionError("a mask has another length")
    read_phone(text)


def main() -> None:
    """Begin with a text of each kind."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            (Path(corpus) / str(number)).write_text(seed, encoding="utf-8")
        atheris.Setup([*sys.argv, corpus], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
