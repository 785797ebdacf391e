"""What each kind of journal does. Pure functions from facts to a Plan; the sums are in here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef, clearing, fees, suspense, world
from marketplace.ledger.plan import Plan, PlannedLine, PlannedLot, PlannedUse


def top_up(
    *,
    funding: str,
    wallet: AccountRef,
    lot_public_id: str,
    provider: str,
    charge: str,
    money: Money,
    charged_at: datetime,
) -> Plan:
    """A charge arrived: from the world into a merchant's wallet, as a lot."""
    return _arrived("top_up", funding, wallet, lot_public_id, provider, charge, money, charged_at)


def contract_funded(
    *,
    funding: str,
    protected: AccountRef,
    lot_public_id: str,
    provider: str,
    charge: str,
    money: Money,
    charged_at: datetime,
) -> Plan:
    """A charge arrived for one contract: from the world straight into its protected funds, as a lot."""
    return _arrived("contract_funded", funding, protected, lot_public_id, provider, charge, money, charged_at)


def _arrived(
    kind: str,
    funding: str,
    into: AccountRef,
    lot_public_id: str,
    provider: str,
    charge: str,
    money: Money,
    charged_at: datetime,
) -> Plan:
    return Plan(
        kind=kind,
        key=f"{kind}:{provider}:{charge}",
        reference=funding,
        lines=(PlannedLine(world(provider), into, money),),
        lots=(PlannedLot(lot_public_id, into, provider, charge, money, charged_at),),
    )


def released(
    *,
    release: str,
    protected: AccountRef,
    shares: Sequence[tuple[AccountRef, Money]],
    uses: Sequence[tuple[int, Money]],
) -> Plan:
    """Protected funds become somebody's: payees', the platform's, the tax office's. Together what the lots give."""
    return Plan(
        kind="released",
        key=f"released:{release}",
        reference=release,
        lines=tuple(PlannedLine(protected, account, money) for account, money in shares),
        uses=tuple(PlannedUse(lot_id, money.amount_minor) for lot_id, money in uses),
    )


def transferred(*, transfer: str, payable: AccountRef, connected: AccountRef, money: Money) -> Plan:
    """The provider has moved it from the platform to the payee's own account."""
    return Plan(
        kind="transferred",
        key=f"transferred:{transfer}",
        reference=transfer,
        lines=(PlannedLine(payable, connected, money),),
    )


def taking_back(*, reversal: str, connected: AccountRef, provider: str, money: Money) -> Plan:
    """A transfer is on its way back from the payee's account, not yet confirmed by the provider."""
    return Plan(
        kind="taking_back",
        key=f"taking_back:{reversal}",
        reference=reversal,
        lines=(PlannedLine(connected, clearing(provider), money),),
    )


def taken_back(*, reversal: str, source: AccountRef, wallet: AccountRef, part: "Part") -> Plan:
    """What a payee had to give back is the merchant's: in its wallet, as a part of the charge that it was paid by."""
    lot = PlannedLot(part.child, wallet, part.provider, part.charge, part.money, part.charged_at, part.lot_id)
    return Plan(
        kind="taken_back",
        key=f"taken_back:{reversal}",
        reference=reversal,
        lines=(PlannedLine(source, wallet, part.money),),
        lots=(lot,),
    )


def payout_sent(*, payout: str, connected: AccountRef, in_transit: AccountRef, money: Money) -> Plan:
    """On its way to the payee's bank."""
    return Plan(
        kind="payout_sent",
        key=f"payout_sent:{payout}",
        reference=payout,
        lines=(PlannedLine(connected, in_transit, money),),
    )


def payout_paid(*, payout: str, in_transit: AccountRef, provider: str, money: Money) -> Plan:
    """The bank has it: it has left us."""
    return Plan(
        kind="payout_paid",
        key=f"payout_paid:{payout}",
        reference=payout,
        lines=(PlannedLine(in_transit, world(provider), money),),
    )


def payout_returned(*, payout: str, source: AccountRef, connected: AccountRef, money: Money) -> Plan:
    """The bank sent it back, also after it had said paid (`source` is then the world): on the payee's account again."""
    return Plan(
        kind="payout_returned",
        key=f"payout_returned:{payout}",
        reference=payout,
        lines=(PlannedLine(source, connected, money),),
    )


def unmatched(*, reference: str, provider: str, charge: str, money: Money) -> Plan:
    """A charge arrived that is not what we asked for: it waits in suspense for a person."""
    return Plan(
        kind="unmatched",
        key=f"unmatched:{provider}:{charge}",
        reference=reference,
        lines=(PlannedLine(world(provider), suspense(), money),),
    )


def return_started(*, order: str, provider: str, money: Money) -> Plan:
    """What nobody asked for is on its way back to who sent it."""
    return Plan(
        kind="return_started",
        key=f"return_started:{provider}:{order}",
        reference=order,
        lines=(PlannedLine(suspense(), clearing(provider), money),),
    )


def return_done(*, order: str, provider: str, money: Money) -> Plan:
    """The bank has sent it: it has left us."""
    return Plan(
        kind="return_done",
        key=f"return_done:{provider}:{order}",
        reference=order,
        lines=(PlannedLine(clearing(provider), world(provider), money),),
    )


def return_failed(*, order: str, provider: str, out_of: AccountRef, money: Money) -> Plan:
    """The bank could not, also after it had said sent (it is `out_of` the world then): in suspense again."""
    return Plan(
        kind="return_failed",
        key=f"return_failed:{provider}:{order}",
        reference=order,
        lines=(PlannedLine(out_of, suspense(), money),),
    )


