"""What a personal access token may be used for. A scope never gives more than the person's role does.

There is none for signing contracts: a signature wants a person who has just proved that it is she, and a token is what
programs hold. Nor for money leaving a party, its team or its papers.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    PROFILE_READ = "profile:read", _("Read who you are, and public profiles")
    TASKS_READ = "tasks:read", _("Read V tasks and campaigns")
    TASKS_WRITE = "tasks:write", _("Write, publish and run V tasks")
    TASKS_FUND = "tasks:fund", _("Reserve budgets of V tasks from the wallet")
    APPLICATIONS_READ = "applications:read", _("Read applications and offers")
    APPLICATIONS_WRITE = "applications:write", _("Apply, invite, sort and decline")
    OFFERS_WRITE = "offers:write", _("Make, change and accept offers")
    CONTRACTS_READ = "contracts:read", _("Read contracts and their proofs")
    CONTRACTS_WRITE = "contracts:write", _("End contracts early, and dispute work")
    WORK_WRITE = "work:write", _("Hand in, change, approve and verify work")
    EARNINGS_READ = "earnings:read", _("Read earnings, payouts and statements")
    SEARCHES_READ = "searches:read", _("Read saved searches")
    SEARCHES_WRITE = "searches:write", _("Keep and forget saved searches")


# Money wants a password given a moment ago: making a token with this scope asked for one, a session has not.
NEVER_BY_SESSION = frozenset({Scope.TASKS_FUND})
