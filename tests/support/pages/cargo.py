"""A row in every table that the admin shows, as it comes about: money through the bank, papers through compliance."""

import os
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from marketplace.accounts.models import Consent, Party
from marketplace.accounts.services.representations import ask_representation
from marketplace.bank_rail.models import BankLine, Batch, Entry, Order, Payee, PayIn, Upload
from marketplace.bank_rail.sealed import seal, seal_bytes
from marketplace.compliance.services.reports import file_report
from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.core.money import Money
from marketplace.documents.services.fees import give_fee_back
from marketplace.media.models import Asset
from marketplace.payments.models import (
    Chargeback,
    Debt,
    DebtSettlement,
    Difference,
    Evidence,
    Funding,
    InboxEvent,
    PayoutAccount,
    PayoutGuard,
    PayoutPause,
    PayoutRun,
    PayoutRunMember,
    PayoutRunTotal,
    ReconciliationRun,
    Transfer,
    TransferReversal,
)
from marketplace.payments.services.funding import ask_top_up
from marketplace.verification.services.decisions import approve_verification, log_document_view
from marketplace.web.demo.bank import open_page
from tests.db.verification.conftest import submitted
from tests.factories.funded import approved, funded, three_pieces
from tests.factories.people import make_owner, make_staff
from tests.factories.rail import CARD, Said, statement
from tests.factories.templates import begun, edited
from tests.factories.world import World, terms

PATIENCE = 60.0


def load(world: World) -> None:
    money(world)
    papers(world)
    asked = make_owner("anchor", "Gu Ran").party.public_id
    ask_representation(actor=world.people["agency"].actor, other_public_id=asked, terms=terms(), message="Come too.")
    owner = world.people["owner"].user
    Consent.objects.get_or_create(user=owner, document="terms", version="2026-11", language="en")
    complaint(world)
    payee(world.people["anchor"].party)
    books(world)
    runs(world)
    chargeback(world)
    taken_back(world)
    fee_back(world)
    bank_by_hand(world)
    words(world)
    histories(world)
    mails = Path(os.environ["MOORING_VAR"]) / "mail"
    world.ids["mail"] = wait_for("mail", lambda: newest(mails)).name


def money(world: World) -> None:
    """One top-up paid and refunded in part, one that waits at the bank's pay page."""
    from tests.support.traffic import one_round

    actor = world.people["owner"].actor
    one_round(actor, "round-1")
    waiting = ask_top_up(actor=actor, money=Money(420_000, "CNY"), provider="test_bank", key="waiting")
    open_page(waiting.public_id)
    world.ids["checkout"] = wait_for("checkout", lambda: Funding.objects.get(pk=waiting.pk).checkout)
    wait_for("webhook", InboxEvent.objects.exists)


def papers(world: World) -> None:
    """One check approved, whose paper was looked at, and one that waits for compliance."""
    compliance = world.people["compliance"].actor
    approved = submitted(world.people["stranger"])
    paper = approved.documents.get()
    wait_for("checked paper", lambda: Asset.objects.get(pk=paper.asset_id).state == "ready")
    log_document_view(actor=compliance, document_id=paper.public_id)
    approve_verification(actor=compliance, public_id=approved.public_id)
    world.ids["waiting_check"] = submitted(world.people["supplier"]).public_id


def payee(party: Party) -> None:
    """As the bank's answer and a change of who can get at the money leave them."""
    PayoutAccount.objects.get_or_create(
        party=party,
        defaults={"provider": "test_bank", "holder": party.name, "bank_name": "Harbour Bank", "last4": "6217"},
    )
    PayoutAccount.objects.get_or_create(party=party, provider="bank_rail", defaults={"provider_payee": "bpy_1"})
    PayoutGuard.objects.get_or_create(party=party, defaults={"change": PayoutGuard.Change.PAYOUT_ACCOUNT})


def runs(world: World) -> None:
    """A payout run that waits for two people, who else is left out of it, and a pause that is over."""
    finance, party = world.people["finance_staff"], world.people["anchor"].party
    run = PayoutRun.objects.create(
        planned_by=finance.user,
        expires_at=clock.now() + timedelta(hours=72),
        left_out=[{"reason": "too_little", "currency": "CNY", "payees": 2, "transfers": 3, "minor": 1_400}],
    )
    sums = {"run": run, "provider": "test_bank", "currency": "CNY", "amount_minor": 120_000}
    PayoutRunTotal.objects.create(payees=1, payouts=1, transfers=1, **sums)
    PayoutRunMember.objects.create(party=party, parts=[], **sums)
    world.ids["payout_run"] = run.public_id
    for number, reason in enumerate(("The bank told us of a fault.", "It is mended."), 1):
        PayoutPause.objects.create(number=number, paused=number == 1, reason=reason, by=finance.user)


def books(world: World) -> None:
    """A comparison with the bank, as it leaves a charge of somebody else's."""
    run = ReconciliationRun.objects.create(
        provider="test_bank",
        state="differs",
        whole=True,
        cursor_to="1:",
        lines_read=1,
        new_differences=1,
        finished_at=clock.now(),
        totals=[{"kind": "charge", "currency": "CNY", "here": 1, "here_minor": 500, "there": 2, "there_minor": 1_400}],
    )
    difference = Difference.objects.create(
        provider="test_bank",
        cause=Difference.Cause.FOREIGN,
        kind="charge",
        reference="order 77",
        subject="chg_foreign",
        there_minor=900,
        there_currency="CNY",
        fingerprint="0" * 64,
        found_in=run,
        last_in=run,
    )
    world.ids["difference"] = difference.public_id


