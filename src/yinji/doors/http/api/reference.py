"""``/api/v1/docs``: the API as people read it, drawn from its own OpenAPI document. Nothing is loaded from elsewhere, no script runs."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from litestar import Request, Response, get
from litestar.serialization import decode_json, encode_json

from yinji.doors.http.api.reference_model import Operation, Record, operations, records
from yinji.doors.http.look.shown import Column, Kind, Row
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, unsigned
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("接口参考", "API reference"),
    "help": Said(
        "每个操作的地址、参数、正文与回答，由本节点的 OpenAPI 文档画出；字段说明为英文。",
        "Address, parameters, body and answers of every operation, drawn from this node's own OpenAPI document.",
    ),
    "sign_in": Said("签到", "Signing in"),
    "sign_in_how": Said(
        "每个请求带上 Authorization: Bearer 和接口密钥；密钥由 yinji api-keys issue 发放，只显示一次。",
        "Every request brings Authorization: Bearer and an API key; yinji api-keys issue shows one once.",
    ),
    "refusals": Said("拒绝", "Refusals"),
    "refusals_how": Said(
        "没有办成的请求得到问题文档（RFC 9457）：code 与 name 不变，title 说原因，remedy 说怎么办，at 指出位置。"
        "429、502、503、504 可以稍后原样再发。",
        "What is not done is answered with a problem document (RFC 9457): code and name do not change, title is the reason, remedy "
        "what to do, at the place. After 429, 502, 503 and 504 the same request may be sent again.",
    ),
    "document": Said("OpenAPI 3.1 文档", "The OpenAPI 3.1 document"),
    "parameters": Said("参数", "Parameters"),
    "body": Said("正文", "Body"),
    "answers": Said("回答", "Answers"),
    "example": Said("示例", "Example"),
    "answer_example": Said("回答示例", "Example of an answer"),
    "records": Said("记录", "Records"),
}

_NAME: Final = Said("名称", "name")
_TYPE: Final = Said("类型", "type")
_NEEDED: Final = Said("必填", "needed")
_SAYS: Final = Said("说明", "what it is")
_PLACE: Final = Said("位置", "where")
_STATUS: Final = Said("状态", "status")
_GIVES: Final = Said("给出", "gives")
_YES: Final = Said("是", "yes")
_NO: Final = Said("否", "no")

PARAMETER_COLUMNS: Final = (
    Column("name", _NAME, Kind.CODE),
    Column("place", _PLACE),
    Column("type", _TYPE, Kind.CODE),
    Column("needed", _NEEDED),
    Column("says", _SAYS),
)
FIELD_COLUMNS: Final = tuple(each for each in PARAMETER_COLUMNS if each.key != "place")
ANSWER_COLUMNS: Final = (Column("status", _STATUS, Kind.CODE), Column("gives", _GIVES, Kind.CODE), Column("says", _SAYS))

_STATE: Final = "yinji_reference"


@get("/docs", opt=unsigned(), include_in_schema=False)
async def show_reference(visitor: Asking, request: Request[Any, Any, Any]) -> Response[str]:
    """Show every operation. The document is the same as long as the process runs: it is read once."""
    state = request.app.state
    if state.get(_STATE) is None:
        state[_STATE] = decode_json(encode_json(request.app.openapi_schema.to_schema()))
    document = state[_STATE]
    groups = [(name, list(some)) for name, some in groupby(operations(document), key=lambda each: each.group)]
    return page(
        "public/api.html",
        WORDS,
        visitor,
        groups=groups,
        records=records(document),
        parameter_columns=PARAMETER_COLUMNS,
        field_columns=FIELD_COLUMNS,
        answer_columns=ANSWER_COLUMNS,
        parameter_rows=_parameters,
        field_rows=_fields,
        answer_rows=_answers,
    )


def _parameters(operation: Operation) -> list[Row]:
    return [
        Row(
            {
                "name": each.name,
                "place": each.place,
                "type": each.type,
                "needed": _YES if each.needed else _NO,
                "says": each.says,
            }
        )
        for each in operation.parameters
    ]


def _fields(record: Record) -> list[Row]:
    return [
        Row({"name": each.name, "type": each.type, "needed": _YES if each.needed else _NO, "says": each.says})
        for each in record.fields
    ]


def _answers(operation: Operation) -> list[Row]:
    return [Row({"status": each.status, "gives": each.record, "says": each.says}) for each in operation.answers]
