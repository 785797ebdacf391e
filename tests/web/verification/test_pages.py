"""The owner's pages and the desk of compliance."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.core.actor import Role, StaffRole
from marketplace.verification.models import DocumentView, Verification
from tests.db.verification.conftest import COMPANY, anchor, born, compliance, draft, merchant, submitted
from tests.factories.people import make_member, make_owner, make_staff
from tests.factories.pictures import HEIC, pdf, picture
from tests.support.relay import relay_all
from tests.web.media.conftest import plain_static, signed_in, storage
from tests.web.media.test_pictures import fetch

__all__ = ["anchor", "compliance", "merchant", "plain_static", "storage"]

FORM = "/settings/verification/merchant/"
OWN_PAGES = ["/settings/verification/", FORM]
OWN_POSTS = [FORM, f"{FORM}withdraw/", f"{FORM}revise/", f"{FORM}papers/vdc_x/remove/"]


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_REQUIRE_MFA = False


def upload(data: bytes, name: str = "licence.jpg", mime: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, mime)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_the_pages_are_for_owners(merchant, role):
    client = signed_in(make_member(merchant.party, role))
    assert {client.get(page).status_code for page in OWN_PAGES} == {403}
    assert {client.post(page).status_code for page in OWN_POSTS} == {403}
    assert not Verification.objects.exists()


def test_signed_out_they_lead_to_sign_in(merchant):
    for page in OWN_PAGES:
        assert Client().get(page)["Location"].startswith("/accounts/login/")
    for page in OWN_POSTS:
        assert Client().post(page)["Location"].startswith("/accounts/login/")


def test_a_kind_that_is_not_asked_of_this_party_is_not_there(merchant):
    client = signed_in(merchant)
    assert client.get("/settings/verification/anchor/").status_code == 404
    assert client.post("/settings/verification/payee/", {"save": "1"}).status_code == 404
    assert client.get("/settings/verification/nonsense/").status_code == 404
    assert client.post(f"{FORM}withdraw/").status_code == 404


def test_it_is_left_resumed_and_handed_in(merchant):
    client = signed_in(merchant)
    page = client.get("/settings/verification/").content.decode()
    assert "Not begun" in page
    assert "Registration number" in page
    assert client.post(FORM, {"legal_name": "Chenyu Tea Ltd", "save": "1"}).status_code == 302
    assert 'value="Chenyu Tea Ltd"' in client.get(FORM).content.decode()
    answer = client.post(FORM, {"legal_name": "Chenyu Tea Ltd", "country": "CN", "submit": "1"})
    assert answer.status_code == 422
    assert answer.content.decode().count("This is still missing.") == 6  # three fields, each said above and beside it
    assert 'value="Chenyu Tea Ltd"' in answer.content.decode()
    answer = client.post(FORM, COMPANY | {"registration": upload(picture()), "submit": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/verification/")
    assert Verification.objects.get().state == "submitted"
    assert "With us" in client.get("/settings/verification/").content.decode()
    page = client.get(FORM).content.decode()
    assert "Take it back" in page
    assert "Hand it in" not in page
    assert client.post(f"{FORM}withdraw/").status_code == 302
    assert Verification.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload(HEIC, "a.heic", "image/heic"), "On an iPhone choose"),
        (upload(b"", "a.pdf", "application/pdf"), "This file is empty."),
        (upload(b"<html>", "a.pdf", "application/pdf"), "neither a PDF nor a JPEG"),
        (upload(pdf(b"/Encrypt"), "a.pdf", "application/pdf"), "asks for a password"),
    ],
)
def test_a_refused_paper_says_why_and_costs_no_answer(merchant, file, sentence):
    file.seek(0)
    answer = signed_in(merchant).post(FORM, COMPANY | {"registration": file, "submit": "1"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="91310000"' in answer.content.decode()
    assert not Verification.objects.exists()


def test_too_young_is_said_at_the_date(anchor):
    values = {"legal_name": "Xia Wei", "birth_on": born(15).isoformat(), "submit": "1"}
    answer = signed_in(anchor).post("/settings/verification/anchor/", values)
    assert answer.status_code == 422
    assert "Anchors are at least 16 years old." in answer.content.decode()
    assert Verification.objects.get().state == "draft"


def test_a_paper_is_named_and_dated_and_its_bytes_are_nowhere(merchant):
    client = signed_in(merchant)
    document = draft(merchant).documents.get()
    relay_all()
    page = client.get(FORM).content.decode()
    assert "Business licence or extract from the register" in page
    assert document.asset.public_id not in page
    assert client.get(f"/media/{document.asset.public_id}/2000.webp").status_code == 404
    assert client.get(f"/admin/verification/verification/papers/{document.public_id}/").status_code == 302
    assert client.post(f"{FORM}papers/{document.public_id}/remove/").status_code == 302
    assert document.public_id not in client.get(FORM).content.decode()


def test_a_stranger_cannot_touch_it(merchant):
    document = draft(merchant).documents.get()
    stranger = signed_in(make_owner(name="Other"))
    assert stranger.post(f"{FORM}papers/{document.public_id}/remove/").status_code == 404
    assert stranger.post(f"{FORM}withdraw/").status_code == 404
    document.refresh_from_db()
    assert document.erased_at is None


DESK = "/admin/verification/verification/"


def test_compliance_reads_decides_and_is_written_down(merchant, compliance):
    verification = submitted(merchant)
    relay_all()
    document = verification.documents.get()
    client = signed_in(compliance)
    assert "Chenyu Tea" in client.get(DESK).content.decode()
    page = client.get(f"{DESK}{verification.pk}/change/").content.decode()
    assert f"{DESK}papers/{document.public_id}/" in page
    assert not DocumentView.objects.exists()
    paper = fetch(client, f"{DESK}papers/{document.public_id}/")
    assert paper["Content-Type"] == "image/webp"
    assert "private, no-store" in paper["Cache-Control"]
    assert paper["X-Content-Type-Options"] == "nosniff"
    assert paper["Content-Security-Policy"] == "default-src 'none'; sandbox"
    view = DocumentView.objects.get()
    assert (view.viewer, view.document, view.request_id) == (compliance.user, document, paper["X-Request-Id"])
    assert client.post(f"{DESK}{verification.public_id}/approve/").status_code == 302
    verification.refresh_from_db()
    assert (verification.state, verification.decided_by) == ("approved", compliance.user)


def test_an_approval_says_first_what_it_will_do_and_which_papers_nobody_has_opened(merchant, compliance):
    verification = submitted(merchant)
    relay_all()
    client = signed_in(compliance)
    address = f"{DESK}{verification.public_id}/approve/"
    assert address in client.get(f"{DESK}{verification.pk}/change/").content.decode()
    page = client.get(address).content.decode()
    for said in ("You have not opened every paper.", "Chenyu Tea Ltd", "91310000", "erased after 90 days"):
        assert said in page
    verification.refresh_from_db()
    assert verification.state == "submitted"
    fetch(client, f"{DESK}papers/{verification.documents.get().public_id}/")
    assert "You have not opened every paper." not in client.get(address).content.decode()
    client.post(address)
    assert client.get(address).status_code == 404
    assert client.put(address).status_code == 405


def test_the_look_is_written_down_even_when_the_bytes_are_gone(merchant, compliance, storage):
    verification = submitted(merchant)
    relay_all()
    for file in storage.rglob("*.webp"):
        file.unlink()
    document = verification.documents.get()
    assert signed_in(compliance).get(f"{DESK}papers/{document.public_id}/").status_code == 404
    assert DocumentView.objects.count() == 1


def test_a_rejection_asks_why(merchant, compliance):
    verification = submitted(merchant)
    client = signed_in(compliance)
    address = f"{DESK}{verification.public_id}/reject/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "other", "words": " "}).status_code == 422
    assert client.post(address, {"reason": "made_up", "words": "x"}).status_code == 422
    verification.refresh_from_db()
    assert verification.state == "submitted"
    assert client.post(address, {"reason": "other", "words": "The seal is missing."}).status_code == 302
    page = signed_in(merchant).get(FORM).content.decode()
    assert "The seal is missing." in page
    assert "Change it" in page


def test_nothing_is_added_changed_or_deleted_at_the_desk(merchant, compliance):
    verification = submitted(merchant)
    client = signed_in(compliance)
    assert client.get(f"{DESK}add/").status_code == 403
    assert client.post(f"{DESK}{verification.pk}/change/", {"state": "approved"}).status_code == 403
    assert client.post(f"{DESK}{verification.pk}/delete/", {"post": "yes"}).status_code == 403
    verification.refresh_from_db()
    assert verification.state == "submitted"


@pytest.mark.parametrize("role", [StaffRole.OPERATIONS, StaffRole.FINANCE])
def test_other_staff_find_no_desk(merchant, role):
    verification = submitted(merchant)
    relay_all()
    document = verification.documents.get()
    client = signed_in(make_staff(role))
    assert client.get(DESK).status_code == 403
    assert client.get(f"{DESK}{verification.pk}/change/").status_code == 403
    for address in (f"{verification.public_id}/approve/", f"{verification.public_id}/reject/"):
        assert client.post(f"{DESK}{address}", {"reason": "name"}).status_code == 404
    assert client.get(f"{DESK}papers/{document.public_id}/").status_code == 404
    verification.refresh_from_db()
    assert verification.state == "submitted"
    assert not DocumentView.objects.exists()
