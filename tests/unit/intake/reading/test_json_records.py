"""JSON and NDJSON: keys are columns, numbers stay as they are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.intake.reading.opened import BOUNDS, read, read_text, refused_text

from yinji.doors.intake.reading.json_records import HEADER_OBJECTS
from yinji.doors.intake.reading.json_scan import VALUE_CHARACTERS_MAX, WINDOW
from yinji.doors.intake.reading.model import Form
from yinji.doors.intake.reading.opening import open_orders_file
from yinji.kernel.refusals import Refusal

TWO = '{"a":"1","b":"2"}'


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f'[{TWO},{{"b":"4","a":"3"}}]', Form.JSON),
        (f'\ufeff [\n {TWO} ,\r\n\t{{"b":"4","a":"3"}} ] \n', Form.JSON),
        (f'{{"code":0,"orders":[{TWO},{{"b":"4","a":"3"}}],"empty":[],"tags":["x",1]}}', Form.JSON),
        (f'{{"data":{{"page":{{"no":1}},"list":[{TWO},{{"b":"4","a":"3"}}]}},"ok":true}}\n', Form.JSON),
        (f'{TWO}\n{{"b":"4","a":"3"}}\n', Form.NDJSON),
        (f'{TWO}\r\n\n{{"b":"4","a":"3"}}', Form.NDJSON),
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_objects_are_rows_wherever_they_stand(tmp_path: Path, text: str, form: Form, coding: str) -> None:
    path = tmp_path / "o.json"
    path.write_bytes(text.encode(coding) if coding == "utf-8" else text.removeprefix("\ufeff").encode(coding))
    assert [each.cells for each in read(path)] == [["a", "b"], ["1", "2"], ["3", "4"]]
    with open_orders_file(path, BOUNDS) as file:
        assert (file.form.form, file.form.encoding) == (form, coding)
        assert file.form.said().en == f"{form.upper()}, {coding.upper()}"


def test_objects_are_numbered_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    assert [each.line for each in read_text(tmp_path, f"[{TWO},\n\n{TWO}]")] == [0, 1, 2]
    assert [each.line for each in read_text(tmp_path, f"{TWO}\n\n{TWO}\n")] == [0, 1, 3]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("512345678901234567890", "512345678901234567890"),
        ("1.10", "1.10"),
        ("5.1E+17", "5.1E+17"),
        ("9" * 5_000, "9" * 5_000),
        ("null", ""),
        ("true", "true"),
        ('"\\u6155\\u5bb9"', "慕容"),
        ("[]", None),
    ],
)
def test_a_value_is_handed_on_as_it_is_written(tmp_path: Path, value: str, text: str | None) -> None:
    found = read_text(tmp_path, f'[{{"k":{value},"z":"1"}}]')
    assert found == ([(0, ["z"]), (1, ["1"])] if text is None else [(0, ["k", "z"]), (1, [text, "1"])])


def test_what_is_nested_is_flattened_with_dots(tmp_path: Path) -> None:
    text = '[{"id":1,"receiver":{"name":"慕容","at":{"city":"杭州"}},"items":[{"n":"茶"},{"n":"杯"}]},{"receiver":{"name":"欧阳"}}]'
    assert read_text(tmp_path, text) == [
        (0, ["id", "receiver.name", "receiver.at.city", "items.0.n", "items.1.n"]),
        (1, ["1", "慕容", "杭州", "茶", "杯"]),
        (2, ["", "欧阳", "", "", ""]),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        '{"a":"1","a":"2"}',
        '{"a":NaN}',
        '{"a":-Infinity}',
        '{"a":{"b":1},"a.b":2}',
        "7",
        '"x"',
        "null",
        "[1]",
        '{"a":' * 9 + "1" + "}" * 9,
    ],
)
def test_a_malformed_object_spoils_only_itself(tmp_path: Path, bad: str) -> None:
    good = [(0, ["a", "b"]), (1, ["1", "2"]), (2, None), (3, ["1", "2"])]
    assert read_text(tmp_path, f"[{TWO},{bad},{TWO}]") == good
    assert read_text(tmp_path, f"{TWO}\n{bad}\n{TWO}") == [good[0], *good[1:]]


@pytest.mark.parametrize("bad", ['{"a":', "}", '{"a" "b"}', "[" * 5_000])
def test_a_line_that_is_no_json_spoils_only_itself(tmp_path: Path, bad: str) -> None:
    assert read_text(tmp_path, f"{TWO}\n{bad}\n{TWO}")[2:] == [(2, None), (3, ["1", "2"])]


@pytest.mark.parametrize(
    "end", ["", ",", ",]", f" {TWO}]", ',{"a":', "]]", ',{"a":1,}]', '] {"b":[{}]}', "," + '{"a":' * 5_000]
)
def test_an_array_that_breaks_off_names_the_object(tmp_path: Path, end: str) -> None:
    assert refused_text(tmp_path, f"[{TWO}{end}") == (Refusal.FILE_BROKEN, ":2")


def test_two_arrays_of_objects_are_unclear_and_none_is_empty(tmp_path: Path) -> None:
    assert refused_text(tmp_path, f'{{"x":[{TWO}],\n"y":[{TWO}]}}') == (Refusal.SHEET_UNCLEAR, "")
    for text in ("[]", "[ ]", '{\n"a":1}', "{}", "[{}]", '{\n"a":[]}'):
        assert refused_text(tmp_path, text) == (Refusal.FILE_EMPTY, ""), text


def test_a_key_that_comes_late_with_a_value_is_never_left_out_unseen(tmp_path: Path) -> None:
    text = "[" + f"{TWO}," * HEADER_OBJECTS + '{"a":"1","c":""},{"a":"1","c":"x"}]'
    assert [each.cells for each in read_text(tmp_path, text)[-2:]] == [["1", ""], None]


def test_too_many_keys_are_too_large(tmp_path: Path) -> None:
    text = json.dumps([{f"k{n}": 1 for n in range(10_000)}])
    assert refused_text(tmp_path, text) == (Refusal.FILE_TOO_LARGE, "")


def test_values_across_windows_are_whole_and_one_without_end_is_refused(tmp_path: Path) -> None:
    long = "长" * (WINDOW - 7)
    found = read_text(tmp_path, f'[{{"a":"{long}"}},{{"a":"{long}"}},{TWO}]')
    assert [len((each.cells or [""])[0]) for each in found] == [1, WINDOW - 7, WINDOW - 7, 1]
    endless = "x" * (VALUE_CHARACTERS_MAX * 2)
    assert refused_text(tmp_path, f'[{TWO},{{"a":"{endless}"}}]') == (Refusal.FILE_BROKEN, ":2")


def test_a_number_that_a_window_cuts_is_whole(tmp_path: Path) -> None:
    before = '{"pad":"", "total":12'
    text = before.replace('""', f'"{"x" * (WINDOW - len(before))}"') + f'34,"orders":[{TWO}]}}'
    assert text[WINDOW - 2 : WINDOW + 2] == "1234"
    assert read_text(tmp_path, text) == [(0, ["a", "b"]), (1, ["1", "2"])]


def test_bytes_that_are_no_text_and_nuls_are_refused(tmp_path: Path) -> None:
    assert refused_text(tmp_path, b'[{"a":"\xff"}]')[0] is Refusal.FILE_NOT_TEXT
    assert refused_text(tmp_path, b'[{"a":"\x00"}]')[0] is Refusal.FILE_NOT_TEXT
    assert refused_text(tmp_path, f"{TWO}\n".encode() + b'{"a":"\xff"}\n') == (Refusal.FILE_NOT_TEXT, ":2")


KEYS = st.lists(st.text(max_size=6), min_size=1, max_size=4, unique=True)
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the folder is the same, the file new
@given(st.data(), KEYS, st.booleans(), st.booleans())
def test_any_table_of_texts_is_read_back(
    tmp_path: Path, data: st.DataObject, keys: list[str], lines: bool, plain: bool
) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(keys), max_size=len(keys)), min_size=2, max_size=5))
    objects = [json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=plain) for row in rows]
    text = "\n".join(objects) if lines else f"[{','.join(objects)}]"
    assert [each.cells for each in read_text(tmp_path, text)] == [keys, *rows]
