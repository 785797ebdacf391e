"""What the platform knows about a deal, as texts for a payer's bank: agreed, handed in, approved, published, said.

In English, whatever the reader's language: the provider forwards it as it is. Times are UTC.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from marketplace.contracts.models import Contract, Deliverable, Remark
from marketplace.contracts.selectors.disputes import latest_words
from marketplace.core.access_log import accesses
from marketplace.core.models import Event
from marketplace.payments.evidence import Text, joined

LOGGED_AT_MOST = 200


def evidence_of(contracts: Iterable[Contract]) -> dict[str, str]:
    """By the names of `payments/evidence.py`; empty for money that no contract ever held."""
    found = list(contracts)
    if not found:
        return {}
    addresses = [address for one in found if (address := _address(one))]
    return {
        Text.PRODUCT: joined(*(_product(one) for one in found)),
        Text.SERVICE_DATE: ", ".join(date for one in found for date in _dates(one)),
        Text.CUSTOMER_IP: addresses[0] if addresses else "",
        Text.ACCESS_LOG: joined(*(_log(one) for one in found)),
        Text.CANCELLATION: joined(*(_ending(one) for one in found)),
        Text.REFUND_POLICY: joined(*(_releasing(one) for one in found)),
        Text.ALL_ELSE: joined(*(_story(one) for one in found)),
    }


def said(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "–"


def _product(contract: Contract) -> str:
    pieces = "; ".join(f"{one.get_kind_display()} “{one.title}”, due {one.due_on}" for one in _work(contract))
    return (
        f"Contract {contract.number}: sponsored content, “{contract.title}”, by {contract.anchor.name} for"
        f" {contract.merchant.name}. Owed: {pieces}."
    )


def _dates(contract: Contract) -> list[str]:
    return [f"{one.published_at:%Y-%m-%d}" for one in _work(contract) if one.published_at]


def _address(contract: Contract) -> str:
    """Where the merchant signed from."""
    signed = contract.signatures.filter(capacity="merchant").first()
    return signed.address or "" if signed else ""


def _ending(contract: Contract) -> str:
    kill_fee = contract.deal.kill_fee_bp
    rates = ", ".join(f"{stage.replace('_', ' ')} {rate / 100:g} %" for stage, rate in kill_fee.items())
    return (
        f"Contract {contract.number}: the merchant saw, before signing, what it costs to end it early, of what is not"
        f" yet released: {rates}."
    )


def _releasing(contract: Contract) -> str:
    lines = [
        f"{one.title}: {one.releases} when {'verified' if one.is_public else 'approved'}" for one in _work(contract)
    ]
    return f"Contract {contract.number}: paid in advance, released piece by piece as signed. " + "; ".join(lines) + "."


def _log(contract: Contract) -> str:
    """What the merchant's people did here and what they were shown, each signed in; the latest of it."""
    lines = sorted([*_acts(contract), *_looks(contract)])[-LOGGED_AT_MOST:]
    return "\n".join(f"{said(at)} {line}" for at, line in lines)


def _acts(contract: Contract) -> Iterator[tuple[datetime, str]]:
    named = [contract.public_id, *(one.public_id for one in _work(contract))]
    mine = Event.objects.filter(Q(aggregate__in=named), party=contract.merchant_id, actor__isnull=False)
    for one in mine.select_related("actor").order_by("-id")[:LOGGED_AT_MOST]:
        yield one.at, f"{one.actor.name}: {one.name} ({one.source})"


def _looks(contract: Contract) -> Iterator[tuple[datetime, str]]:
    """Once a day for each person and thing, as the log is kept."""
    shown = {}
    for work in _work(contract):
        for submission in work.submissions.all():
            version = f"version {submission.number} of “{work.title}”"
            shown |= {submission.public_id: version} | dict.fromkeys(submission.files, f"a file of {version}")
    for one in accesses(shown, party_id=contract.merchant_id).select_related("viewer").reverse()[:LOGGED_AT_MOST]:
        where = one.address or "an unknown address"
        yield one.at, f"{one.viewer.name}: was shown {shown[one.subject]} ({one.source}, from {where})"


def _story(contract: Contract) -> str:
    return joined(
        f"Contract {contract.number}\nTerms, SHA-256: {contract.terms_sha256}",
        "\n".join(
            f"Signed as {one.capacity} by {one.name}, {said(one.signed_at)}, from {one.address or 'an unknown address'}"
            f", proved by {one.method}; document SHA-256 {one.document_sha256}"
            for one in contract.signatures.order_by("signed_at")
        ),
        *(_piece(one) for one in _work(contract)),
        "\n".join(_remarks(contract)),
        "\n".join(_messages(contract)),
    )


def _piece(one: Deliverable) -> str:
    lines = [f"{one.get_kind_display()} “{one.title}”, due {one.due_on}: {one.state}"]
    for submission in one.submissions.order_by("number"):
        files = f", {len(submission.files)} files" if submission.files else ""
        lines.append(f"- handed in {said(submission.at)}{files} {submission.link}".rstrip())
        if submission.asked:
            lines.append(f"- merchant asked for changes {said(submission.asked_at)}: {submission.asked}")
    if one.approved_at:
        lines.append(f"- approved {said(one.approved_at)} by {_who(one.approved_by_clock)}")
    if one.published_at:
        lines.append(f"- published {said(one.published_at)} {one.link or one.order_id}".rstrip())
    if one.link_seen_at:
        lines.append(f"- seen there by us {said(one.link_seen_at)}")
    if one.verified_at:
        lines.append(f"- verified {said(one.verified_at)} by {_who(one.verified_by_clock)}")
    return "\n".join(lines)


def _who(by_clock: bool) -> str:
    return "the agreed clock" if by_clock else "the merchant"


def _remarks(contract: Contract) -> list[str]:
    found = Remark.objects.filter(submission__deliverable__contract=contract).select_related("party").order_by("id")
    return [f"{said(one.at)} {one.party.name}: {one.text}" for one in found]


def _messages(contract: Contract) -> list[str]:
    """What the sides wrote to each other; the latest of it."""
    return [
        f"{said(one.message.at)} {one.message.by.name}, {one.message.party.name}, wrote: {one.words}"
        for one in latest_words(contract)
    ]


def _work(contract: Contract) -> list[Deliverable]:
    work = sorted(contract.deliverables.all(), key=lambda one: one.place)
    for one in work:
        one.contract = contract
    return work
