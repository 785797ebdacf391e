"""Reads of payout runs: what one looked like when it was planned, beside the last, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.payments.machine import PayoutRunState, PayoutState
from marketplace.payments.models import PayoutPause, PayoutRun, PayoutRunMember, PayoutRunTotal, Transfer
from marketplace.payments.payout_rules import next_run

LARGEST = 10
WEEK = timedelta(days=7)
REASON_WORDS: dict[str, object] = {
    **{hold.value: hold.label for hold in Transfer.Hold},
    "too_little": _("Less than is paid out at once"),
    "on_its_way": _("Still on its way to the payee’s account"),
}


def runs_to_post() -> list[str]:
    going = PayoutRun.objects.filter(state__in=[PayoutRunState.APPROVED, PayoutRunState.RUNNING])
    return list(going.values_list("public_id", flat=True))


def missed_run(now: datetime) -> bool:
    """Whether the last weekly run fell into a pause, and none was planned since."""
    last = next_run(now) - WEEK
    before = PayoutPause.objects.filter(at__lte=last).order_by("-number").first()
    stood = before is not None and before.paused
    # The clock is late now and then.
    turned = PayoutPause.objects.filter(paused=True, at__gt=last, at__lt=last + timedelta(hours=1))
    return (stood or turned.exists()) and not PayoutRun.objects.filter(planned_at__gte=last).exists()


def get_payout_run(actor: Actor, public_id: str) -> PayoutRun:
    """Raises NotFound for whoever is not finance staff."""
    found = PayoutRun.objects.visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """What is planned with one provider in one currency, and the same of the last run that was posted."""

    total: PayoutRunTotal
    before: PayoutRunTotal | None
    largest: Sequence[PayoutRunMember]

    @property
    def percent(self) -> int | None:
        """Of the last run's sum."""
        return round(100 * self.total.amount_minor / self.before.amount_minor) if self.before else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    reason: str
    payees: int
    transfers: int
    money: Money


@dataclass(frozen=True, slots=True)
class Step:
    """How many payouts stand somewhere, and their sum."""

    word: object
    payouts: int
    money: Money


@dataclass(frozen=True, slots=True)
class Progress:
    provider: str
    currency: str
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class RunView:
    run: PayoutRun
    currencies: Sequence[Compared]
    left_out: Sequence[LeftOut]
    progress: Sequence[Progress]
    dropped: Sequence[tuple[object, int]]
    last: PayoutRun | None


def view_of(run: PayoutRun) -> RunView:
    last = PayoutRun.objects.filter(state=PayoutRunState.DONE, pk__lt=run.pk).order_by("-pk").first()
    before = {(one.provider, one.currency): one for one in last.totals.all()} if last else {}
    totals = run.totals.order_by("currency", "provider")
    return RunView(
        run=run,
        currencies=[
            Compared(total, before.get((total.provider, total.currency)), _largest(run, total)) for total in totals
        ],
        left_out=[
            LeftOut(
                reason=str(REASON_WORDS.get(row["reason"], row["reason"])),
                payees=row["payees"],
                transfers=row["transfers"],
                money=Money(row["minor"], row["currency"]),
            )
            for row in run.left_out
        ],
        progress=progress_of(run),
        dropped=_dropped(run),
        last=last,
    )


STEPS: dict[str, tuple[object, Q]] = {
    "planned": (_("Planned"), Q()),
    "posted": (_("Booked"), Q(outcome="posted")),
    "submitted": (_("Submitted"), Q(payout__state=PayoutState.SUBMITTING)),
    "in_transit": (_("In transit"), Q(payout__state=PayoutState.IN_TRANSIT)),
    "paid": (_("Paid"), Q(payout__state=PayoutState.PAID)),
    "held": (_("On hold"), Q(payout__state=PayoutState.ON_HOLD)),
    "failed": (_("Failed"), Q(payout__state__in=[PayoutState.FAILED, PayoutState.RETURNED])),
    "dropped": (_("Dropped"), Q(outcome="dropped")),
}


def progress_of(run: PayoutRun) -> list[Progress]:
    """Where the payouts of a run stand now, by provider and currency: one query."""
    counts = {f"{name}_n": Count("pk", filter=where) for name, (_word, where) in STEPS.items()}
    sums = {f"{name}_minor": Sum("amount_minor", filter=where, default=0) for name, (_word, where) in STEPS.items()}
    rows = PayoutRunMember.objects.filter(run=run).values("provider", "currency").annotate(**counts, **sums)
    return [
        Progress(
            provider=row["provider"],
            currency=row["currency"],
            steps=[
                Step(word, row[f"{name}_n"], Money(row[f"{name}_minor"], row["currency"]))
                for name, (word, _where) in STEPS.items()
            ],
        )
        for row in rows.order_by("currency", "provider")
    ]


def _largest(run: PayoutRun, total: PayoutRunTotal) -> list[PayoutRunMember]:
    members = run.members.filter(provider=total.provider, currency=total.currency).select_related("party")
    return list(members.order_by("-amount_minor", "pk")[:LARGEST])


def _dropped(run: PayoutRun) -> list[tuple[object, int]]:
    dropped = run.members.filter(outcome=PayoutRunMember.Outcome.DROPPED).values("reason").annotate(n=Count("pk"))
    return [(PayoutRunMember.Reason(row["reason"]).label, row["n"]) for row in dropped.order_by("-n", "reason")]
