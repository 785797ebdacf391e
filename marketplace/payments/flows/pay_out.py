"""Takes what goes to payees to the provider: note the call, make it, note the answer. No transaction is open meanwhile.

Each flow may be cut off anywhere and run again: the key is the same, so the effect happens once.
"""

import secrets

from django.conf import settings

from marketplace.core import clock
from marketplace.payments.errors import ProviderFinal
from marketplace.payments.flows.submit import KEY_LIFE, SYSTEM
from marketplace.payments.gateways import provider
from marketplace.payments.models import Payout, PayoutAccount, Transfer
from marketplace.payments.selectors import contact_of, country_of, group_of
from marketplace.payments.selectors.payout_runs import missed_run, runs_to_post
from marketplace.payments.services import payout_account as account_services
from marketplace.payments.services import payout_pause as pause_services
from marketplace.payments.services import payout_runs as run_services
from marketplace.payments.services import payouts as payout_services
from marketplace.payments.services import transfers as transfer_services

CHUNK = 500  # payouts in one transaction
# So that a delivery is over well before its lease and the worker's time limit.
CHUNKS_AT_ONCE = 40


def submit_transfer(public_id: str) -> Transfer | None:
    """Move a payee's part to her account at the provider, unless something holds it. Raises ProviderRetryable or
    ProviderUnknown: the outbox tries again."""
    opened = transfer_services.open_transfer_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    transfer, payee, key = opened
    gateway, group = provider(transfer.provider), group_of(transfer)
    answer = gateway.find_transfer(public_id, group=group) if clock.now() - transfer.checked_at > KEY_LIFE else None
    try:
        answer = answer or gateway.create_transfer(
            key=key, payee=payee, charge=transfer.source, money=transfer.money, reference=public_id, group=group
        )
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return transfer_services.record_refused_transfer(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return transfer_services.settle_transfer(actor=SYSTEM, public_id=public_id, answer=answer, key=key)


def submit_payout(public_id: str) -> Payout | None:
    """Send a payout to the payee's bank, unless something holds it."""
    opened = payout_services.open_payout_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    payout, key = opened
    gateway = provider(payout.provider)
    is_old = clock.now() - payout.submitted_at > KEY_LIFE
    answer = gateway.find_payout(payout.reference, payee=payout.payee) if is_old else None
    try:
        answer = answer or gateway.create_payout(
            key=key, payee=payout.payee, money=payout.money, reference=payout.reference
        )
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return payout_services.record_refused_payout(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return payout_services.settle_payout(actor=SYSTEM, public_id=public_id, answer=answer, key=key)


def open_account_page(account: PayoutAccount) -> str:
    """The address of the provider's page on which the payee names her account; the payee is made first, once."""
    gateway = provider(account.provider)
    opened = account_services.open_payee_call(actor=SYSTEM, public_id=account.public_id)
    if opened is not None:
        fresh, key = opened
        payee = gateway.find_payee(account.public_id) if fresh.epoch > 1 else None  # before the first try there is none
        payee = payee or gateway.create_payee(
            key=key,
            reference=account.public_id,
            label=fresh.party.name,
            email=contact_of(fresh.party),
            country=country_of(fresh.party),
        )
        account = account_services.settle_payout_account(
            actor=SYSTEM, public_id=account.public_id, payee=payee, key=key
        )
    else:
        account.refresh_from_db()
    # A link moves nothing and lapses by itself: each one is new.
    return gateway.payee_page(
        account.provider_payee,
        key=f"link:{account.public_id}:{secrets.token_hex(8)}",
        return_url=f"{settings.SITE_URL}/earnings/account/",
    )


def run_weekly_payouts() -> int:
    """Plan a run of everybody who has enough ready, or go on with the one under way; returns how many chunks of it were
    posted. Nought also when two people look at it first, or payouts are paused."""
    run = run_services.plan_payout_run(actor=SYSTEM)
    return 0 if run is None else carry_out(run.public_id)


def carry_out(public_id: str) -> int:
    """Post an approved run, as far as one delivery should; another goes on. Any number of workers may do so at once."""
    if not run_services.start_payout_run(actor=SYSTEM, public_id=public_id):
        return 0
    chunks = 0
    while chunks < CHUNKS_AT_ONCE:
        hand_on = chunks + 1 == CHUNKS_AT_ONCE
        if not run_services.post_members(actor=SYSTEM, public_id=public_id, chunk=CHUNK, hand_on=hand_on):
            break
        chunks += 1
    run_services.finish_payout_run(actor=SYSTEM, public_id=public_id)
    return chunks


def post_runs() -> None:
    """Whatever is approved and not posted to its end: its worker may have died with the last members in its hands, when
    all others had seen that nothing was left for them."""
    for public_id in runs_to_post():
        carry_out(public_id)


def go_on() -> None:
    """After a pause: what was stopped goes on, and a weekly run that was missed is planned now. Cut off anywhere it is
    done again; paused again, it does nothing."""
    while pause_services.wake_transfers(actor=SYSTEM):
        pass
    while pause_services.wake_payouts(actor=SYSTEM):
        pass
    post_runs()
    if missed_run(clock.now()):
        run_weekly_payouts()