def refund_started(*, refund: str, source: AccountRef, provider: str, lot_id: int, money: Money) -> Plan:
    """On its way back to where it came from: out of `source` and of its lot, not yet confirmed by the provider."""
    return Plan(
        kind="refund_started",
        key=f"refund_started:{refund}",
        reference=refund,
        lines=(PlannedLine(source, clearing(provider), money),),
        uses=(PlannedUse(lot_id, money.amount_minor),),
    )


def refund_done(*, refund: str, provider: str, money: Money) -> Plan:
    """The provider confirmed: it has left us."""
    return Plan(
        kind="refund_done",
        key=f"refund_done:{refund}",
        reference=refund,
        lines=(PlannedLine(clearing(provider), world(provider), money),),
    )


def refund_returned(*, refund: str, out_of: AccountRef, source: AccountRef, lot_id: int, money: Money) -> Plan:
    """The provider refused for good, also after it had said done (it is `out_of` the world then): back to where we had
    it, and into its lot."""
    return Plan(
        kind="refund_returned",
        key=f"refund_returned:{refund}",
        reference=refund,
        lines=(PlannedLine(out_of, source, money),),
        uses=(PlannedUse(lot_id, -money.amount_minor),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a move takes of one lot, and the child lot that it becomes."""

    lot_id: int
    child: str
    provider: str
    charge: str
    money: Money
    charged_at: datetime


def set_aside(
    *, kind: str, key: str, reference: str, source: AccountRef, destination: AccountRef, parts: Sequence[Part]
) -> Plan:
    """A merchant's money into a reserve or a contract, or back: each part keeps its charge and its clock."""
    total = Money(sum(part.money.amount_minor for part in parts), parts[0].money.currency)
    return Plan(
        kind=kind,
        key=key,
        reference=reference,
        lines=(PlannedLine(source, destination, total),),
        uses=tuple(PlannedUse(part.lot_id, part.money.amount_minor) for part in parts),
        lots=tuple(
            PlannedLot(part.child, destination, part.provider, part.charge, part.money, part.charged_at, part.lot_id)
            for part in parts
        ),
    )


def charged_back(
    *,
    chargeback: str,
    round_number: int,
    provider: str,
    shares: Sequence[tuple[AccountRef, Money]],
    uses: Sequence[tuple[int, Money]],
) -> Plan:
    """The payer's bank took a charge back: it has left us, out of wherever the money of that charge stood. What was
    released already is owed by the merchant."""
    return Plan(
        kind="charged_back",
        key=f"charged_back:{chargeback}:{round_number}",
        reference=chargeback,
        lines=tuple(PlannedLine(account, world(provider), money) for account, money in shares),
        uses=tuple(PlannedUse(lot_id, money.amount_minor) for lot_id, money in uses),
    )


def chargeback_fee(*, chargeback: str, number: int, charged: Money, booked: Money, provider: str) -> Plan:
    """What the provider takes for a chargeback: our cost. `booked` of it is in the books already; it may give back.
    `number` is how many lines it has drawn."""
    return _kept("chargeback_fee", chargeback, number, charged - booked, provider)


def provider_fee(*, subject: str, number: int, charged: Money, booked: Money, provider: str) -> Plan:
    """What the provider takes for a payment or a refund, likewise."""
    return _kept("provider_fee", subject, number, charged - booked, provider)


def _kept(kind: str, subject: str, number: int, more: Money, provider: str) -> Plan:
    out, back = (fees(provider), world(provider)), (world(provider), fees(provider))
    source, destination = out if more.amount_minor > 0 else back
    return Plan(
        kind=kind,
        key=f"{kind}:{subject}:{number}",
        reference=subject,
        lines=(PlannedLine(source, destination, Money(abs(more.amount_minor), more.currency)),),
    )


def owed(*, debt: str, receivable: AccountRef, creditor: AccountRef, money: Money) -> Plan:
    """A cost of ours becomes a party's debt."""
    return Plan(kind="owed", key=f"owed:{debt}", reference=debt, lines=(PlannedLine(receivable, creditor, money),))


def debt_settled(
    *, settlement: str, source: AccountRef, receivable: AccountRef, money: Money, uses: Sequence[tuple[int, Money]] = ()
) -> Plan:
    """Out of what the party has with us."""
    return Plan(
        kind="debt_settled",
        key=f"debt_settled:{settlement}",
        reference=settlement,
        lines=(PlannedLine(source, receivable, money),),
        uses=tuple(PlannedUse(lot_id, part.amount_minor) for lot_id, part in uses),
    )


def fee_returned(
    *, returned: str, shares: Sequence[tuple[AccountRef, Money]], wallet: AccountRef, parts: Sequence[Part]
) -> Plan:
    """What the platform had earned by a release, and its VAT, are the merchant's again, as parts of their charges."""
    return Plan(
        kind="fee_returned",
        key=f"fee_returned:{returned}",
        reference=returned,
        lines=tuple(PlannedLine(account, wallet, money) for account, money in shares),
        lots=tuple(
            PlannedLot(part.child, wallet, part.provider, part.charge, part.money, part.charged_at, part.lot_id)
            for part in parts
        ),
    )


def reversal(*, of: Plan, journal_id: int) -> Plan:
    """The opposite of a posted plan: the only way to correct one."""
    return Plan(
        kind=f"reversal_of_{of.kind}",
        key=f"reversal:{of.key}",
        reference=of.reference,
        lines=tuple(PlannedLine(line.destination, line.source, line.money) for line in of.lines),
        uses=tuple(PlannedUse(use.lot_id, -use.amount_minor) for use in of.uses),
        reverses_id=journal_id,
    )
