"""What the guides tell an operator to type is understood; what the guide for production sets fits the program."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import dropwhile, groupby
from pathlib import Path
from typing import Any, Final

import pytest
import typer.main
from typer.exceptions import TyperException

from yinji.db.database import Database
from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.doors.cli.exits import Exit
from yinji.settings import Settings, load_settings

ROOT: Final = Path(__file__).parents[2]
GUIDES: Final = sorted((ROOT / "docs" / "guides").glob("*.md"))
TONGUES: Final = ("zh", "en")


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def guide(tongue: str) -> Path:
    return ROOT / "docs" / "guides" / f"run-in-production.{tongue}.md"


def typed(page: Path) -> Iterator[list[str]]:
    """The words of every `yinji` that a page tells somebody to type."""
    for block in blocks(page, "sh"):
        words = shlex.shlex(re.sub(r"(^|\s)# .*", "", block).replace("\\\n", " "), posix=True, punctuation_chars="\n|&>;")
        words.whitespace, words.commenters, words.whitespace_split = " \t", "", True
        for ends, some in groupby(words, key=lambda word: not word.strip("\n|&>;")):
            line = list(dropwhile(lambda word: re.fullmatch(r"\w+=.*", word, re.DOTALL), some))
            if not ends and line and re.fullmatch(r"(\S*/)?yinji", line[0]):
                yield line[1:]


@pytest.fixture(scope="module")
def command() -> Any:
    def no_house(*_: object) -> Any:
        pytest.fail("reading a command opens no node")

    return typer.main.get_command(build_app(Rooms(no_house, no_house, no_house, no_house)))


def misunderstood(command: Any, words: list[str]) -> str:
    """What the program would say of these words; "" where it understands them. Nothing is done."""
    try:
        context = command.make_context("yinji", list(words))
        while hasattr(command, "resolve_command"):
            name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
            context = command.make_context(name, rest, parent=context)
    except TyperException as error:
        return str(error) or type(error).__name__
    return ""


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_of_a_guide_is_understood(command: Any, page: Path) -> None:
    commands = list(typed(page))
    wrong = {" ".join(words): said for words in commands if (said := misunderstood(command, words))}
    assert not wrong


def test_commands_are_found_in_the_guide() -> None:
    assert [words[:2] for words in typed(guide("en")) if words[0] in ("init", "migrate", "keys")] == [
        ["init", "--org"],
        ["keys", "recovery-key"],
        ["keys", "backup"],
        ["keys", "drill"],
        ["migrate"],
    ]


def test_a_command_that_does_not_exist_is_seen(command: Any) -> None:
    assert misunderstood(command, ["backup", "x"])
    assert misunderstood(command, ["dump"])
    assert misunderstood(command, ["serve", "--no-such-option"])
    assert not misunderstood(command, ["serve", "--no-worker"])


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_settings_of_production_are_settings(tmp_path: Path, tongue: str) -> None:
    written = "\n".join(blocks(guide(tongue), "toml"))
    (tmp_path / "yinji.toml").write_text(written, encoding="utf-8")
    settings = load_settings(tmp_path, {})
    for name, value in tomllib.loads(written).items():
        assert getattr(settings, name) == value
    assert settings.serve_proxies == "*", "believed from whoever reaches the socket"
    assert settings.serve_socket, "and so only with a socket"


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_services_start_our_commands_and_outwait_a_stop(command: Any, tongue: str) -> None:
    text, units = guide(tongue).read_text(encoding="utf-8"), "".join(blocks(guide(tongue), "ini"))
    starts = [line.split()[1:] for line in re.findall(r"ExecStart=(/usr/local/bin/yinji [\w -]+)", text)]
    assert starts == [["serve", "--no-worker"], ["work"]]
    assert not [words for words in starts if misunderstood(command, words)]
    assert int(value(units, r"TimeoutStopSec=(\d+)")) > Settings().serve_stop_seconds
    assert value(units, r"RestartPreventExitStatus=(.*)") == f"{Exit.USAGE.value} {Exit.REFUSED.value}"


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_proxy_leaves_refusing_to_the_node(tongue: str) -> None:
    nginx, caddy = blocks(guide(tongue), "nginx")[0], blocks(guide(tongue), "caddy")[0]
    settings = Settings()
    largest = max(settings.serve_upload_mib, settings.serve_body_mib)
    assert int(value(nginx, r"client_max_body_size (\d+)m;")) > largest
    assert int(value(caddy, r"max_size (\d+)MiB")) > largest
    assert int(value(nginx, r"proxy_read_timeout (\d+)s;")) > settings.serve_seconds
    assert "access_log off;" in nginx
    for handed_on in ("Host $host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"):
        assert f"proxy_set_header {handed_on};" in nginx


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_connections_that_a_process_opens_are_those_that_the_guide_counts(tongue: str) -> None:
    database = Database("postgresql:///nowhere", log="data")
    pool: Any = database.engine.pool
    each = pool.size() + pool._max_overflow
    assert f"{2 * each}" in value(guide(tongue).read_text(encoding="utf-8"), r"`\(serve_workers \+ 3\) × (\d+)`")
    database.close()


def value(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, f"the guide says nothing of {pattern}"
    return found[1]
