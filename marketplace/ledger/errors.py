"""What the ledger refuses. The database is who says no; these are its words."""

from marketplace.core.errors import Conflict, Refused


class Overdraft(Refused):
    """An account that may not go below nought would."""

    code = "overdraft"


class LotExhausted(Refused):
    """More was asked of a funding lot than remains in it."""

    code = "lot_exhausted"


class JournalKeyReused(Conflict):
    """A journal with this key exists and did something else."""

    code = "journal_key_reused"
