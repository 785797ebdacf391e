"""A chargeback: heard of, booked, answered, won or lost. Each function is one step of its life."""

from collections.abc import Mapping

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.answers import ChargebackStatus, ProviderChargeback
from marketplace.payments.errors import EvidenceIsOut
from marketplace.payments.events import (
    ChargebackClosed,
    ChargebackContradicted,
    ChargebackMoved,
    ChargebackOpened,
    EvidenceRefused,
    EvidenceSent,
    EvidenceWanted,
    EvidenceWritten,
)
from marketplace.payments.evidence import AT_MOST, FREE, as_sent
from marketplace.payments.machine import CHARGEBACK, EVIDENCE, ChargebackState, EvidenceState
from marketplace.payments.models import Chargeback, Evidence, Funding
from marketplace.payments.policies import CHARGEBACKS, ChargebackAction
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.chargebacks import book, book_fee, charge_fee, frozen_contracts
from marketplace.payments.steps.evidence import hand_in, known_of_the_payer, put_down, start_clocks, stop_clocks

ENDS = {ChargebackStatus.WON: "win", ChargebackStatus.LOST: "lose", ChargebackStatus.CLOSED: "close"}


@use_case
def settle_chargeback(*, actor: Actor, funding: str, answer: ProviderChargeback, key: str = "") -> Chargeback:
    """Bring a chargeback to where the provider says it is, and the books to what it took. Order and repetition do not
    matter: what says less than we know is history. `key` is that of the call this answers, if it answers one.

    Raises LotExhausted or Overdraft when somebody moved the same money meanwhile: nothing has happened, try again.
    """
    CHARGEBACKS.authorise(actor, ChargebackAction.RECORD)
    chargeback = _lock_or_make(funding, answer)
    if key:
        close_call(key, answer={"status": answer.status.value, "submissions": answer.submissions})
    chargeback.checked_at = clock.now()
    chargeback.save(update_fields=["checked_at"])
    if answer.lines < chargeback.lines or answer.status.rank < chargeback.status_rank:
        return chargeback
    if not chargeback.evidence.gathered_at:
        _heard_of(chargeback, answer, actor)
    _answered(chargeback, answer, actor)
    if chargeback.is_standing:
        book(chargeback, answer.taken, by=actor)
    elif answer.lines > chargeback.lines:
        _late_lines(chargeback, answer, actor)
    if answer.lines:
        book_fee(chargeback, answer.fee, number=answer.lines)
    _move(chargeback, answer, actor)
    chargeback.lines, chargeback.status_rank = answer.lines, answer.status.rank
    chargeback.submissions = answer.submissions
    chargeback.save(update_fields=["lines", "status_rank", "submissions"])
    return chargeback


@use_case
def write_evidence(*, actor: Actor, public_id: str, words: Mapping[str, str], and_hand_in: bool = False) -> Chargeback:
    """Finance staff: our own words, by the names in `evidence.FREE`; and hand it all in at once.

    Raises EvidenceIsOut, Forbidden, NotFound.
    """
    CHARGEBACKS.authorise(actor, ChargebackAction.ANSWER)
    chargeback = _lock(public_id)
    evidence = chargeback.evidence
    if not chargeback.is_standing or not EVIDENCE.can(evidence, "submit"):
        raise EvidenceIsOut
    evidence.words = {name.value: words.get(name, "").strip()[:AT_MOST] for name in FREE}
    evidence.save(update_fields=["words"])
    record(EvidenceWritten(aggregate=public_id), by=actor)
    if and_hand_in:
        hand_in(evidence, by=actor)
    return chargeback


@use_case
def gather_again(*, actor: Actor, public_id: str) -> Chargeback:
    """Finance staff: whatever was done and said since is to be in it too. Raises EvidenceIsOut."""
    CHARGEBACKS.authorise(actor, ChargebackAction.ANSWER)
    chargeback = _lock(public_id)
    if not chargeback.is_standing or not EVIDENCE.can(chargeback.evidence, "submit"):
        raise EvidenceIsOut
    record(EvidenceWanted(aggregate=public_id), by=actor)
    return chargeback


@use_case
def open_evidence_call(*, actor: Actor, public_id: str) -> tuple[Chargeback, dict[str, str], str] | None:
    """Before the provider is asked: the texts, and the call's key. None when there is nothing left to hand in."""
    CHARGEBACKS.authorise(actor, ChargebackAction.RECORD)
    chargeback = _lock(public_id)
    evidence = chargeback.evidence
    if not chargeback.is_standing or evidence.state != EvidenceState.SUBMITTING:
        return None
    texts = as_sent(evidence.gathered, evidence.words)
    return chargeback, texts, open_call("evidence", public_id, evidence.epoch, texts)


@use_case
def record_refused_evidence(*, actor: Actor, public_id: str, key: str, code: str) -> Chargeback:
    """A definite no: nothing was handed in. Finance mends it and tries again."""
    CHARGEBACKS.authorise(actor, ChargebackAction.RECORD)
    chargeback = _lock(public_id)
    close_call(key, answer={"code": code}, refused=True)
    evidence = chargeback.evidence
    if evidence.state == EvidenceState.SUBMITTING:
        move = EVIDENCE.fire(evidence, "refuse")
        evidence.failure = code[:80]
        evidence.epoch += 1
        evidence.save(update_fields=["state", "failure", "epoch"])
        record(EvidenceRefused(aggregate=public_id, why=code[:80]), by=actor, move=move)
    return chargeback


