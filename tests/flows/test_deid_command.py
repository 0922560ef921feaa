"""`yinji deid`: texts stream through, bad lines are told and the others go on."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from yinji.deid import Kind, mask_address, mask_as, scan
from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.lines import LINE_BYTES_MAX


def _never(*_: Any) -> Any:
    raise AssertionError("no node is opened")


def run(*words: str, stdin: bytes) -> Any:
    app = build_app(Rooms(_never, _never, _never, _never), only={"deid"})
    return CliRunner().invoke(app, ["--lang", "en", "deid", *words], input=stdin)  # type: ignore[arg-type] - a Typer


def rows(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_jsonl_comes_back_masked_with_its_findings() -> None:
    done = run("mask", "--kind", "address", stdin='{"id":"a","text":"青枫花园3栋2单元501"}\n'.encode())
    assert done.exit_code == Exit.DONE
    (row,) = rows(done)
    assert row["id"] == "a"
    assert row["masked"] == "青枫花园3栋******"
    assert [(each["kind"], each["start"], each["end"]) for each in row["findings"]] == [("unit", 6, 9), ("room", 9, 12)]
    assert row["findings"][0]["reason"] == "told by a mark such as 栋, 单元 or 室"


def test_plain_lines_come_back_line_for_line() -> None:
    done = run("mask", "--kind", "address", stdin="青枫花园3栋501\r\n\n云杉大厦5楼".encode())
    assert done.exit_code == Exit.DONE
    assert done.stdout.splitlines() == ["青枫花园3栋***", "", "云杉大厦5楼"]


@pytest.mark.parametrize(
    ("kind", "text", "masked"),
    [
        ("address", "青枫花园3栋501", "青枫花园3栋***"),
        ("name", "王小明", "王**"),
        ("phone", "13800001111", "1******1111"),
        ("id", "E12345678", "*********"),
        ("text", "电话13800001111", "电话***********"),
    ],
)
def test_each_kind_has_its_mask(kind: str, text: str, masked: str) -> None:
    assert run("mask", "--kind", kind, stdin=text.encode()).stdout.splitlines() == [masked]
    assert mask_as(Kind(kind), text).mask.text == masked


def test_the_policy_is_that_of_the_option() -> None:
    done = run("mask", "--kind", "address", "--policy", "strict", stdin="青枫花园3栋501".encode())
    assert done.stdout.splitlines() == [mask_address("青枫花园3栋501", "strict").text]


def test_bad_lines_are_told_with_number_and_remedy_and_the_others_go_on() -> None:
    stdin = (
        b'{"id":1,"text":"3-501"}\n{"id":2}\nxx\n\n{"id":3,"text":"\xff"}\n[1]\n' + b"[" * 2_000 + b'\n{"id":4,"text":"5"}\n'
    )
    done = run("mask", "--kind", "address", stdin=stdin)
    assert done.exit_code == Exit.ROWS_REFUSED
    assert [row["id"] for row in rows(done)] == [1, 4]
    assert "line 2: text is missing" in done.stderr
    assert "line 3: no JSON object" in done.stderr
    assert "line 5: not UTF-8" in done.stderr
    assert "iconv" in done.stderr
    assert "line 6: no JSON object" in done.stderr
    assert "line 7: no JSON object" in done.stderr


def test_a_bad_plain_line_leaves_an_empty_one() -> None:
    done = run("mask", "--kind", "name", stdin="王小明\n".encode() + b"\xff\n" + "李四\n".encode())
    assert done.exit_code == Exit.ROWS_REFUSED
    assert done.stdout.splitlines() == ["王**", "", "李*"]


def test_a_line_without_end_is_left_out_and_the_next_is_read() -> None:
    done = run("mask", "--kind", "name", stdin=b"1" * (LINE_BYTES_MAX + 5) + b"\n" + "王五\n".encode())
    assert "line 1: the line is too long" in done.stderr
    assert done.stdout.splitlines() == ["", "王*"]


def test_a_lone_surrogate_goes_through_as_its_escape() -> None:
    done = run("mask", "--kind", "text", stdin=b'{"id":1,"text":"\\ud800"}\n')
    assert done.exit_code == Exit.DONE
    assert rows(done)[0]["masked"] == "\ud800"


def test_a_scan_tells_kind_place_confidence_and_reason() -> None:
    text = "放3栋501室，电话13800001111"
    (row,) = rows(run("scan", stdin=text.encode()))
    assert row["id"] == 1
    assert len(row["masked"]) == len(text)
    assert [(each["kind"], each["start"], each["end"], each["confidence"]) for each in row["findings"]] == [
        (each.kind.value, *each.span, each.confidence) for each in scan(text)
    ]
    assert all(each["reason"] for each in row["findings"])


def test_the_form_can_be_said() -> None:
    assert run("mask", "--kind", "address", "--input", "lines", stdin=b"{3-501").exit_code == Exit.DONE
    assert run("mask", "--kind", "address", "--input", "jsonl", stdin=b"3-501").exit_code == Exit.ROWS_REFUSED


def test_an_unknown_kind_is_a_wrong_option() -> None:
    assert run("mask", "--kind", "all", stdin=b"").exit_code == Exit.USAGE
