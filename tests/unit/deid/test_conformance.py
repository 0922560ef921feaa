"""The conformance kit: its files are what its cases make, and the engine answers every line of them as it is written."""

import json
import sys
from pathlib import Path

import pytest

from yinji.deid import mask_address, mask_name, mask_phone, scan

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "conformance"
MASKS = {"name": mask_name, "phone": mask_phone}


def lines(name: str) -> list[dict[str, object]]:
    """Return the rows of a file of the kit."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def test_the_files_are_what_their_cases_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    from conformance_kit.writing import files  # noqa: PLC0415 - found on the path of scripts

    for name, content in files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == content, f"run scripts/make_conformance.py: {name}"


def test_every_mask_of_the_kit_is_ours_and_keeps_its_length() -> None:
    for row in lines("masks.jsonl"):
        text, masked = str(row["text"]), str(row["masked"])
        made = mask_address(text, str(row["policy"])) if row["kind"] == "address" else MASKS[str(row["kind"])](text)
        assert made.text == masked
        assert len(masked) == len(text)


def test_every_finding_of_the_kit_is_ours() -> None:
    for row in lines("findings.jsonl"):
        found = [{"kind": one.kind.value, "start": one.span.start, "end": one.span.end} for one in scan(str(row["text"]))]
        assert found == row["findings"]


def test_both_pages_name_every_file_and_the_licence() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    for page in ("README.zh.md", "README.en.md"):
        words = (FOLDER / page).read_text(encoding="utf-8")
        assert all(f"`{name}`" in words for name in manifest["files"])
        assert manifest["license"] in words
