from collections.abc import Sequence

import pgtrigger


def kept(*facts: str) -> Sequence[pgtrigger.Trigger]:
    """What a row says of money stands: these columns never change, and the row is never deleted."""
    return [
        pgtrigger.ReadOnly(name="facts_stand", fields=list(facts)),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]
