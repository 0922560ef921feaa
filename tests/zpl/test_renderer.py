"""Our ZPL, drawn by a renderer that knows nothing of us (zpl-renderer-js): the same dots, and codes that ZXing reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from yinji.label import Label, Press
from yinji.label.fonts import find_fonts
from yinji.label.languages import PrinterLanguage
from yinji_bench import sample

PARTS = Path(sys.prefix) / "zpl" / "node_modules"
NUMBER, TOKEN = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A"
PATIENCE_SECONDS = 60


def rendered(stream: bytes) -> Image.Image:
    node = shutil.which("node")
    if node is None or not (PARTS / "zpl-renderer-js").is_dir():
        reason = "run sh scripts/zpl_oracle.sh (needs npm: apt install nodejs npm)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    command = [node, str(Path(__file__).with_name("render.cjs")), str(PARTS), "76", "130", "8"]
    done = subprocess.run(command, input=stream, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return Image.open(BytesIO(b64decode(done.stdout))).convert("L")


@pytest.fixture(scope="module")
def label() -> tuple[Press, Label]:
    press = Press(find_fonts())
    (answer,) = press.check(sample.drafts(1, 5), [sample.NothingLeaks()], on=date(2026, 11, 21))
    assert not isinstance(answer, tuple)
    return press, answer.numbered(NUMBER, TOKEN)


def test_another_program_draws_our_pictures_dot_for_dot_and_its_codes_are_read(label: tuple[Press, Label]) -> None:
    press, own = label
    drawn = rendered(b"".join(press.writer(PrinterLanguage.ZPL).write([own])))
    raster = Image.open(BytesIO(press.to_png(own))).convert("L")
    assert sorted(code.text for code in zxingcpp.read_barcodes(drawn)) == sorted([NUMBER, NUMBER, TOKEN])
    (qr,) = (code for code in zxingcpp.read_barcodes(raster) if code.text == TOKEN)
    corner, other = qr.position.top_left, qr.position.bottom_right
    for image in (drawn, raster):  # another mask is as good a QR code
        image.paste(255, (corner.x - 3, corner.y - 3, other.x + 4, other.y + 4))
    assert ImageChops.difference(drawn, raster).getbbox() is None


def test_another_program_places_the_printers_own_codes_where_we_do(label: tuple[Press, Label]) -> None:
    press, own = label
    writer = press.writer(PrinterLanguage.ZPL, font="E:SIMSUN.TTF")
    drawn = rendered(writer.prelude() + b"".join(writer.write([own])))  # it has no such font: only codes are compared
    raster = Image.open(BytesIO(press.to_png(own))).convert("L")
    ours = {
        (code.text, code.position.top_left.x // 4, code.position.top_left.y // 4) for code in zxingcpp.read_barcodes(raster)
    }
    found = {
        (code.text, code.position.top_left.x // 4, code.position.top_left.y // 4) for code in zxingcpp.read_barcodes(drawn)
    }
    assert found == ours
