"""A sheet drawn with Pillow, as a screenshot or a scan would show it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from yinji.label.fonts import find_fonts

if TYPE_CHECKING:
    from yinji_bench.inspected.layouts import Code, Sheet

DPI: Final = 203
_MM: Final = 25.4


def as_picture(sheet: Sheet, *, dpi: int = DPI) -> Image.Image:
    """Return a sheet as greys at some dots an inch."""
    dots = dpi / _MM
    picture = Image.new("L", (round(sheet.wide * dots), round(sheet.high * dots)), 255)
    pen, face = ImageDraw.Draw(picture), find_fonts().regular
    for text, x, y, size in sheet.items:
        font = ImageFont.truetype(str(face.path), round(size * dots), index=face.face)
        pen.text((x * dots, y * dots), text, fill=0, font=font, anchor="ls")
    for code in sheet.codes:
        image = code_image(code)
        wide = max(1, round(code.module * dots)) * image.width
        high = round(code.high * dots) if code.kind == "128" else wide
        picture.paste(image.resize((wide, high), Image.Resampling.NEAREST), (round(code.x * dots), round(code.y * dots)))
    return picture


def code_image(code: Code) -> Image.Image:
    """Return a code, a dot a module; a bar code one dot high."""
    kinds = {
        "128": zxingcpp.BarcodeFormat.Code128,
        "qr": zxingcpp.BarcodeFormat.QRCode,
        "matrix": zxingcpp.BarcodeFormat.DataMatrix,
    }
    made = zxingcpp.create_barcode(code.payload, kinds[code.kind]).to_image(scale=1, add_quiet_zones=False)
    high, wide = made.shape
    image = Image.frombytes("L", (wide, high), memoryview(made).tobytes())  # type: ignore[arg-type]  # it is a buffer, its stub forgets to say so
    return image.crop((0, 0, image.width, 1)) if code.kind == "128" else image


def as_png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG."""
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def as_jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    """Return a picture as a JPEG."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
