"""Every room says at its door what it holds, promises and never does; and looking in loads no more than it must."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys

from tests.house.tree import SRC, Source, called, calls, code

ALONE = ("yinji/kernel/", "yinji_verify/")
"""What stands on Python alone."""

LIGHT = re.compile(r"yinji/(?:(?:kernel|law|deid)/.*|\w+/(?:model|rules|ports))\.py")
"""What can be read, tested and reused without a database, a framework or a cipher."""

HEAVY = {
    "sqlalchemy",
    "alembic",
    "psycopg",
    "sqlite3",
    "typer",
    "click",
    "rich",
    "cryptography",
    "socket",
    "asyncio",
    "uharfbuzz",
}


BY_NAME = {
    "yinji/kernel/lazily.py": ("f'{room}.",),  # a room's own parts, by the table at its door
    "yinji_bench/labels.py": ("f'yinji_bench.peers.",),  # a peer that is not installed is named, not required
}
"""Files that may load something by its written name, and how that name begins."""


def rooms() -> list[Source]:
    """The doors of all first-level packages."""
    return [source for source in code() if re.fullmatch(r"yinji/\w+/__init__\.py|yinji_\w+/__init__\.py", source.path)]


def unsaid(room: Source) -> list[str]:
    """Which of the three sentences a room's docstring lacks, in their order."""
    said = ast.get_docstring(room.tree) or ""
    places = [said.find(f"\n{word}: ") for word in ("Holds", "Promises", "Never")]
    return [
        *(word for word, place in zip(("Holds", "Promises", "Never"), places, strict=True) if place < 0),
        *(["out of order"] if sorted(places) != places else []),
        *(["no first sentence"] if not said or said.startswith("Holds") else []),
    ]


def outside_python(source: Source) -> list[str]:
    """Imports that neither Python nor the package itself provides."""
    own = source.path.split("/", 1)[0]
    found: list[str] = []
    for node in ast.walk(source.tree):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        found += [f"{source.at(node)} {name}" for name in names if not _provided(name.split(".")[0], own)]
    return found


def nameless_imports(source: Source) -> list[str]:
    """Imports by a name that no contract can read; a room may load its own parts by their place."""
    return [
        source.at(call)
        for call in calls(source.tree)
        if called(call) in {"import_module", "__import__"}
        and not (call.args and ast.unparse(call.args[0]).startswith(("f'{__name__}.", *BY_NAME.get(source.path, ()))))
    ]


def _provided(package: str, own: str) -> bool:
    return package == own or package in sys.stdlib_module_names


LOADERS = {"yinji/doors/cli/app.py": "loads the module of the command that was asked for, of its own package only"}
"""Files that import by a name worked out at run time, and why no contract is missed."""


def test_every_room_says_what_it_holds_promises_and_never_does() -> None:
    assert rooms()
    assert not {room.path: missing for room in rooms() if (missing := unsaid(room))}


def test_every_package_has_a_door() -> None:
    folders = {source.path.rsplit("/", 1)[0] for source in code() if "/migrations" not in source.path}
    doors = {source.path.removesuffix("/__init__.py") for source in code()}
    assert folders <= doors


def test_every_module_opens_with_a_sentence() -> None:
    assert not [source.path for source in code() if source.text.strip() and not ast.get_docstring(source.tree)]


def test_kernel_and_verifier_stand_on_python_alone() -> None:
    assert not [each for source in code() if source.path.startswith(ALONE) for each in outside_python(source)]


def test_nothing_is_imported_past_the_contracts() -> None:
    assert not [at for source in code() if source.path not in LOADERS for at in nameless_imports(source)]


def test_an_import_past_the_contracts_is_seen() -> None:
    past = 'import_module(f"{__name__}.{where}")\nimport_module("yinji.vault.service")\nx = __import__(name)\n'
    assert nameless_imports(Source("yinji/waybill/__init__.py", past)) == [f"yinji/waybill/__init__.py:{n}" for n in (2, 3)]


def test_pure_files_load_nothing_heavy() -> None:
    light = [source.module for source in code() if LIGHT.fullmatch(source.path)]
    assert "yinji.waybill.rules" in light
    program = (
        "import sys, json, importlib\n"
        f"for name in {light!r}: importlib.import_module(name)\n"
        f"print(json.dumps(sorted(set({sorted(HEAVY)!r}) & sys.modules.keys())))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SRC, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_a_silent_room_and_a_foreign_import_are_seen() -> None:
    assert unsaid(Source("yinji/contact/__init__.py", '"""Calls.\n\nHolds: numbers.\nNever: rings a stranger.\n"""')) == [
        "Promises",
        "out of order",
    ]
    lazy = "def later():\n    import requests\nfrom yinji.kernel import ids\nimport json\n"
    assert outside_python(Source("yinji/kernel/x.py", lazy)) == ["yinji/kernel/x.py:2 requests"]
    assert sorted(outside_python(Source("yinji_verify/x.py", lazy))) == [
        "yinji_verify/x.py:2 requests",
        "yinji_verify/x.py:3 yinji.kernel",
    ]
