"""The bank's desk in the admin: what finance reads and does there."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.bank_rail.models import BankLine, Batch, Order, Payee, Upload
from marketplace.bank_rail.services.orders import order_refund
from marketplace.bank_rail.services.pay_ins import open_pay_in
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.money import Money
from tests.factories.people import make_staff
from tests.factories.rail import CARD, Desk, Said, confirmation, statement
from tests.factories.world import BACKEND, World, give_password_now
from tests.support.pages.cargo import bank_by_hand
from tests.web.conftest import rolled_back
from tests.web.test_admin import OUTSIDE, with_second_factor

SYSTEM = Actor.system("test")
STATEMENT = reverse("admin:bank_rail_upload_statement")
ACTS = {
    "upload": ("book", "discard"),
    "batch": ("approve", "cancel", "file"),
    "bankline": ("assign", "send_back", "approve", "decline"),
}


def act(table: str, name: str, public_id: str) -> str:
    return reverse(f"admin:bank_rail_{table}_{name}", args=[public_id])


def page_of(client: Client, one) -> str:
    return client.get(reverse(f"admin:bank_rail_{one._meta.model_name}_change", args=[one.pk])).content.decode()


def give(client: Client, address: str, content: bytes, name: str = "november.csv", **more: str):
    return client.post(address, {"file": SimpleUploadedFile(name, content)} | more, follow=True)


def colleague(world: World) -> Desk:
    """Somebody else of finance made it; the one who is signed in decides."""
    return Desk(make_staff(StaffRole.FINANCE), world.people["finance_staff"])


def other_of_finance() -> Client:
    person, client = make_staff(StaffRole.FINANCE), Client(headers={"accept-language": "en"})
    TOTP.activate(person.user, generate_totp_secret())
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client


def test_a_statement_is_shown_first_and_booked_by_another(world):
    with rolled_back():
        client, other = with_second_factor(world, "finance_staff"), other_of_finance()
        pay_in = open_pay_in(actor=SYSTEM, reference="fnd_1", money=Money(420_000, "CNY"), payer="Chenyu Tea")
        content = statement(
            [Said(420_000, pay_in.code, "A"), Said(4_200, "<b>货款</b>", "B"), Said(-50, "手续费", "C")]
        )
        shown = give(client, STATEMENT, content, currency="CNY").content.decode()
        for text in (
            "Nothing of it is booked yet.",
            "paid as asked for",
            "nobody asked for it: to suspense",
            "left us, and nobody had ordered it",
            "Balance before CNY 0.00, lines CNY 4,241.50, balance after CNY 4,241.50.",
            "&lt;b&gt;货款",
        ):
            assert text in shown, text
        assert not BankLine.objects.exists()
        again = give(client, STATEMENT, content, currency="CNY")
        assert again.status_code == 422
        assert "uploaded before: november.csv" in again.content.decode()
        upload = Upload.objects.get()
        assert client.get(act("upload", "book", upload.public_id)).status_code == 405
        assert "You uploaded it; somebody else of finance books it." in page_of(client, upload)
        mine = client.post(act("upload", "book", upload.public_id), follow=True).content.decode()
        assert "You began this yourself; somebody else of finance decides it." in mine
        assert not BankLine.objects.exists()
        assert "Book it" in page_of(other, upload)
        assert "Booked." in other.post(act("upload", "book", upload.public_id), follow=True).content.decode()
        assert sorted(BankLine.objects.values_list("state", flat=True)) == ["matched", "unmatched", "unmatched"]
        assert "Somebody was quicker" not in page_of(client, BankLine.objects.first())
        again = client.post(act("upload", "book", upload.public_id), follow=True).content.decode()
        assert "This is not possible any more" in again
        assert "nobody had ordered it: a fee of the bank" in page_of(client, BankLine.objects.get(amount_minor=-50))


def test_every_row_has_a_page_and_no_page_a_number(world):
    with rolled_back():
        bank_by_hand(world)
        client = with_second_factor(world, "finance_staff")
        for table in apps.get_app_config("bank_rail").get_models():
            if admin.site.is_registered(table):
                assert "CNY" in page_of(client, table.objects.latest("pk")) or table is Payee
                page = client.get(reverse(f"admin:bank_rail_{table._meta.model_name}_changelist")).content.decode()
                assert CARD not in page_of(client, table.objects.latest("pk")) + page
        assert (
            client.get(reverse("admin:bank_rail_upload_confirmation", args=[world.ids["bank_batch"]])).status_code
            == 200
        )


def test_a_wrong_file_is_refused_in_words(world):
    with rolled_back():
        client = with_second_factor(world, "finance_staff")
        for content, says in (
            (b"", "The file is empty."),
            (b"\x00PK", "export it as CSV"),
            ("日期,金额\n2026-11-02,五\n".encode(), "Row 2, 金额: this is not an amount of this currency."),
        ):
            refused = give(client, STATEMENT, content, currency="CNY")
            assert refused.status_code == 422
            assert says in refused.content.decode(), says
        assert not Upload.objects.exists()


def test_a_line_of_nobodys_is_proposed_by_one_and_decided_by_another(world):
    with rolled_back():
        client, desk = with_second_factor(world, "finance_staff"), colleague(world)
        desk.says((4_200, "货款"))
        line = BankLine.objects.get()
        page = page_of(client, line)
        assert "Propose it" in page
        assert "Propose to send it back" in page
        wrong = client.post(act("bankline", "assign", line.public_id), {"code": "MOOR"}, follow=True).content.decode()
        assert "No transfer of exactly this amount" in wrong
        client.post(act("bankline", "send_back", line.public_id))
        assert "Take it back" in page_of(client, line)
        mine = client.post(act("bankline", "approve", line.public_id), follow=True).content.decode()
        assert "somebody else of finance decides it" in mine
        client.post(act("bankline", "decline", line.public_id))
        desk.sent_back(line)  # her colleague proposes, and the one who is signed in approves
        assert Order.objects.get().kind == "return"


def test_a_batch_is_approved_by_another_downloaded_and_answered(world):
    with rolled_back():
        client, desk = with_second_factor(world, "finance_staff"), colleague(world)
        desk.says((4_200, "货款"))
        line = BankLine.objects.get()
        order_refund(actor=SYSTEM, charge=line.public_id, money=line.money, reference="rfd_1")
        batches = reverse("admin:bank_rail_batch_changelist")
        assert "1 order waits, CNY 42.00." in client.get(batches).content.decode()
        client.post(reverse("admin:bank_rail_batch_draft", args=["CNY"]))
        mine = Batch.objects.get()
        assert "somebody else of finance approves it" in page_of(client, mine)
        client.post(act("batch", "cancel", mine.public_id))
        theirs = desk._draft()
        assert "Approve the batch" in page_of(client, theirs)
        client.post(act("batch", "approve", theirs.public_id))
        file = client.post(act("batch", "file", theirs.public_id))
        assert "attachment" in file["Content-Disposition"]
        assert Order.objects.get().code in file.content.decode()
        answers = reverse("admin:bank_rail_upload_confirmation", args=[theirs.public_id])
        shown = give(client, answers, confirmation([(Order.objects.get(), "失败", "户名不符")])).content.decode()
        assert "failed: 户名不符" in shown
        answered = act("upload", "book", Upload.objects.get(kind="confirmation").public_id)
        client.post(answered)
        assert Order.objects.get().state == "batched"
        other_of_finance().post(answered)
        assert Order.objects.get().state == "failed"


@pytest.mark.parametrize("who", [*OUTSIDE, "operations", "compliance"])
def test_nobody_else_works_here(world, who):
    with rolled_back():
        desk = colleague(world)
        desk.says((4_200, "货款"))
        ids = {"bankline": BankLine.objects.get().public_id, "upload": Upload.objects.get().public_id, "batch": "bbt_1"}
        client = with_second_factor(world, who)
        for table, names in ACTS.items():
            for name in names:
                assert client.post(act(table, name, ids[table])).status_code in (302, 403, 404), (table, name)
        assert client.get(STATEMENT).status_code in (302, 403)
        assert BankLine.objects.get().state == "unmatched"
        assert not client.get(STATEMENT).content.count(b'type="file"')
