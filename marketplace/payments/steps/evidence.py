"""Our answer to a chargeback, before it is handed in: the platform's part, the clocks, and the hand-in itself."""

from collections.abc import Mapping
from datetime import timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step
from marketplace.payments.events import EvidenceAsked
from marketplace.payments.evidence import Text
from marketplace.payments.machine import EVIDENCE, EvidenceState
from marketplace.payments.models import Chargeback, Evidence

EVIDENCE_SOON, EVIDENCE_LAST_DAY, EVIDENCE_DUE = "evidence.soon", "evidence.last_day", "evidence.due"
# Before the day on which the provider must have it: finance is told twice, then the clock hands in what there is.
REMIND = {EVIDENCE_SOON: timedelta(days=5), EVIDENCE_LAST_DAY: timedelta(days=1)}
BY_CLOCK = timedelta(hours=12)


@step
def start_clocks(chargeback: Chargeback) -> None:
    """Anew whenever the provider names another day."""
    stop_clocks(chargeback)
    if chargeback.due_at is None:
        return
    for kind, before in REMIND.items():
        if chargeback.due_at - before > clock.now():
            schedule(kind, chargeback.public_id, due_at=chargeback.due_at - before)
    schedule(EVIDENCE_DUE, chargeback.public_id, due_at=max(chargeback.due_at - BY_CLOCK, clock.now()))


@step
def stop_clocks(chargeback: Chargeback) -> None:
    for kind in (*REMIND, EVIDENCE_DUE):
        cancel(kind, chargeback.public_id)


@step
def put_down(evidence: Evidence, gathered: Mapping[str, str]) -> None:
    """What the platform knows, in place of what it knew before. What is handed in already stays as it was."""
    if evidence.state in (EvidenceState.SUBMITTING, EvidenceState.SENT):
        return
    evidence.gathered, evidence.gathered_at = dict(gathered), clock.now()
    evidence.save(update_fields=["gathered", "gathered_at"])


@step
def hand_in(evidence: Evidence, *, by: Actor, by_clock: bool = False) -> None:
    """The outbox takes it to the provider. The caller has locked the chargeback."""
    move = EVIDENCE.fire(evidence, "submit")
    evidence.asked_at, evidence.asked_by_id, evidence.by_clock = clock.now(), by.user_id, by_clock
    evidence.failure = ""
    evidence.save(update_fields=["state", "asked_at", "asked_by", "by_clock", "failure"])
    stop_clocks(evidence.chargeback)
    record(EvidenceAsked(aggregate=evidence.chargeback.public_id, by_clock=by_clock), by=by, move=move)


def known_of_the_payer(chargeback: Chargeback) -> dict[str, str]:
    """What the payment itself says, whatever it was for."""
    funding, party = chargeback.funding, chargeback.party
    asked, what = funding.asked_by, "Payment of a contract" if funding.contract else "Top-up of a wallet"
    return {
        Text.CUSTOMER_NAME: f"{asked.name}, for {party.name}",
        Text.CUSTOMER_EMAIL: asked.email,
        Text.PRODUCT: (
            f"{what} on a marketplace for sponsored content, {funding.money}, asked for by a signed-in member of"
            f" {party.name} on {funding.created_at:%Y-%m-%d %H:%M} UTC and paid on the card's own page."
        ),
        Text.SERVICE_DATE: f"{funding.closed_at or funding.created_at:%Y-%m-%d}",
    }
