"""One file a rule: each looks at a label that was laid out and says what it shows, by the same rule pack as the lints of our own.

The lints read drafts, whose fields are named; these read lines of which nobody said what they are. What a lint knows, they have to
tell, and say so where they cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.inspection.rules import (
    address,
    code_128,
    code_content,
    free_text,
    identity,
    landline,
    name,
    phone,
    qr_code,
    visible_digits,
    zones,
)

if TYPE_CHECKING:
    from yinji.label.inspection.rules.looking import Look

LOOKS: Final[dict[str, Look]] = {
    module.RULE_ID: module.look
    for module in (
        identity,
        name,
        phone,
        visible_digits,
        address,
        landline,
        free_text,
        code_content,
        code_128,
        qr_code,
        zones,
    )
}
"""Every rule that an inspection looks for, by its id in the rule pack, what binds first."""
