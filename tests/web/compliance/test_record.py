"""The record on everybody's pages, where its figures come from, objecting to one, and the desk that decides."""

from django.test import Client
from django.urls import reverse

from marketplace.campaigns.services.choosing import decline_candidate
from marketplace.compliance.models import Objection
from marketplace.core.actor import StaffRole
from marketplace.reliability.models import Strike
from tests.factories.people import make_staff
from tests.factories.tasks import applied, make_anchor, open_task
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back
from tests.web.test_admin import with_second_factor

WORDS = "The bank had a holiday, and nobody could transfer."


def text(client: Client, name: str, *arguments: str) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def objecting(world) -> str:
    return reverse("object", args=["merchant_payment", world.ids["running"]])


def test_profiles_and_tasks_show_the_record_with_its_basis_and_its_rules(world):
    with rolled_back():
        task = open_task(world.people["owner"], seats=9)
        early, late = (applied(make_anchor(name), task).public_id for name in ("A", "B"))
        decline_candidate(actor=world.people["owner"].actor, public_id=early)  # and an offer that was accepted
        anonymous = Client(headers={"accept-language": "en"})
        assert "too few to say (2 of 3)" in text(anonymous, "task", task.public_id)
        decline_candidate(actor=world.people["owner"].actor, public_id=late)
        for name, known in (("brand", "brand_party"), ("task", "v_task")):
            page = text(anonymous, name, world.ids[known])
            assert "Reliability record" in page
            assert "median of 3 applications, last 180 days" in page
            assert "From the application to the first offer or no" in page
            assert "less than an hour" in page
            assert "Where my figures come from" not in page
        for name, known in (("anchor", "anchor_party"), ("agency", "agency_party")):
            page = text(anonymous, name, world.ids[known])
            assert "Work handed in on time" in page
            assert "pieces due, last 180 days" in page
            assert 'class="sum__bar"' in page or "too few to say" in page
        assert "Where my figures come from" in text(world.client("owner"), "brand", world.ids["brand_party"])


def test_each_figure_leads_to_what_it_is_counted_from(world):
    with rolled_back():
        owner = world.client("owner")
        page = text(owner, "record")
        assert reverse("observations", args=["merchant_payment"]) in page
        assert reverse("observations", args=["anchor_work"]) not in page
        page = text(owner, "observations", "merchant_payment")
        for said in ("Xia Wei", reverse("contract", args=[world.ids["running"]]), objecting(world)):
            assert said in page
        assert reverse("objection", args=[world.ids["objection"]]) in page
        assert "Rejected: it counts" in page
        assert objecting(world) not in text(world.client("viewer"), "observations", "merchant_payment")
        assert "Nothing was observed" in text(world.client("owner"), "observations", "merchant_dispute")
        assert "Work handed in" in text(world.client("agency"), "record")
        assert owner.get(reverse("object", args=["merchant_payment", world.ids["reviewed"]])).status_code == 302


def test_a_page_of_observations_costs_the_same_however_many_there_are(world, django_assert_num_queries):
    with rolled_back():
        owner, path = world.client("owner"), reverse("observations", args=["merchant_decision"])
        owner.get(path)
        task = open_task(world.people["owner"], seats=9)
        for count in (1, 3):
            for number in range(count):
                application = applied(make_anchor(f"Anchor {count} {number}"), task)
                decline_candidate(actor=world.people["owner"].actor, public_id=application.public_id)
            with django_assert_num_queries(12):
                assert owner.get(path).status_code == 200


def test_an_objection_is_sent_upheld_and_struck_and_the_other_side_sees_nothing(world):
    with rolled_back():
        owner, anchor = world.client("owner"), world.client("anchor")
        assert "Why should" in owner.get(objecting(world)).content.decode()
        assert owner.post(objecting(world), {"words": "Ill."}).status_code == 422
        sent = owner.post(objecting(world), {"words": WORDS})
        objection = Objection.objects.latest("pk")
        assert sent["Location"] == reverse("objection", args=[objection.public_id])
        assert "With compliance" in owner.get(sent["Location"]).content.decode()
        assert owner.post(objecting(world), {"words": WORDS}).status_code == 409
        assert anchor.get(sent["Location"]).status_code == 404
        assert world.client("compliance").get(sent["Location"]).status_code == 302  # they have the desk

        desk = with_second_factor(world, "compliance")
        row = desk.get(reverse("admin:compliance_objection_change", args=[objection.pk])).content.decode()
        uphold = reverse("admin:compliance_objection_decide", args=[objection.public_id, "uphold"])
        for said in (uphold, WORDS, "Xia Wei", world.ids["running"], "Pays a signed contract in"):
            assert said in row, said
        contracts = reverse("admin:contracts_contract_changelist")
        assert f"{contracts}?q={world.ids['running']}" in row
        assert desk.get(contracts, {"q": world.ids["running"]}).status_code == 200
        assert desk.get(uphold).status_code == 200
        assert desk.post(uphold, {"reasons": ""}).status_code == 422
        assert desk.post(uphold, {"reasons": "The bank confirmed it."}).status_code == 302
        relay_all()
        page = owner.get(sent["Location"]).content.decode()
        assert "Upheld: struck out" in page
        assert "The bank confirmed it." in page
        assert Strike.objects.get().subject == world.ids["running"]
        assert "struck out, not counted" in text(owner, "observations", "merchant_payment")
        assert "The bank confirmed it." in text(owner, "feed")
        assert "The bank confirmed it." not in text(anchor, "feed")


def test_an_appeal_is_settled_by_somebody_else(world):
    with rolled_back():
        owner, path = world.client("owner"), reverse("objection", args=[world.ids["objection"]])
        assert "Cards were accepted." in owner.get(path).content.decode()
        assert 'id="appeal"' in owner.get(path).content.decode()
        assert 'id="appeal"' not in world.client("viewer").get(path).content.decode()
        assert owner.post(path, {"words": "No."}).status_code == 422
        assert owner.post(path, {"words": WORDS}).status_code == 302
        assert owner.post(path, {"words": WORDS}).status_code == 409
        objection = Objection.objects.get(public_id=world.ids["objection"])
        confirm = reverse("admin:compliance_objection_decide", args=[objection.public_id, "confirm"])
        change = reverse("admin:compliance_objection_change", args=[objection.pk])
        desk = with_second_factor(world, "compliance")
        assert "You rejected this objection" in desk.get(change).content.decode()
        desk.post(confirm, {"reasons": "It stays."})
        assert Objection.objects.get(pk=objection.pk).state == "appealed"
        world.people["other_compliance"] = make_staff(StaffRole.COMPLIANCE)
        other = with_second_factor(world, "other_compliance")
        assert confirm in other.get(change).content.decode()
        other.post(confirm, {"reasons": "Others paid by card that week."})
        page = owner.get(path).content.decode()
        assert "Rejected on appeal: it counts" in page
        assert "Others paid by card that week." in page


def test_other_staff_do_not_decide_and_there_are_four_answers(world):
    with rolled_back():
        decide = reverse("admin:compliance_objection_decide", args=[world.ids["objection"], "overturn"])
        for who in ("operations", "finance_staff", "agency"):
            assert with_second_factor(world, who).post(decide, {"reasons": "x"}).status_code == 403, who
        desk = with_second_factor(world, "compliance")
        nonsense = reverse("admin:compliance_objection_decide", args=[world.ids["objection"], "forget"])
        assert desk.post(nonsense, {"reasons": "x"}).status_code == 403
        desk.post(decide, {"reasons": "x"})  # nobody has appealed
        assert Objection.objects.get(public_id=world.ids["objection"]).state == "rejected"
