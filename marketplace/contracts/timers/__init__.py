"""What happens to contracts and their work by itself; each announced before, logged after."""

from marketplace.contracts.timers import disputes, ending, links, reviews, signing, work

__all__ = ["disputes", "ending", "links", "reviews", "signing", "work"]
