"""The second person: whether one is needed, asking for her, and what happens once she has said yes."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import emails_of
from marketplace.core import clock
from marketplace.core.actor import Actor, Role
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step
from marketplace.payments.errors import NoSecondPerson
from marketplace.payments.events import ApprovalAsked, ApprovalLimitChanged
from marketplace.payments.models import Approval, ApprovalLimit, Refund
from marketplace.payments.steps.debts import require_no_debt
from marketplace.payments.steps.funding import start_funding
from marketplace.payments.steps.refunds import start_refund

ANSWER_WITHIN = timedelta(hours=72)
APPROVAL_EXPIRE = "approval.expire"


@step
def needs_second_person(party: Party, money: Money) -> bool:
    """Whether `money` is above the party's limit for its currency; without a limit nothing is."""
    limit = ApprovalLimit.objects.filter(party=party, currency=money.currency).first()
    return limit is not None and money.amount_minor > limit.limit_minor


@step
def has_second_person(party: Party, user_id: int | None) -> bool:
    """Whether somebody beside this user may approve money actions of the party."""
    return emails_of(party.pk, Role.OWNER, Role.FINANCE).exclude(pk=user_id).exists()


@step
def ask_second_person(
    *, actor: Actor, party: Party, kind: Approval.Kind, money: Money, payload: Mapping[str, object], public_id: str
) -> Approval:
    """Nothing moves until she answers. Raises NoSecondPerson when there is none."""
    if not has_second_person(party, actor.user_id):
        raise NoSecondPerson
    approval = Approval.objects.create(
        public_id=public_id,
        party=party,
        kind=kind,
        amount_minor=money.amount_minor,
        currency=money.currency,
        payload=dict(payload),
        asked_by_id=actor.user_id,
        expires_at=clock.now() + ANSWER_WITHIN,
    )
    schedule(APPROVAL_EXPIRE, public_id, due_at=approval.expires_at)
    asked = ApprovalAsked(
        aggregate=public_id, kind=approval.kind, amount_minor=money.amount_minor, currency=money.currency
    )
    record(asked, by=actor)
    return approval


@step
def change_limit(*, actor: Actor, party: Party, currency: str, limit_minor: int | None) -> None:
    """Set the limit of a currency, or take it away (None)."""
    if limit_minor is None:
        ApprovalLimit.objects.filter(party=party, currency=currency).delete()
    else:
        ApprovalLimit.objects.update_or_create(
            party=party, currency=currency, defaults={"limit_minor": limit_minor, "changed_at": clock.now()}
        )
    record(ApprovalLimitChanged(aggregate=party.public_id, currency=currency, limit_minor=limit_minor), by=actor)


@step
def carry_out(approval: Approval, *, by: Actor) -> str:
    """Do what was approved; returns the public id of what came of it. Raises what the action itself refuses."""
    return _ACTIONS[Approval.Kind(approval.kind)](approval, by)


def _top_up(approval: Approval, by: Actor) -> str:
    payload = approval.payload
    start_funding(
        actor=by,
        party=approval.party,
        money=approval.money,
        provider=payload["provider"],
        public_id=payload["public_id"],
        asked_by_id=approval.asked_by_id,
    )
    return payload["public_id"]


def _refund(approval: Approval, by: Actor) -> str:
    payload = approval.payload
    require_no_debt(approval.party_id)
    start_refund(
        actor=by,
        lot_public_id=payload["lot"],
        money=approval.money,
        reason=Refund.Reason.ASKED,
        public_id=payload["public_id"],
    )
    return payload["public_id"]


def _limit(approval: Approval, by: Actor) -> str:
    change_limit(
        actor=by, party=approval.party, currency=approval.currency, limit_minor=approval.payload["limit_minor"]
    )
    return approval.party.public_id


Action = Callable[[Approval, Actor], str]
_ACTIONS: dict[Approval.Kind, Action] = {
    Approval.Kind.TOP_UP: _top_up,
    Approval.Kind.REFUND: _refund,
    Approval.Kind.LIMIT: _limit,
}


def carries_out(kind: Approval.Kind) -> Callable[[Action], Action]:
    """How an app above this one says what an approval of its kind does."""

    def register(action: Action) -> Action:
        _ACTIONS[kind] = action
        return action

    return register
