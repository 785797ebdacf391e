"""What happens to contracts and their work by itself; each announced before, logged after."""

from marketplace.contracts.timers import amendments, disputes, ending, links, reviews, signing, work

__all__ = ["amendments", "disputes", "ending", "links", "reviews", "signing", "work"]
