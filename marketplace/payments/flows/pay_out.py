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
from marketplace.payments.services import payout_account as account_services
from marketplace.payments.services import payouts as payout_services
from marketplace.payments.services import transfers as transfer_services


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
            key=key, payee=payee, charge=transfer.charge, money=transfer.money, reference=public_id, group=group
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
    """Everybody who has enough ready, in chunks; returns how many chunks. Cut off anywhere, the next run goes on."""
    after, chunks = (0, ""), 0
    while (following := payout_services.run_payouts(actor=SYSTEM, after=after)) is not None:
        after, chunks = following, chunks + 1
    return chunks
