"""A socket is a file, and most shells allow a process 1,024."""

import resource
from contextlib import suppress

MOST = 65_536


def allow_many() -> None:
    """As many as the system lets this process have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # some systems say infinity and mean less
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
