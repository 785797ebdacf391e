"""Handing in files: those that arrived in parts, and one small file that came with the form itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.contracts.models import Submission
from marketplace.media.models import Asset, Upload
from tests.db.media.conftest import storage
from tests.db.media.test_resumable import FILM, whole
from tests.factories.deals import verify as verified
from tests.factories.funded import funded, piece
from tests.factories.people import make_owner
from tests.factories.pictures import picture
from tests.support.relay import relay_all
from tests.web.media.conftest import plain_static, signed_in

__all__ = ["plain_static", "storage"]


@pytest.fixture
def deal(committed_db):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verified(anchor.party, "anchor")
    return merchant, anchor, piece(funded(merchant, anchor), 1)


def hand_in(client: Client, script, **data: object):
    return client.post(reverse("work", args=[script.public_id]), {"act": "submit", "note": "Here."} | data)


def test_files_that_are_here_are_handed_in_and_read_by_the_merchant(deal):
    merchant, anchor, script = deal
    film, shot = whole(anchor), whole(anchor, picture(), "shot.jpg")
    assert hand_in(signed_in(anchor), script, files=[film.public_id, shot.public_id]).status_code == 302
    relay_all()
    assert Submission.objects.get().files == [film.public_id, shot.public_id]
    page = signed_in(merchant).get(reverse("work", args=[script.public_id])).content.decode()
    assert reverse("media-file", args=[film.public_id]) in page
    assert "final cut.mp4" in page
    assert f"/media/{shot.public_id}/" in page


def test_a_small_file_comes_with_the_form(deal):
    _merchant, anchor, script = deal
    assert hand_in(signed_in(anchor), script, files_file=SimpleUploadedFile("cut.mp4", FILM)).status_code == 302
    asset = Asset.objects.get()
    assert (asset.kind, asset.name, asset.party) == ("video", "cut.mp4", anchor.party)
    assert Submission.objects.get().files == [asset.public_id]


def test_what_may_not_be_handed_in_changes_nothing(deal):
    merchant, anchor, script = deal
    strangers = whole(make_owner("anchor", "Lan"))
    page = SimpleUploadedFile("cut.mp4", b"<html><script>alert(1)</script></html>")
    refused = hand_in(signed_in(anchor), script, files_file=page)
    assert refused.status_code == 422
    assert "This is a page or a program." in refused.content.decode()
    assert hand_in(signed_in(anchor), script).status_code == 422
    assert hand_in(signed_in(anchor), script, files=[strangers.public_id]).status_code == 404
    assert hand_in(signed_in(anchor), script, files=["ast_none"]).status_code == 404
    assert hand_in(signed_in(merchant), script, files_file=SimpleUploadedFile("a.mp4", FILM)).status_code == 403
    script.refresh_from_db()
    assert (script.state, Submission.objects.count(), Upload.objects.count()) == ("planned", 0, 1)


def test_what_was_sent_stays_in_a_form_that_comes_back(deal):
    _merchant, anchor, script = deal
    film = whole(anchor)
    back = hand_in(signed_in(anchor), script, files=[film.public_id], link="not a link")
    assert back.status_code == 422
    assert f'name="files" value="{film.public_id}"' in back.content.decode()