def chargeback(world: World) -> None:
    """What a payer's bank took back after it had been released, as it is told; it is not decided yet."""
    funding = Funding.objects.filter(state="paid").order_by("id").first()
    made = Chargeback.objects.create(
        party=funding.party,
        funding=funding,
        provider="test_bank",
        provider_chargeback="dp_1",
        charge=funding.charge,
        amount_minor=1_200,
        currency=funding.currency,
        taken_currency=funding.currency,
        reason="product_not_received",
        state="opened",
        due_at=clock.now() + timedelta(days=7),
    )
    Evidence.objects.create(chargeback=made, gathered={"customer_name": funding.party.name}, gathered_at=clock.now())
    owed = Debt.objects.create(
        party=funding.party, why=Debt.Why.CHARGEBACK, chargeback=made, amount_minor=1_200, currency=funding.currency
    )
    DebtSettlement.objects.create(debt=owed, how=DebtSettlement.How.WON, amount_minor=1_200)
    world.ids["chargeback"] = made.public_id


def taken_back(world: World) -> None:
    """What finance decided about a payee; the bank refused it."""
    transfer = Transfer.objects.order_by("id").first()
    TransferReversal.objects.create(
        transfer=transfer,
        party=transfer.party,
        provider=transfer.provider,
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        reason="The film that was handed in is another creator's.",
        decided_by=world.people["finance_staff"].user,
        state="refused",
        failure="transfer_exhausted",
        closed_at=clock.now(),
    )
    world.ids["transfer"] = transfer.public_id


def fee_back(world: World) -> None:
    """What finance gave back of a release; its invoice is not due yet."""
    merchant, anchor, agency = (world.people[who] for who in ("owner", "anchor", "agency"))
    contract = funded(merchant, anchor, agency, deal=three_pieces(fee_minor=100_000))
    approved(merchant, anchor, contract, 1)
    release = contract.releases.get()
    give_fee_back(actor=world.people["finance_staff"].actor, release_id=release.public_id, reason="It was taken down.")
    world.ids["fee_release"] = release.public_id


def bank_by_hand(world: World) -> None:
    """A statement that is only looked at, one that is booked, what it brought, and an order that the bank has."""
    finance, other = world.people["finance_staff"].user, make_staff(StaffRole.FINANCE).user
    given = {"currency": "CNY", "uploaded_by": finance, "kind": Upload.Kind.STATEMENT}
    content = statement([Said(900, "货款", "L9")])
    Upload.objects.create(name="december.csv", sealed_content=seal_bytes(content), sha256="1" * 64, **given)
    booked = Upload.objects.create(
        name="november.csv", sha256="0" * 64, state="booked", booked_by=other, booked_at=clock.now(), **given
    )
    money = {"amount_minor": 420_000, "currency": "CNY"}
    until = clock.now() + timedelta(days=14)
    pay_in = PayIn.objects.create(reference="fnd_1", code="MOOR-1", payer="Chenyu", expires_at=until, **money)
    line = {"upload": booked, "number": 2, "posted_on": until.date(), "name": "Chenyu", "last4": "4567"}
    brought = BankLine.objects.create(identity="L1", memo="货款", sealed_number=seal(CARD), **line, **money)
    payee = Payee.objects.create(reference="pya_1", label="Xia Wei", holder="Xia Wei", bank_name="Bank", last4="0128")
    made = {"made_by": finance, "approved_by": other, "approved_at": clock.now()}
    batch = Batch.objects.create(state="sent", count=1, sealed_file=seal_bytes(b"x"), **made, **money)
    out = {"holder": payee.holder, "bank_name": payee.bank_name, "last4": payee.last4, "sealed_number": seal(CARD)}
    order = Order.objects.create(
        kind="payout", reference="pyo_1", code="MOOR-2", payee=payee, state="batched", batch=batch, **out, **money
    )
    back = {"amount_minor": -420_000, "currency": "CNY", "payee": payee}
    Entry.objects.create(kind="charge", subject=brought.public_id, reference=pay_in.reference, **money)
    Entry.objects.create(kind="transfer", subject="btr_1", reference="trf_1", **back)
    Entry.objects.create(kind="payout", subject=order.public_id, reference=order.reference, **back)
    world.ids["bank_batch"] = batch.public_id


def words(world: World) -> None:
    """A draft of the contract's next version: a clause says something else, and something has to be mended."""
    compliance = world.people["compliance"]
    world.ids["template"] = edited(compliance, begun(compliance), "gift", text_zh="主播获得{{ samples }}。").public_id


def complaint(world: World) -> None:
    report = file_report(
        actor=world.people["supplier"].actor,
        kind="anchor",
        subject_id=world.ids["anchor_party"],
        reason="fake_numbers",
        words="Half of these followers came in one night.",
    )
    world.ids["filed"] = report.public_id


def histories(world: World) -> None:
    """Our admin writes none (events are its history), but the page can show them."""
    user = world.people["operations"].user
    for model in admin.site._registry:
        content = ContentType.objects.get_for_model(model, for_concrete_model=False)
        for row in model._default_manager.order_by("pk")[:5]:
            LogEntry.objects.create(
                user=user, content_type=content, object_id=row.pk, object_repr=str(row)[:200], action_flag=CHANGE
            )


def newest(folder: Path) -> Path | None:
    return max((file for file in folder.glob("*.log") if re.search(rb"\n\n", file.read_bytes())), default=None)


def wait_for(what: str, found: Callable[[], Any]) -> Any:
    """What the worker, the bank or the mail brings in a moment."""
    deadline = time.monotonic() + PATIENCE
    while not (thing := found()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"no {what} after {PATIENCE:.0f} s")
        time.sleep(0.2)
    return thing
