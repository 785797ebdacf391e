"""Where a party is paid: opened at the provider, named there by the payee, changed there; frozen and thawed here."""

from django.db.models import Q

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import has_second_factor
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.answers import ProviderPayee
from marketplace.payments.errors import NoSecondFactor
from marketplace.payments.events import PayoutAccountChanged, PayoutAccountOpened, PayoutsFrozen, PayoutsThawed
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, Transfer
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.guarding import guard
from marketplace.payments.steps.holds import let_go
from marketplace.payments.steps.payouts import let_payout_go

CHANGING = ("holder", "bank_name", "last4", "fingerprint", "payouts_enabled")


@use_case
def ask_payout_account(*, actor: Actor, provider: str) -> PayoutAccount:
    """The party wants to be paid somewhere, or somewhere else, by this provider; the bank account is named there.

    Raises NoSecondFactor, Forbidden.
    """
    found = lock(Party.objects.filter(pk=actor.party_id), "party")
    if not found:
        raise NotFound
    PAYOUTS.authorise(actor, PayoutAction.ACCOUNT, found[0])
    if not has_second_factor(actor.user_id):
        raise NoSecondFactor
    account, _made = PayoutAccount.objects.get_or_create(party=found[0], provider=provider)
    return account


@use_case
def open_payee_call(*, actor: Actor, public_id: str) -> tuple[PayoutAccount, str] | None:
    """Before the provider is asked for a payee: note the call and its key. None when it has one already.

    Each try has a key of its own: the caller looks before it asks, and a payee that nobody named an account for holds
    nothing.
    """
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    account = _lock_account(public_id)
    if account.provider_payee:
        return None
    account.epoch += 1
    account.save(update_fields=["epoch"])
    request = {"label": account.party.name, "reference": public_id}
    return account, open_call("payee", public_id, account.epoch, request)


@use_case
def settle_payout_account(*, actor: Actor, public_id: str, payee: ProviderPayee, key: str = "") -> PayoutAccount:
    """Write what the provider says of the payee now. Another bank account than before keeps payouts back for 72 hours.

    `key` is that of the call this answers, if it answers one.
    """
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    account = _lock_account(public_id)
    if key:
        close_call(key, answer={"payee": payee.id})
    if not account.provider_payee:
        account.provider_payee = payee.id
        account.save(update_fields=["provider_payee"])
        record(PayoutAccountOpened(aggregate=public_id), by=actor)
    account.wanted, account.checked_at = [str(kind) for kind in payee.wanted], clock.now()
    account.save(update_fields=["wanted", "checked_at"])
    before = {name: getattr(account, name) for name in CHANGING}
    now = {name: getattr(payee, name) for name in CHANGING}
    if now == before:
        return account
    is_first = not before["fingerprint"]
    is_another = not is_first and now["fingerprint"] != before["fingerprint"]
    for name, value in now.items():
        setattr(account, name, value)
    account.changed_at = clock.now()
    account.save(update_fields=[*CHANGING, "changed_at"])
    if is_another:
        guard(account.party, PayoutGuard.Change.PAYOUT_ACCOUNT, by=actor)
    event = PayoutAccountChanged(
        aggregate=public_id,
        last4=account.last4,
        payouts_enabled=account.payouts_enabled,
        is_first=is_first,
        is_another=is_another,
    )
    record(event, by=actor)
    return account


@use_case
def freeze_payouts(*, actor: Actor, public_id: str) -> list[Party]:
    """Whoever has the link of a mail: "that was not me". Everything of the party, or of the user's parties, waits until
    our staff have spoken with her. The caller has read `public_id` out of a signed link. Again changes nothing."""
    moving = {
        "memberships__user__public_id": public_id,
        "memberships__role__in": [Role.OWNER, Role.FINANCE],
        "memberships__removed_at": None,
    }
    named = Party.objects.filter(Q(public_id=public_id) | Q(**moving), payout_guard__isnull=False).values("pk")
    parties = lock(Party.objects.filter(pk__in=named), "party")
    for party in parties:
        if PayoutGuard.objects.filter(party=party, frozen_at=None).update(frozen_at=clock.now()):
            record(PayoutsFrozen(aggregate=party.public_id), by=actor)
    return parties


@use_case
def freeze_payee(*, actor: Actor, party_public_id: str) -> None:
    """Finance staff: nothing goes to this payee until they thaw it. Again changes nothing.

    Raises NotFound, Forbidden.
    """
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    with_account = PayoutAccount.objects.values("party")
    parties = lock(Party.objects.filter(public_id=party_public_id, pk__in=with_account), "party")
    if not parties:
        raise NotFound
    held, _made = PayoutGuard.objects.get_or_create(party=parties[0], defaults={"changed_at": None})
    if held.frozen_at is None:
        held.frozen_at, held.frozen_by_id = clock.now(), actor.user_id
        held.save(update_fields=["frozen_at", "frozen_by"])
        record(PayoutsFrozen(aggregate=party_public_id), by=actor)


@use_case
def thaw_payouts(*, actor: Actor, party_public_id: str) -> None:
    """Finance staff have made sure who the payee is: what was frozen goes on, unless something else holds it."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    parties = lock(Party.objects.filter(public_id=party_public_id, payout_guard__frozen_at__isnull=False), "party")
    for party in parties:
        PayoutGuard.objects.filter(party=party).update(frozen_at=None, frozen_by=None)
        record(PayoutsThawed(aggregate=party.public_id), by=actor)
        held = {"party": party, "hold": Transfer.Hold.FROZEN.value}
        for transfer in lock(Transfer.objects.filter(state=TransferState.ON_HOLD, **held), "transfer"):
            let_go(transfer, by=actor)
        for payout in lock(Payout.objects.filter(state=PayoutState.ON_HOLD, **held), "payout"):
            let_payout_go(payout, by=actor)


def _lock_account(public_id: str) -> PayoutAccount:
    found = PayoutAccount.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    lock(Party.objects.filter(pk=found.party_id), "party")
    return PayoutAccount.objects.select_related("party").get(pk=found.pk)
