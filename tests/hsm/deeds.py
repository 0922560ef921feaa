"""What a process of its own does to a token: ``python deeds.py MODULE LABEL PIN_FILE found|fork``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from yinji.adapters.keys.pkcs11_root import Pkcs11Root


def found(root: Pkcs11Root) -> None:
    """Found a root, having seen an empty token, as several processes may at once; say what follows from it."""
    empty = not root.versions()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    version = root.add_version() if empty else root.versions()[-1]
    sys.stdout.write(f"{version} {root.derive(version, b'x').hex()}\n")


def fork(root: Pkcs11Root) -> None:
    """Use the token before a fork, in the child, and in the parent afterwards; say whether all got the same.

    The child must begin for itself, as the standard asks: SoftHSM2 would let it go on, other modules would not.
    """
    before, process = root.derive(1, b"x"), root._token._process
    beginnings, child = process.beginnings, os.fork()
    if not child:
        alike = root.derive(1, b"x") == before and process.beginnings == beginnings + 1
        os._exit(0 if alike else 1)
    alike = os.waitpid(child, 0)[1] == 0 and root.derive(1, b"x") == before
    sys.stdout.write("alike" if alike else "different")


if __name__ == "__main__":
    module, label, pin_file, verb = sys.argv[1:]
    globals()[verb](Pkcs11Root(module=Path(module), label=label, pin_file=Path(pin_file)))
