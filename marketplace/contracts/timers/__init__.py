"""What happens to contracts and their work by itself; each announced before, logged after."""

from marketplace.contracts.timers import ending, links, signing, work

__all__ = ["ending", "links", "signing", "work"]
