"""The root in a real PKCS#11 token: made there, used there, never outside; every refusal names the token and no secret."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.hsm.conftest import PIN

from yinji.adapters.keys.key_folder import KeyFolder
from yinji.adapters.keys.pkcs11_root import Pkcs11Root
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore
from yinji.keys.rotation import Rotation
from yinji.keys.suites import SM


def refused(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as raised:
        act()
    assert PIN not in str(raised.value)
    assert raised.value.__cause__ is raised.value.__context__ is None, "the library's own error is not carried along"
    return raised.value


def session_of(module: Path, token: str) -> Any:
    """A look at the token past our code: the process is logged in already."""
    import pkcs11  # noqa: PLC0415 - only where a token is

    return pkcs11.lib(str(module)).get_token(token_label=token).open(rw=True)


def key_of(module: Path, token: str, version: int = 1) -> Any:
    return session_of(module, token).get_key(label=f"yinji-root-{version}")


def test_versions_are_made_used_and_destroyed_in_the_token(root: Pkcs11Root) -> None:
    assert root.versions() == ()
    assert [root.add_version() for _ in range(3)] == [1, 2, 3]
    found = {root.derive(version, info) for version in root.versions() for info in (b"a", b"b")}
    assert len(found) == 6
    assert {len(each) for each in found} == {32}
    kept = root.derive(3, b"a")
    root.destroy(1)
    root.destroy(2)
    root.destroy(2)
    assert root.versions() == (3,)
    assert root.derive(3, b"a") == kept
    fault = refused(lambda: root.derive(1, b"a"))
    assert (fault.code, fault.at) == (Refusal.KEYS_MISSING, f"{root.place}: yinji-root-1")
    assert root.add_version() == 4


def test_a_root_is_made_in_the_token_and_cannot_leave_it(root: Pkcs11Root, module: Path, token: str) -> None:
    from pkcs11 import Attribute  # noqa: PLC0415 - only where a token is
    from pkcs11.exceptions import AttributeSensitive  # noqa: PLC0415 - as above

    root.add_version()
    key = key_of(module, token)
    held = ("LOCAL", "PRIVATE", "SENSITIVE", "ALWAYS_SENSITIVE", "NEVER_EXTRACTABLE")
    assert all(key[getattr(Attribute, name)] for name in held)
    assert not any(key[getattr(Attribute, name)] for name in ("EXTRACTABLE", "MODIFIABLE", "WRAP", "DERIVE", "ENCRYPT"))
    with pytest.raises(AttributeSensitive):
        key[Attribute.VALUE]
    assert root.portable() == {}


def test_what_follows_from_a_root_is_its_hmac_over_sha256(root: Pkcs11Root, module: Path, token: str) -> None:
    """Known by a key that the test knows: our own are known to nobody."""
    from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass  # noqa: PLC0415 - only where a token is

    root.versions()
    known = session_of(module, token).create_object(
        {
            Attribute.CLASS: ObjectClass.SECRET_KEY,
            Attribute.KEY_TYPE: KeyType.GENERIC_SECRET,
            Attribute.LABEL: "yinji-root-7",
            Attribute.VALUE: b"k" * 32,
            Attribute.TOKEN: True,
            Attribute.SENSITIVE: True,
            Attribute.EXTRACTABLE: False,
            Attribute.SIGN: True,
        }
    )
    import hmac  # noqa: PLC0415 - the oracle

    expected = hmac.new(b"k" * 32, b"info", hashlib.sha256).digest()
    assert known.sign(b"info", mechanism=Mechanism.SHA256_HMAC) == expected
    assert root.derive(7, b"info") == expected
    assert root.versions() == (7,)


@pytest.mark.parametrize("loose", [{"EXTRACTABLE": True}, {"SENSITIVE": False}])
def test_a_root_that_could_leave_the_token_is_refused(
    root: Pkcs11Root, module: Path, token: str, loose: dict[str, bool]
) -> None:
    from pkcs11 import Attribute, KeyType, MechanismFlag  # noqa: PLC0415 - only where a token is

    root.versions()
    template = {getattr(Attribute, name): value for name, value in ({"EXTRACTABLE": False, "SENSITIVE": True} | loose).items()}
    session_of(module, token).generate_key(
        KeyType.GENERIC_SECRET, 256, label="yinji-root-1", store=True, capabilities=MechanismFlag.SIGN, template=template
    )
    fault = refused(lambda: root.derive(1, b"x"))
    assert fault.code is Refusal.TOKEN_REFUSED
    assert "could leave the token" in fault.at


def test_a_label_that_is_there_twice_is_refused(root: Pkcs11Root, module: Path, token: str) -> None:
    from pkcs11 import Attribute, KeyType, MechanismFlag  # noqa: PLC0415 - only where a token is

    root.add_version()
    session_of(module, token).generate_key(
        KeyType.GENERIC_SECRET, 256, label="yinji-root-1", store=True, capabilities=MechanismFlag.SIGN,
        template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
    )  # fmt: skip
    assert "twice" in refused(lambda: root.derive(1, b"x")).at


def test_other_objects_in_the_token_are_left_alone(root: Pkcs11Root, module: Path, token: str) -> None:
    from pkcs11 import KeyType  # noqa: PLC0415 - only where a token is

    root.versions()
    for label in ("yinji-root-x", "yinji-root-01", "another"):
        session_of(module, token).generate_key(KeyType.AES, 256, label=label, store=True)
    assert root.versions() == ()
    assert root.add_version() == 1
    root.destroy(1)
    assert len(list(session_of(module, token).get_objects())) == 3


def test_a_wrong_pin_is_said_once_and_not_tried_again(module: Path, token: str, pin_file: Path) -> None:
    """A token locks itself after a few wrong PINs: a node that retries locks itself out."""
    import pkcs11  # noqa: PLC0415 - only where a token is

    pkcs11.lib(str(module)).reinitialize()  # so that the token is seen, and its PIN asked for, at the first try
    pin_file.write_text("0000-wrong", encoding="ascii")
    root = Pkcs11Root(module=module, label=token, pin_file=pin_file)
    fault = refused(root.versions)
    assert fault.code is Refusal.TOKEN_REFUSED
    assert fault.at == f"pkcs11:token={token}: list the roots (PinIncorrect)"
    for _ in range(5):
        assert "PinIncorrect before" in refused(root.add_version).at
    assert "0000-wrong" not in str(fault)
    pin_file.write_text(PIN, encoding="ascii")
    assert root.versions() == ()


def test_a_missing_token_is_named_and_found_once_it_is_there(
    module: Path, pin_file: Path, request: pytest.FixtureRequest
) -> None:
    root = Pkcs11Root(module=module, label="nowhere", pin_file=pin_file)
    fault = refused(root.versions)
    assert (fault.code, fault.at) == (Refusal.TOKEN_REFUSED, "pkcs11:token=nowhere: list the roots (NoSuchToken)")
    late = request.getfixturevalue("token")  # initialised while this process runs
    assert Pkcs11Root(module=module, label=late, pin_file=pin_file).versions() == ()


def test_a_module_that_is_none_is_said(tmp_path: Path, pin_file: Path) -> None:
    (tmp_path / "none.so").write_text("no library")
    for path in (tmp_path / "none.so", tmp_path / "nowhere.so"):
        fault = refused(Pkcs11Root(module=path, label="t", pin_file=pin_file).versions)
        assert (fault.code, fault.at) == (Refusal.TOKEN_REFUSED, "pkcs11:token=t: list the roots (PKCS11Error)")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_pin_file_that_others_can_touch_is_refused(root: Pkcs11Root, pin_file: Path, mode: int) -> None:
    pin_file.chmod(mode)
    fault = refused(root.versions)
    assert (fault.code, fault.at) == (Refusal.KEYS_LOOSE, str(pin_file))


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", None])
def test_a_pin_file_without_a_pin_is_named(root: Pkcs11Root, pin_file: Path, content: bytes | None) -> None:
    if content is None:
        pin_file.unlink()
    else:
        pin_file.write_bytes(content)
    fault = refused(root.versions)
    assert (fault.code, fault.at) == (Refusal.TOKEN_REFUSED, f"{root.place}: read the PIN file {pin_file}")


def test_two_objects_and_many_threads_share_one_login(root: Pkcs11Root, module: Path, token: str, pin_file: Path) -> None:
    root.add_version()
    other = Pkcs11Root(module=module, label=token, pin_file=pin_file)
    expected = {str(each): root.derive(1, str(each).encode()) for each in range(20)}
    gate = threading.Barrier(4)

    def derive(each: Pkcs11Root) -> dict[str, bytes]:
        gate.wait(10)
        return {info: each.derive(1, info.encode()) for info in expected}

    with ThreadPoolExecutor(4) as four:
        answers = [four.submit(derive, each) for each in (root, other, root, other)]
        assert [each.result() for each in answers] == [expected] * 4


def test_a_session_that_died_is_opened_again(root: Pkcs11Root, module: Path) -> None:
    import pkcs11  # noqa: PLC0415 - only where a token is

    root.add_version()
    before = root.derive(1, b"x")
    pkcs11.lib(str(module)).reinitialize()  # every session of this process is gone, as after a token's restart
    assert root.derive(1, b"x") == before


def deed(module: Path, token: str, pin_file: Path, verb: str) -> subprocess.Popen[str]:
    """Start a process of its own; see `deeds`."""
    command = (sys.executable, str(Path(__file__).with_name("deeds.py")), str(module), token, str(pin_file), verb)
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_forked_child_uses_the_token_and_its_parent_goes_on(
    module: Path, token: str, pin_file: Path, root: Pkcs11Root
) -> None:
    root.add_version()
    assert deed(module, token, pin_file, "fork").communicate(timeout=60)[0] == "alike"


def test_processes_that_found_at_once_agree_on_one_root(module: Path, token: str, pin_file: Path, root: Pkcs11Root) -> None:
    racers = [deed(module, token, pin_file, "found") for _ in range(3)]
    try:
        ready = [each.stdout.readline() for each in racers if each.stdout is not None]
    finally:
        told = {each.communicate("go\n", timeout=60)[0] for each in racers}
    assert ready == ["ready\n"] * 3, "all have seen an empty token"
    assert told == {f"1 {root.derive(1, b'x').hex()}\n"}
    assert root.versions() == (1,)


def test_roots_from_files_cannot_move_into_a_token(root: Pkcs11Root) -> None:
    root.adopt({})
    fault = refused(lambda: root.adopt({1: b"r" * 32}))
    assert (fault.code, fault.at) == (Refusal.TOKEN_REFUSED, f"{root.place}: take in roots from files")
    assert root.versions() == ()


def test_a_key_store_over_a_token_outlives_a_rotation(root: Pkcs11Root, tmp_path: Path) -> None:
    files = KeyFolder(tmp_path / "keys")
    store = KeyStore(root=root, files=files, suite=SM, random=os.urandom)
    store.make_node()
    store.make_signing_seed("checkpoint")
    seed = store.signing_seed("checkpoint")
    assert Rotation(root=root, files=files, suite=SM, random=os.urandom).rotate_root() == 2
    assert root.versions() == (2,)
    assert KeyStore(root=root, files=files, suite=SM, random=os.urandom).signing_seed("checkpoint") == seed
