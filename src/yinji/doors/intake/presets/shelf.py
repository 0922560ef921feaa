"""The packaged presets, and the one that a user brings."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from yinji.doors.intake.presets.model import Preset
from yinji.doors.intake.presets.reading import read_preset
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal

_MAPPING_BYTES_MAX: Final = 200_000
"""More than a mapping for any export needs."""


@cache
def presets() -> tuple[Preset, ...]:
    """Return every packaged preset, by id."""
    folder = resources.files("yinji.doors.intake.presets")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    found: list[Preset] = []
    for file in files:
        preset = read_preset(file.read_text(encoding="utf-8"), name=file.name)
        if isinstance(preset, list):
            raise Misuse(f"a packaged preset is malformed: {[each.at for each in preset]}")
        found.append(preset)
    return tuple(found)


def preset_called(name: str) -> Preset | Refuse:
    """Return a packaged preset by its id; PRESET_UNKNOWN lists them."""
    for preset in presets():
        if preset.id == name:
            return preset
    return Refuse(Refusal.PRESET_UNKNOWN, " | ".join(["auto", *(preset.id for preset in presets())]))


def preset_from(path: Path) -> Preset | list[Refuse]:
    """Read a user's mapping file. Raises Fault(FILE_MISSING, FILE_NOT_TEXT) naming it."""
    try:
        content = path.read_bytes()
        if len(content) > _MAPPING_BYTES_MAX:
            return [Refuse(Refusal.MAPPING_MALFORMED, f"{path.name}: at most {_MAPPING_BYTES_MAX} bytes")]
        return read_preset(content.decode("utf-8-sig"), name=path.name)
    except FileNotFoundError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    except (OSError, UnicodeDecodeError):
        raise Fault(Refusal.FILE_NOT_TEXT, str(path)) from None
