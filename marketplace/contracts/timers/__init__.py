"""What happens to contracts and their work by itself; each announced before, logged after."""

from marketplace.contracts.timers import absences, amendments, disputes, ending, links, reviews, signing, work

__all__ = ["absences", "amendments", "disputes", "ending", "links", "reviews", "signing", "work"]
