"""What a provider keeps for itself: the platform's cost."""

from marketplace.core.money import Money
from marketplace.core.tx import step
from marketplace.ledger import plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import Fee
from marketplace.payments.models import Funding, Refund


@step
def book_fee(subject: Funding | Refund, fee: Fee | None) -> None:
    """Bring the books to what it keeps of this payment or refund by now. What it does not say, or said before, changes
    nothing. The caller has locked the subject."""
    if fee is None or fee.lines <= subject.fee_lines:
        return
    booked = Money(subject.fee_minor, fee.money.currency)
    if fee.money != booked:
        plan = plans.provider_fee(
            subject=subject.public_id,
            number=fee.lines,
            charged=fee.money,
            booked=booked,
            provider=subject.provider,
        )
        post(plan)
    subject.fee_minor, subject.fee_currency = fee.money.amount_minor, fee.money.currency
    subject.fee_lines = fee.lines
    subject.save(update_fields=["fee_minor", "fee_currency", "fee_lines"])
