"""The admin: who comes in, what they see there, and that nobody changes anything but by an action."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Representation
from marketplace.campaigns.models import VTask
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from tests.factories.people import make_member, make_owner
from tests.factories.world import World, represented
from tests.web.conftest import rolled_back

MODELS = {model._meta.label: model for model in admin.site._registry}

# Which of the staff's roles look at what; an agency's leads have two tables of their own.
SEEN_BY = {
    "accounts.User": {"operations", "compliance"},
    "accounts.Party": {"operations", "finance_staff", "compliance"},
    "accounts.LegalEntity": {"compliance"},
    "accounts.Invitation": {"operations"},
    "accounts.Representation": {"operations"},
    "accounts.Consent": {"compliance"},
    "core.Event": {"operations", "finance_staff", "compliance"},
    "core.Delivery": {"operations"},
    "core.Timer": {"operations"},
    "ledger.Journal": {"finance_staff"},
    "ledger.Account": {"finance_staff"},
    "ledger.FundingLot": {"finance_staff"},
    "notifications.OutgoingMail": {"operations"},
    "payments.Funding": {"finance_staff"},
    "payments.Refund": {"finance_staff"},
    "payments.Approval": {"finance_staff"},
    "payments.ProviderCall": {"finance_staff"},
    "payments.Transfer": {"finance_staff"},
    "payments.Payout": {"finance_staff"},
    "payments.PayoutAccount": {"finance_staff"},
    "payments.PayoutGuard": {"finance_staff"},
    "payments.PayoutRun": {"finance_staff"},
    "payments.PayoutRunMember": {"finance_staff"},
    "payments.PayoutPause": {"finance_staff"},
    "payments.InboxEvent": {"finance_staff"},
    "payments.ReconciliationRun": {"finance_staff"},
    "payments.Difference": {"finance_staff"},
    "payments.Chargeback": {"finance_staff"},
    "payments.Debt": {"finance_staff"},
    "payments.TransferReversal": {"finance_staff"},
    "bank_rail.BankLine": {"finance_staff"},
    "bank_rail.Batch": {"finance_staff"},
    "bank_rail.Entry": {"finance_staff"},
    "bank_rail.Order": {"finance_staff"},
    "bank_rail.PayIn": {"finance_staff"},
    "bank_rail.Payee": {"finance_staff"},
    "bank_rail.Upload": {"finance_staff"},
    "documents.Document": {"finance_staff"},
    "documents.FeeReturn": {"finance_staff"},
    "campaigns.VTask": {"operations", "compliance"},
    "campaigns.Application": {"operations"},
    "campaigns.Offer": {"operations"},
    "contracts.Contract": {"operations", "compliance", "agency", "other_agency"},
    "contracts.ExtraRound": {"operations", "compliance"},
    "contracts.Dispute": {"operations"},
    "contracts.ContractTemplate": {"compliance"},
    "verification.Verification": {"compliance"},
    "verification.DocumentView": {"compliance"},
    "compliance.Report": {"compliance"},
    "compliance.Objection": {"compliance"},
    "creators.Channel": {"operations", "compliance"},
    "creators.AgencyAnchor": {"agency", "other_agency"},
    "creators.AgencyRequest": {"agency", "other_agency"},
}
INSIDE = ("operations", "finance_staff", "compliance", "agency", "other_agency")
OUTSIDE = ("owner", "manager", "finance", "viewer", "stranger", "anchor", "agency_viewer", "newcomer")
# Tables with rows in the harbour as it is made; of the others only the empty list is asked for.
EMPTY = {
    "accounts.LegalEntity",
    "accounts.Consent",
    "payments.InboxEvent",
    "payments.PayoutAccount",
    "payments.PayoutGuard",
    "payments.PayoutRun",
    "payments.PayoutRunMember",
    "payments.PayoutPause",
    "payments.ReconciliationRun",
    "payments.Difference",
    "payments.Chargeback",
    "payments.Debt",
    "payments.TransferReversal",
    "bank_rail.BankLine",
    "bank_rail.Batch",
    "bank_rail.Entry",
    "bank_rail.Order",
    "bank_rail.PayIn",
    "bank_rail.Payee",
    "bank_rail.Upload",
    "documents.FeeReturn",
    "verification.DocumentView",
    "compliance.Report",
}


def page(model: type, name: str, *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments)


def with_second_factor(world: World, who: str) -> Client:
    user = world.people[who].user
    TOTP.activate(user, generate_totp_secret())
    return world.client(who)


def pages_of(model: type) -> dict[str, str]:
    row = model._default_manager.order_by("pk").first()
    pages = {"list": page(model, "changelist"), "add": page(model, "add")}
    if row is not None:
        pages |= {"row": page(model, "change", row.pk), "delete": page(model, "delete", row.pk)}
    return pages


def test_every_table_of_the_admin_says_who_sees_it():
    assert set(MODELS) == set(SEEN_BY)


@pytest.mark.parametrize("label", SEEN_BY)
def test_signed_out_everything_leads_to_sign_in(world, label):
    with rolled_back():
        for path in pages_of(MODELS[label]).values():
            for response in (Client().get(path), Client().post(path)):
                assert response.status_code == 302
                assert "/accounts/login/" in response["Location"] or "/admin/login/" in response["Location"]


@pytest.mark.parametrize("who", OUTSIDE)
def test_whoever_has_no_business_there_is_led_to_today(world, who):
    with rolled_back():
        client = with_second_factor(world, who)
        for model in MODELS.values():
            for path in pages_of(model).values():
                first = client.get(path)
                assert first.status_code == 302, path
                assert first["Location"].startswith("/admin/login/"), path
                assert client.get(first["Location"])["Location"] == "/today/"
        assert client.get("/admin/", follow=True).redirect_chain[-1][0] in {"/today/", "/welcome/"}


@pytest.mark.parametrize("who", INSIDE)
def test_without_a_second_factor_the_admin_leads_to_setting_one_up(world, who):
    with rolled_back():
        client = world.client(who)
        for path in ["/admin/", *(page(model, "changelist") for model in MODELS.values())]:
            login = client.get(path)
            assert login["Location"].startswith("/admin/login/")
            assert client.get(login["Location"])["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("who", INSIDE)
def test_with_it_each_sees_the_tables_of_her_role_and_no_others(world, who):
    with rolled_back():
        client = with_second_factor(world, who)
        for label, model in MODELS.items():
            expected = 200 if who in SEEN_BY[label] else 403
            assert client.get(page(model, "changelist")).status_code == expected, label


@pytest.mark.parametrize("who", INSIDE)
def test_nobody_adds_changes_or_deletes_a_row(world, who):
    with rolled_back():
        client = with_second_factor(world, who)
        before = Event.objects.count()
        for label, model in MODELS.items():
            row = model._default_manager.order_by("pk").first()
            assert client.get(page(model, "add")).status_code == 403, label
            assert client.post(page(model, "add"), {}).status_code == 403, label
            if row is not None:
                rows = model._default_manager.count()
                assert client.post(page(model, "change", row.pk), {"name": "x"}).status_code in {302, 403}, label
                assert client.get(page(model, "delete", row.pk)).status_code in {302, 403}, label
                assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code in {302, 403}, label
                again = model._default_manager.get(pk=row.pk)
                for field in model._meta.concrete_fields:
                    assert getattr(again, field.attname) == getattr(row, field.attname), (label, field.name)
                assert model._default_manager.count() == rows
        assert Event.objects.count() == before


@pytest.mark.parametrize("label", sorted(set(SEEN_BY) - EMPTY))
def test_a_row_is_shown_to_those_who_see_its_table_and_refused_to_the_others(world, label):
    model = MODELS[label]
    row = next(iter(admin.site._registry[model].model._default_manager.order_by("pk")))
    for who in INSIDE:
        with rolled_back():
            if label.startswith("creators."):
                continue  # by agency: below
            response = with_second_factor(world, who).get(page(model, "change", row.pk))
            unseen = label == "verification.Verification"  # a draft: nobody's business yet
            foreign = label == "contracts.Contract" and who == "other_agency"  # the table is hers, this row is not
            expected = 302 if unseen or foreign else 200
            assert response.status_code == (expected if who in SEEN_BY[label] else 403), who


@pytest.mark.parametrize("table", [one for one in admin.site._registry.values() if one.exclude])
def test_a_column_that_is_kept_from_the_page_is_not_on_it(table, rf):
    shown = {name for name in table.get_fields(rf.get("/")) if isinstance(name, str)}
    assert shown
    assert shown.isdisjoint(table.exclude)


def test_an_agency_sees_her_own_anchors_and_of_the_others_nothing(world):
    with rolled_back():
        other = make_owner("anchor", "Somebody Elses Anchor")
        foreign = represented(world.people["other_agency"], other, message="not for your eyes")
        own = Representation.objects.get(public_id=world.ids["representation"])
        client = with_second_factor(world, "agency")
        model = MODELS["creators.AgencyAnchor"]
        listed = client.get(page(model, "changelist")).content.decode()
        assert "Xia Wei" in listed
        assert "Somebody Elses Anchor" not in listed
        assert client.get(page(model, "changelist"), {"q": "Somebody"}).content.decode().count("Somebody Elses") == 0
        assert client.get(page(model, "changelist"), {"agency__id__exact": foreign.agency_id}).status_code in {302, 400}
        assert client.get(page(model, "change", own.pk)).status_code == 200
        refused = client.get(page(model, "change", foreign.pk), follow=True)
        assert "not for your eyes" not in refused.content.decode()
        assert refused.redirect_chain[0] == ("/admin/", 302)
        for name in ("history", "delete"):
            assert client.get(page(model, name, foreign.pk)).status_code in {302, 403}


def test_a_manager_of_an_agency_comes_in_and_its_finance_does_not(world):
    with rolled_back():
        agency = world.people["agency"].party
        for role in Role:
            person = make_member(agency, role)
            world.people["somebody"] = person
            client = with_second_factor(world, "somebody")
            expected = 200 if role in {Role.OWNER, Role.MANAGER} else 302
            assert client.get("/admin/").status_code == expected, role


def test_sorting_and_filtering_by_what_the_page_does_not_offer_tells_nothing(world):
    """Looking a secret up letter by letter through the address is refused by Django; it must stay so."""
    with rolled_back():
        client = with_second_factor(world, "operations")
        users = page(MODELS["accounts.User"], "changelist")
        hidden = client.get(users, {"password__startswith": "md5"})
        assert hidden.status_code in {302, 400}
        assert client.get(users, {"e": "1"}).status_code == 200


def test_finance_may_not_replay_through_another_table_and_operations_may_not_replay_at_all(world):
    with rolled_back():
        client = with_second_factor(world, "operations")
        body = {"action": "process_again", "_selected_action": ["1"]}
        assert client.post(page(MODELS["payments.InboxEvent"], "changelist"), body).status_code == 403


def test_who_reviews_a_task_reads_its_products_and_is_led_nowhere(world: World):
    task = VTask.objects.get(public_id=world.ids["in_review"])
    with rolled_back():
        said = with_second_factor(world, "operations").get(page(VTask, "change", task.pk)).content.decode()
    assert "Oolong, 50 g, CNY 268.00" in said
    assert "https://shop.example/oolong" in said
    assert 'href="https://shop.example' not in said


def test_finance_reads_what_the_platform_earned_and_nobody_else(world):
    path = reverse("admin:ledger_revenue")
    with rolled_back():
        work = world.ids["work"]
        world.client("owner").post(reverse("work", args=[work]), {"act": "approve"})
        page = with_second_factor(world, "finance_staff").get(path).content.decode()
        assert f"<td>{balance_of(chart.revenue(), 'CNY')}</td>" in page
        assert "CNY 17.50" in page  # 15.00 of it are 5 % of the 300.00 that the draft released
        assert "What providers cost, CNY" in page
        for who in ("operations", "compliance", "agency"):
            assert with_second_factor(world, who).get(path).status_code == 403
