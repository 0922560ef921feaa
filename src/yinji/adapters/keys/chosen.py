"""Which adapters a node's settings ask for."""

from __future__ import annotations

from pathlib import Path

from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.adapters.keys.pkcs11_root import Pkcs11Root
from yinji.adapters.keys.replicas import Replicated
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.ports import RootProvider
from yinji.settings import Settings


def chosen_root(settings: Settings, folder: Path) -> RootProvider:
    """Return the root of a key store in ``folder``: in a file there, or in a token.

    Raises SETTING_MALFORMED naming the setting that a token lacks.
    """
    if settings.root == "file":
        return FileRoot(folder)
    for name in ("pkcs11_module", "pkcs11_token", "pkcs11_pin_file"):
        if not getattr(settings, name):
            raise Fault(Refusal.SETTING_MALFORMED, name)
    module, pin_file = Path(settings.pkcs11_module), Path(settings.pkcs11_pin_file)
    return Pkcs11Root(module=module, label=settings.pkcs11_token, pin_file=pin_file)


def chosen_files(settings: Settings, folder: Path) -> Replicated:
    """Return the sealed files of a key store in ``folder``, with the replicas that the settings name, or none.

    Raises SETTING_MALFORMED for a replica that is no absolute path, or the same place twice.
    """
    copies = [Path(each) for each in settings.key_replicas.split(":") if each]
    places = {each.resolve() for each in (folder, *copies)}
    if len(places) <= len(copies) or not all(each.is_absolute() for each in copies):
        raise Fault(Refusal.SETTING_MALFORMED, "key_replicas")
    return Replicated(KeyFolder(folder), [KeyFolder(each) for each in copies])
