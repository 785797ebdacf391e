"""Two accounts between which a transfer goes."""

import secrets

ACCOUNTS = 1_000


def pair(accounts: int) -> tuple[int, int]:
    source = secrets.randbelow(accounts)
    return source, (source + 1 + secrets.randbelow(accounts - 1)) % accounts
