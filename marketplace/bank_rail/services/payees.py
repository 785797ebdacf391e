"""Whom we pay by transfer, and to which account."""

from marketplace.bank_rail.account_numbers import plain_number
from marketplace.bank_rail.errors import BadAccountNumber, NoAccountNamed
from marketplace.bank_rail.events import AccountNamed
from marketplace.bank_rail.models import Payee
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.sealed import fingerprint, seal
from marketplace.bank_rail.steps.books import hold_books
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case


@use_case
def open_payee(*, actor: Actor, reference: str, label: str) -> Payee:
    """She has no account yet. The same `reference` again answers with the same."""
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    return Payee.objects.get_or_create(reference=reference, defaults={"label": label[:120]})[0]


@use_case
def name_account(*, actor: Actor, reference: str, holder: str, bank_name: str, number: str) -> Payee:
    """From now on she is paid there; orders that exist go where they were made for. `number` as she writes it. The same
    again changes nothing.

    The caller has asked whether `reference` is hers. Raises NoAccountNamed, BadAccountNumber, NotFound.
    """
    DESK.authorise(actor, DeskAction.NAME)
    hold_books()
    payee = Payee.objects.filter(reference=reference).first()
    if payee is None:
        raise NotFound
    if not holder.strip() or not bank_name.strip():
        raise NoAccountNamed
    plain = plain_number(number)
    if plain is None:
        raise BadAccountNumber
    said = (holder.strip()[:120], bank_name.strip()[:120], fingerprint(plain))
    if said == (payee.holder, payee.bank_name, payee.fingerprint):
        return payee
    payee.holder, payee.bank_name, payee.fingerprint = said
    payee.sealed_number, payee.last4 = seal(plain), plain[-4:]
    payee.named_at = clock.now()
    payee.save()
    record(AccountNamed(aggregate=payee.public_id, reference=reference), by=actor)
    return payee
