"""Troubled orders files through the whole command: which exit, which sentence, and nothing issued or left half written.

What the readers refuse, form by form, is in tests/unit/intake/reading.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulators.command import HEADINGS, invented, yinji
from tests.simulators.issued import numbers_of, rows_of
from tests.unit.intake.reading.workbooks import MAIN, parts, sheet, write
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language

ZEROS = b"0" * (1 << 20)
HEADER = ",".join(HEADINGS)
SEPARATOR = "\r\n"


@pytest.fixture(scope="module")
def node(founded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only looked at: none of these files may change it."""
    return Path(shutil.copytree(founded_once, tmp_path_factory.mktemp("node") / "node"))


def lines(*rows: tuple[str, ...]) -> str:
    return "".join(f"{','.join(row)}{SEPARATOR}" for row in (HEADINGS, *rows))


def half_a_workbook(path: Path) -> None:
    whole = write(path, parts({"a": sheet([HEADINGS, *invented(200)])})).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def a_workbook_with_a_damaged_sheet(path: Path) -> None:
    raw = bytearray(write(path, parts({"a": sheet([HEADINGS, *invented(200)])})).read_bytes())
    place = raw.index(b"xl/worksheets/sheet1.xml") + 200
    raw[place : place + 50] = bytes(50)
    path.write_bytes(raw)


def a_bomb(path: Path) -> None:
    """A real one: 80 MB of nothing, in 80 kB."""
    write(path, parts({"a": sheet([HEADINGS])}))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as file,
        file.open("xl/media/picture.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(80):
            part.write(ZEROS)


def a_bomb_in_the_sheet(path: Path) -> None:
    """It says it is small: what is unpacked beyond what was said is refused."""
    made = parts({"a": sheet([HEADINGS])})
    made["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>' + " " * (80 << 20)
    write(path, made)


def a_bomb_of_entities(path: Path) -> None:
    nested = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))
    made = parts({"a": sheet([HEADINGS])})
    made["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE x [<!ENTITY a "ha">{nested}]><worksheet xmlns="{MAIN}">&h;</worksheet>'
    write(path, made)


def ten_thousand_columns(path: Path) -> None:
    extra = "," * (10_000 - len(HEADINGS))
    path.write_text(f"{HEADER}{extra}\n{','.join(invented(1)[0])}{extra}\n", encoding="utf-8")


def a_million_characters(path: Path) -> None:
    path.write_text(lines(*invented(3), ("E9", "", "李" * 1_000_001, "", "", "", "", "")), encoding="utf-8")


def two_encodings(path: Path) -> None:
    path.write_bytes(lines(*invented(300)).encode() + "E9,,李思远,13800001234,杭州市,茶,1,\r\n".encode("gb18030"))


def half_a_character(path: Path) -> None:
    path.write_bytes(lines(*invented(300)).encode()[:-20] + b"\xe6\x9d")


def half_of_a_json_text(path: Path) -> None:
    path.write_text('[{"订单号": "E1", "收件人": "李思远"}, {"订单号": "E', encoding="utf-8")


def an_old_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096))


def zeros(path: Path) -> None:
    """What a disk that failed leaves in place of a file."""
    path.write_bytes(bytes(200_000))


@pytest.mark.parametrize(
    ("made", "language", "code"),
    [
        (half_a_workbook, "zh", Refusal.FILE_BROKEN),
        (a_workbook_with_a_damaged_sheet, "en", Refusal.FILE_BROKEN),
        (a_bomb, "zh", Refusal.FILE_BOMB),
        (a_bomb_in_the_sheet, "en", Refusal.FILE_BOMB),
        (a_bomb_of_entities, "zh", Refusal.FILE_BROKEN),
        (ten_thousand_columns, "en", Refusal.FILE_TOO_LARGE),
        (a_million_characters, "zh", Refusal.FILE_NOT_TEXT),
        (two_encodings, "zh", Refusal.FILE_NOT_TEXT),
        (half_a_character, "en", Refusal.FILE_NOT_TEXT),
        (half_of_a_json_text, "zh", Refusal.FILE_BROKEN),
        (an_old_workbook, "en", Refusal.FILE_FORM_UNKNOWN),
        (zeros, "zh", Refusal.FILE_NOT_TEXT),
    ],
)
def test_a_troubled_file_is_refused_in_one_sentence_and_nothing_is_done(
    node: Path, tmp_path: Path, made: Callable[[Path], None], language: Language, code: Refusal
) -> None:
    orders = tmp_path / "orders"
    made(orders)
    outputs = (("--labels", "l.pdf"), ("--errors", "e.csv"), ("--report", "r.json"), ("--shipped", "s.csv"))
    places = [word for option, name in outputs for word in (option, str(tmp_path / name))]
    ended = yinji(node, "--lang", language, "issue", str(orders), *places)
    assert ended.code == 5, ended.said
    assert f"{code.value} {WORDS[code].reason.in_(Language(language))}" in ended.err
    assert WORDS[code].remedy.in_(Language(language)) in ended.err
    assert "Traceback" not in ended.said
    assert numbers_of(node) == []
    assert rows_of(node, "SELECT coalesce(sum(next - first), 0) FROM waybill_blocks") == [(0,)]
    assert [each.name for each in tmp_path.iterdir()] == ["orders"]


def test_mixed_line_ends_blank_lines_and_rows_given_twice_are_read_as_they_are_meant(
    founded_once: Path, tmp_path: Path
) -> None:
    home, rows = Path(shutil.copytree(founded_once, tmp_path / "node")), invented(4)
    texts = [",".join(row) for row in (HEADINGS, *rows, rows[1], rows[0])]
    mixed = "".join(f"{text}{end}" for text, end in zip(texts, ("\r\n", "\n", "\r", "\r\n\r\n", "\n\n", "\r", ""), strict=True))
    (tmp_path / "orders.csv").write_bytes(mixed.encode())
    ended = yinji(home, "--lang", "en", "issue", str(tmp_path / "orders.csv"), "--labels", str(tmp_path / "l.pdf"))
    assert ended.code == 0, ended.said
    assert "4 issued, 0 known, 0 joined to others, 2 repeated" in ended.out
    assert len(numbers_of(home)) == len(set(numbers_of(home))) == 4
