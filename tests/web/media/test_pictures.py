"""Where pictures are sent and fetched."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.core.actor import Role
from marketplace.media.documents import check_document
from marketplace.media.flows.upload import upload_picture
from marketplace.media.limits import MAX_BYTES
from marketplace.media.models import Access, Asset
from marketplace.media.pictures import check_picture
from tests.db.media.conftest import stored_files
from tests.factories.people import make_member, make_owner
from tests.factories.pictures import HEIC, pdf, picture, png_header
from tests.support.relay import relay_all
from tests.web.media.conftest import signed_in


def fetch(client: Client, address: str):
    """Read to its end, so that the file is closed."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    response.close()
    return response


def asset_of(person, access=Access.PUBLIC) -> Asset:
    asset = upload_picture(actor=person.actor, file=check_picture(picture(800, 600)), purpose="test", access=access)
    relay_all()
    return asset


def send(client: Client, data: bytes, name: str = "me.jpg", mime: str = "image/jpeg"):
    return client.post("/settings/party/picture/", {"picture": SimpleUploadedFile(name, data, mime)})


@pytest.mark.parametrize("format_", ["webp", "avif"])
def test_a_public_picture_is_for_everybody_in_a_box_where_nothing_runs(owner, format_):
    asset = asset_of(owner)
    response = Client().get(f"/media/{asset.public_id}/320.{format_}")
    body = b"".join(response.streaming_content)
    response.close()
    assert response.status_code == 200
    assert response["Content-Type"] == f"image/{format_}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(body) == int(response["Content-Length"]) == asset.renditions.get(width=320, format=format_).size_bytes
    again = Client().get(f"/media/{asset.public_id}/320.{format_}", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name",
    ["321.webp", "320.png", "320.jpg", "0.webp", "320.webp/..", "originals", "../originals/x.webp", "document"],
)
def test_there_is_nothing_else_at_its_address(owner, name):
    asset = asset_of(owner)
    assert Client().get(f"/media/{asset.public_id}/{name}").status_code == 404


def test_a_picture_takes_no_other_method(owner):
    asset = asset_of(owner)
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(f"/media/{asset.public_id}/320.webp").status_code == 405


def test_a_partys_own_picture_is_for_its_people_and_is_never_kept(owner):
    asset = asset_of(owner, Access.PARTY)
    address = f"/media/{asset.public_id}/320.webp"
    for role in Role:
        response = fetch(signed_in(make_member(owner.party, role)), address)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert Client().get(address).status_code == 404
    assert signed_in(make_owner(name="Other")).get(address).status_code == 404


def test_a_sealed_picture_is_for_nobody(owner, client):
    asset = asset_of(owner, Access.SEALED)
    assert client.get(f"/media/{asset.public_id}/800.webp").status_code == 404


def test_a_pdf_is_saved_and_never_shown(owner, client):
    data = pdf(b"<script>alert(1)</script>")
    asset = upload_picture(actor=owner.actor, file=check_document(data), purpose="test", access=Access.PARTY)
    relay_all()
    response = client.get(f"/media/{asset.public_id}/document")
    assert b"".join(response.streaming_content) == data
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{asset.public_id}.pdf"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert Client().get(f"/media/{asset.public_id}/document").status_code == 404


@pytest.mark.parametrize(
    ("role", "page", "change"),
    [("owner", 200, 302), ("manager", 200, 302), ("finance", 200, 403), ("member", 200, 403), ("viewer", 200, 403)],
)
def test_who_sees_and_who_changes_how_the_party_appears(owner, role, page, change):
    person = owner if role == "owner" else make_member(owner.party, Role(role))
    client = signed_in(person)
    assert client.get("/settings/party/").status_code == page
    assert client.post("/settings/party/", {"name": "New Name"}).status_code == change
    assert send(client, picture()).status_code == change
    assert client.post("/settings/party/picture/remove/").status_code == change


def test_signed_out_it_leads_to_sign_in(owner):
    for address in ("/settings/party/", "/settings/party/picture/", "/settings/party/picture/remove/"):
        response = Client().post(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_the_picture_is_sent_shown_and_removed(owner, client):
    assert send(client, picture(800, 600), "我的照片.jpg").status_code == 302
    page = client.get("/settings/party/").content.decode()
    assert "<picture>" not in page
    relay_all()
    page = client.get("/settings/party/").content.decode()
    asset = Asset.objects.get()
    assert f"/media/{asset.public_id}/160.avif 160w" in page
    assert 'width="800" height="600"' in page
    assert 'alt="Chenyu Tea"' in page
    assert 'loading="lazy"' in page
    assert client.post("/settings/party/picture/remove/").status_code == 302
    assert "<picture>" not in client.get("/settings/party/").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "mime", "sentence"),
    [
        (b"", "a.jpg", "image/jpeg", "This file is empty."),
        (HEIC, "IMG_1.HEIC", "image/heic", "On an iPhone choose Settings"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg", "image/jpeg", "This is not a JPEG, PNG"),
        (picture(), "a.png", "image/png", "It says PNG and is a JPEG inside."),
        (png_header(30_000, 30_000), "a.png", "image/png", "more than 40 megapixels"),
        (picture() + bytes(MAX_BYTES), "a.jpg", "image/jpeg", "larger than 20 MB"),
    ],
)
def test_a_refused_upload_says_why_and_leaves_nothing(owner, client, storage, data, name, mime, sentence):
    response = send(client, data, name, mime)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Asset.objects.exists()
    assert stored_files(storage) == []


@pytest.mark.parametrize("name", ["../../etc/passwd\x00.png", "<img src=x onerror=alert(1)>.png", "a\r\nX-Evil: 1.png"])
def test_hostile_names_go_nowhere(owner, client, storage, name):
    response = send(client, picture(format_="PNG"), name, "image/png")
    assert response.status_code in {302, 422}
    assert "onerror" not in response.content.decode()
    assert all(file.startswith("originals/") for file in stored_files(storage))
    assert not Asset.objects.filter(original__contains="passwd").exists()


def test_nothing_sent_is_said_and_a_name_that_is_wrong_is_kept(owner, client):
    assert client.post("/settings/party/picture/").status_code == 422
    response = client.post("/settings/party/", {"name": "N" * 81})
    assert response.status_code == 422
    assert "N" * 81 in response.content.decode()
    owner.party.refresh_from_db()
    assert owner.party.name == "Chenyu Tea"
