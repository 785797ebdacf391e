"""What follows from a change of who can get at a party's payouts: they wait 72 hours, and everybody hears of it."""

from marketplace.accounts.events import MemberJoined, MemberRoleChanged, SecurityChanged
from marketplace.accounts.freeze_link import freeze_path
from marketplace.accounts.models import Party, User
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.core.actor import Actor, Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.payments.events import PayoutAccountChanged
from marketplace.payments.handlers.telling import tell
from marketplace.payments.models import PayoutAccount, PayoutGuard
from marketplace.payments.payout_rules import SECURITY_WAIT
from marketplace.payments.steps.guarding import guard

MOVES_MONEY = (Role.OWNER, Role.FINANCE)
SYSTEM = Actor.system("payments")
CHANGE_WORDS = {
    PayoutGuard.Change.PASSWORD: "payouts_wait_password",
    PayoutGuard.Change.EMAIL: "payouts_wait_email",
    PayoutGuard.Change.SECOND_FACTOR: "payouts_wait_second_factor",
    PayoutGuard.Change.PAYOUT_ACCOUNT: "payouts_wait_payout_account",
    PayoutGuard.Change.FINANCE_MEMBER: "payouts_wait_finance_member",
}


@handles(SecurityChanged)
def guard_against_a_changed_sign_in(event: Event) -> None:
    """Every payee whose money this person may move."""
    user = User.objects.get(public_id=event.aggregate)
    moving = user.memberships.filter(role__in=MOVES_MONEY, removed_at=None).exclude(party__kind__in=MERCHANT_KINDS)
    for membership in moving.select_related("party").order_by("party_id"):
        change = PayoutGuard.Change(event.data["change"])
        tell_guarded(membership.party, guard(membership.party, change, by=SYSTEM))


@handles(MemberJoined, MemberRoleChanged)
def guard_against_a_new_hand(event: Event) -> None:
    """Somebody new may ask for payouts."""
    party = Party.objects.get(public_id=event.aggregate)
    if event.data["role"] in MOVES_MONEY and party.kind not in MERCHANT_KINDS:
        tell_guarded(party, guard(party, PayoutGuard.Change.FINANCE_MEMBER, by=SYSTEM))


@handles(PayoutAccountChanged)
def tell_of_another_account(event: Event) -> None:
    """The guard itself stands since the change was written."""
    if event.data["is_another"]:
        party = PayoutAccount.objects.select_related("party__payout_guard").get(public_id=event.aggregate).party
        tell_guarded(party, party.payout_guard)


def tell_guarded(party: Party, found: PayoutGuard) -> None:
    """All owners and finance people: what changed, until when payouts wait, and the link that freezes them.

    What allauth mails to an address that was given up has the link too.
    """
    until = (found.changed_at + SECURITY_WAIT).date().isoformat()
    words = CHANGE_WORDS[PayoutGuard.Change(found.change)]
    tell(party, words, {"party": party.name, "until": until}, freeze_path(party.public_id))