@use_case
def raise_evidence_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing was handed in under the last key: the next call may carry a new one."""
    CHARGEBACKS.authorise(actor, ChargebackAction.RECORD)
    evidence = _lock(public_id).evidence
    if evidence.state == EvidenceState.SUBMITTING:
        evidence.epoch += 1
        evidence.save(update_fields=["epoch"])


def _heard_of(chargeback: Chargeback, answer: ProviderChargeback, actor: Actor) -> None:
    put_down(chargeback.evidence, known_of_the_payer(chargeback))
    event = ChargebackOpened(
        aggregate=chargeback.public_id,
        is_inquiry=answer.status == ChargebackStatus.INQUIRY,
        amount_minor=chargeback.amount_minor,
        currency=chargeback.currency,
    )
    record(event, by=actor)


def _answered(chargeback: Chargeback, answer: ProviderChargeback, actor: Actor) -> None:
    """The reason and the day may change; evidence may be there, from us or from the provider's own pages."""
    is_new_day = answer.due_at != chargeback.due_at
    chargeback.amount_minor, chargeback.reason, chargeback.due_at = (
        answer.money.amount_minor,
        answer.reason[:60],
        answer.due_at,
    )
    chargeback.save(update_fields=["amount_minor", "reason", "due_at"])
    evidence = chargeback.evidence
    if answer.submissions > chargeback.submissions and EVIDENCE.can(evidence, "send"):
        move = EVIDENCE.fire(evidence, "send")
        evidence.sent_at = clock.now()
        evidence.save(update_fields=["state", "sent_at"])
        stop_clocks(chargeback)
        record(EvidenceSent(aggregate=chargeback.public_id), by=actor, move=move)
    elif is_new_day and EVIDENCE.can(evidence, "submit") and answer.status not in ENDS:
        start_clocks(chargeback)


def _move(chargeback: Chargeback, answer: ProviderChargeback, actor: Actor) -> None:
    if answer.status == ChargebackStatus.NEEDS_RESPONSE and answer.submissions == chargeback.submissions:
        _begin_again(chargeback)
    if answer.status not in (ChargebackStatus.INQUIRY, ChargebackStatus.CLOSED):
        _fire(chargeback, "open", actor)
    if answer.status == ChargebackStatus.UNDER_REVIEW:
        _fire(chargeback, "send_evidence", actor)
    if answer.status not in ENDS or not chargeback.is_standing:
        return
    contracts = frozen_contracts(chargeback)
    move = CHARGEBACK.fire(chargeback, ENDS[answer.status])
    chargeback.closed_at = clock.now()
    chargeback.save(update_fields=["state", "closed_at"])
    stop_clocks(chargeback)
    lost = answer.status == ChargebackStatus.LOST
    fee = charge_fee(chargeback, by=actor) if lost else chargeback.fee
    event = ChargebackClosed(
        aggregate=chargeback.public_id,
        how=chargeback.state,
        contracts=contracts if lost else [],
        fee_minor=fee.amount_minor,
        currency=fee.currency,
    )
    record(event, by=actor, move=move)


def _begin_again(chargeback: Chargeback) -> None:
    """An inquiry was answered, and became a chargeback all the same: that wants an answer of its own."""
    evidence = chargeback.evidence
    if chargeback.state == ChargebackState.INQUIRED and EVIDENCE.can(evidence, "begin_again"):
        EVIDENCE.fire(evidence, "begin_again")
        evidence.epoch += 1
        evidence.save(update_fields=["state", "epoch"])
        start_clocks(chargeback)


def _fire(chargeback: Chargeback, transition: str, actor: Actor) -> None:
    if not CHARGEBACK.can(chargeback, transition):
        return
    move = CHARGEBACK.fire(chargeback, transition)
    chargeback.save(update_fields=["state"])
    record(ChargebackMoved(aggregate=chargeback.public_id, status=chargeback.state), by=actor, move=move)


def _late_lines(chargeback: Chargeback, answer: ProviderChargeback, actor: Actor) -> None:
    """What was taken comes back after the end was told, unless it was lost: then contracts have ended by it."""
    if chargeback.state != ChargebackState.LOST:
        book(chargeback, answer.taken, by=actor)
    elif answer.taken != chargeback.taken:
        record(ChargebackContradicted(aggregate=chargeback.public_id, lines=answer.lines), by=actor)


def _lock_or_make(funding_public_id: str, answer: ProviderChargeback) -> Chargeback:
    """The merchant first: two who hear of the same one at once make one."""
    funding = Funding.objects.select_related("party", "asked_by").filter(public_id=funding_public_id).first()
    if funding is None:
        raise NotFound
    lock(Party.objects.filter(pk=funding.party_id), "party")
    known = {"provider": funding.provider, "provider_chargeback": answer.id}
    if not Chargeback.objects.filter(**known).exists():
        made = Chargeback.objects.create(
            **known,
            party=funding.party,
            funding=funding,
            charge=answer.charge,
            amount_minor=answer.money.amount_minor,
            currency=answer.money.currency,
            taken_currency=answer.taken.currency,
            opened_at=answer.created_at,
        )
        Evidence.objects.create(chargeback=made)
    related = Chargeback.objects.select_related("party", "funding__asked_by")
    return _with_evidence(lock(related.filter(**known), "chargeback")[0])


def _lock(public_id: str) -> Chargeback:
    found = lock(Chargeback.objects.select_related("party").filter(public_id=public_id), "chargeback")
    if not found:
        raise NotFound
    return _with_evidence(found[0])


def _with_evidence(chargeback: Chargeback) -> Chargeback:
    evidence = Evidence.objects.get(chargeback=chargeback)
    evidence.chargeback = chargeback
    chargeback.evidence = evidence
    return chargeback
