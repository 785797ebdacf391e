"""What the platform states in a payee's name, month by month: self-billing."""

from datetime import date

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import step
from marketplace.documents.models import Document, DocumentKind
from marketplace.documents.selectors.due import after
from marketplace.documents.selectors.earned import earned_by, kept_of, paid_to, taken_back_from
from marketplace.documents.steps.issuing import Draft, issue


@step
def issue_statement(party: Party, currency: str, month: date, *, by: Actor) -> Document | None:
    """Releases with what her agency took of them, what was taken back or kept, and what went to her bank. None when
    nothing happened in this month, or it is issued already.

    The caller has locked the party.
    """
    cause = f"statement:{party.public_id}:{currency}:{month:%Y-%m}"
    if Document.objects.filter(cause=cause).exists():
        return None
    when = (clock.start_of(month), clock.start_of(after(month)))
    body = {
        "lines": earned_by(party, currency, *when),
        "taken_back": taken_back_from(party, currency, *when),
        "kept": kept_of(party, currency, *when),
        "payouts": paid_to(party, currency, *when),
    }
    if not any(body.values()):
        return None
    earned = sum(line["net_minor"] for line in body["lines"])
    back = sum(line["amount_minor"] for line in body["taken_back"])
    draft = Draft(
        kind=DocumentKind.STATEMENT,
        party=party,
        currency=currency,
        net_minor=earned - back,
        tax_minor=0,
        cause=cause,
        body=body,
        month=month,
    )
    return issue(draft, by=by)
