"""The report's pages and the desk where it is decided."""

from django.test import Client
from django.urls import reverse

from marketplace.chat.models import Message
from marketplace.compliance.models import Report
from tests.web.conftest import rolled_back
from tests.web.test_admin import with_second_factor


def path(world) -> str:
    return reverse("report", args=["anchor", world.ids["anchor_party"]])


def test_a_report_is_sent_thanked_for_and_answered(world):
    with rolled_back():
        client = world.client("stranger")
        assert "What is wrong with Xia Wei?" in client.get(path(world)).content.decode()
        assert client.post(path(world), {"reason": "other", "words": " "}).status_code == 422
        sent = client.post(path(world), {"reason": "fake_numbers", "words": "Bought."})
        report = Report.objects.get()
        assert sent["Location"] == f"/reports/{report.public_id}/"
        assert "Thank you. We look at it." in client.get(sent["Location"]).content.decode()
        assert client.post(path(world), {"reason": "fraud"}).status_code == 409
        assert world.client("owner").get(sent["Location"]).status_code == 404

        desk = with_second_factor(world, "compliance")
        decide = reverse("admin:compliance_report_decide", args=[report.public_id, "act"])
        row = reverse("admin:compliance_report_change", args=[report.pk])
        assert decide in desk.get(row).content.decode()
        assert desk.get(decide).status_code == 200
        assert desk.post(decide, {"decision": ""}).status_code == 422
        assert desk.post(decide, {"decision": "The figures were taken away."}).status_code == 302
        page = client.get(sent["Location"]).content.decode()
        assert "We looked, and acted" in page
        assert "The figures were taken away." in page


def test_the_desk_reads_a_message_and_has_no_link_to_where_it_may_not_go(world):
    with rolled_back():
        message = Message.objects.get(conversation__public_id=world.ids["talk"], party=world.people["anchor"].party)
        client = world.client("owner")
        client.post(reverse("report", args=["message", message.public_id]), {"reason": "fraud"})
        report = Report.objects.get()
        assert report.url in client.get(f"/reports/{report.public_id}/").content.decode()
        desk = with_second_factor(world, "compliance")
        page = desk.get(reverse("admin:compliance_report_change", args=[report.pk])).content.decode()
        assert message.text in page
        assert f'href="{report.url}"' not in page


def test_other_staff_do_not_decide(world):
    with rolled_back():
        world.client("stranger").post(path(world), {"reason": "fraud"})
        report = Report.objects.get()
        decide = reverse("admin:compliance_report_decide", args=[report.public_id, "act"])
        for who in ("operations", "finance_staff", "agency"):
            assert with_second_factor(world, who).post(decide, {"decision": "x"}).status_code == 403, who
        report.refresh_from_db()
        assert report.state == "reported"


def test_pages_of_others_have_the_quiet_link_and_ones_own_has_not(world):
    with rolled_back():
        page = reverse("anchor", args=[world.ids["anchor_party"]])
        assert path(world) in Client().get(page).content.decode()
        assert path(world) not in world.client("anchor").get(page).content.decode()
