"""The door for files in parts, and the players' ranges."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.contracts.services.work import submit
from marketplace.core.errors import NotFound
from marketplace.media.limits import CHUNK_BYTES
from marketplace.media.models import Asset, Upload
from tests.db.media.test_resumable import FILM, whole
from tests.factories.deals import verify as verified
from tests.factories.films import film
from tests.factories.funded import funded, piece
from tests.factories.people import Person, make_owner
from tests.support.relay import relay_all
from tests.web.media.conftest import signed_in


def begin(client: Client, size: int = len(FILM), name: str = "final cut.mp4", **more):
    return client.post(reverse("uploads"), {"name": name, "size": size, "purpose": "work"} | more)


def patch(client: Client, url: str, part: bytes, offset: object, **headers):
    return client.patch(
        url, part, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)} | headers
    )


@pytest.fixture
def asset(owner) -> Asset:
    made = whole(owner)
    relay_all()
    made.refresh_from_db()
    return made


def fetch(client: Client, asset: Asset, method: str = "get", **headers):
    return getattr(client, method)(reverse("media-file", args=[asset.public_id]), headers=headers)


def test_a_file_in_parts_over_the_door(client, owner):
    answer = begin(client)
    assert answer.status_code == 201
    url = answer.json()["url"]
    assert answer.json() == {"id": Upload.objects.get().public_id, "url": url, "part": CHUNK_BYTES}
    first = patch(client, url, FILM[:9_000], 0)
    assert (first.status_code, first.json(), first["Upload-Offset"]) == (200, {"offset": 9_000}, "9000")
    wrong = patch(client, url, FILM[:9_000], 0)
    assert (wrong.status_code, wrong.json()["code"], wrong["Upload-Offset"]) == (409, "upload_offset", "9000")
    assert "9000" in wrong.json()["text"]
    assert client.get(url).json() == {"offset": 9_000}
    head = client.head(url)
    assert (head.status_code, head["Upload-Offset"], head["Cache-Control"]) == (200, "9000", "no-store")
    early = client.post(f"{url}finish/")
    assert (early.status_code, early["Upload-Offset"]) == (409, "9000")
    patch(client, url, FILM[9_000:], 9_000)
    done = client.post(f"{url}finish/")
    asset = Asset.objects.get()
    assert done.json() == {"asset": asset.public_id, "name": "final cut.mp4", "size": len(FILM), "kind": "video"}


def test_what_is_no_part_is_refused_before_it_is_read(client, owner):
    url = begin(client, 100 * CHUNK_BYTES).json()["url"]
    assert patch(client, url, b"x", "minus one").status_code == 400
    assert patch(client, url, b"x", "").status_code == 400
    big = patch(client, url, b"x" * (CHUNK_BYTES + 1), 0)
    assert (big.status_code, big.json()["code"]) == (422, "upload_part")
    assert patch(client, url, b"x" * CHUNK_BYTES, 0).status_code == 200
    assert Upload.objects.get().received_bytes == CHUNK_BYTES


def test_announcements_are_judged(client, owner):
    assert begin(client, 0).json()["code"] == "upload_empty"
    assert begin(client, 2_000_000_001).json()["code"] == "upload_too_big"
    assert begin(client, "many").status_code == 422
    assert begin(client, 5, purpose="avatar").status_code == 422
    assert Upload.objects.count() == 0
    assert begin(client, 5, name="../../a\x00b.mp4").status_code in {201, 422}
    assert not Upload.objects.filter(name__contains="/").exists()


def test_refusals_say_why_and_a_cancelled_one_is_over(client, owner):
    url = begin(client, 30).json()["url"]
    patch(client, url, b"#EXTM3U\nhttp://10.0.0.1/a.ts\n".ljust(30), 0)
    refused = client.post(f"{url}finish/")
    assert (refused.status_code, refused.json()) == (
        422,
        {"code": "upload_playlist", "text": "This is a list of other files. Send the video itself."},
    )
    url = begin(client, 30).json()["url"]
    assert client.delete(url).status_code == 204
    assert client.delete(url).json()["code"] == "upload_over"


def test_every_door_asks_for_the_token_of_the_session(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert begin(client).status_code == 403
    assert Upload.objects.count() == 0
    url = begin(signed_in(owner)).json()["url"]
    assert patch(client, url, b"x", 0).status_code == 403
    assert client.delete(url).status_code == 403
    assert Upload.objects.get().received_bytes == 0


def test_whole_with_everything_that_keeps_it_in_its_box(client, asset):
    answer = fetch(client, asset)
    assert (answer.status_code, answer.getvalue()) == (200, FILM)
    assert answer["Content-Length"] == str(len(FILM))
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"] == 'attachment; filename="final cut.mp4"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["ETag"] == f'"{asset.sha256[:32]}"'


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, len(FILM) - 1), ("bytes=-7", len(FILM) - 7, len(FILM) - 1)],
)
def test_a_range_is_exactly_those_bytes(asked, first, last, client, asset):
    answer = fetch(client, asset, Range=asked)
    assert (answer.status_code, answer.getvalue()) == (206, FILM[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert answer["Content-Length"] == str(last - first + 1)
    head = fetch(client, asset, "head", Range=asked)
    assert (head.status_code, head.content, head["Content-Range"]) == (206, b"", answer["Content-Range"])
    assert head["Content-Length"] == answer["Content-Length"]


def test_behind_the_end_is_416_and_another_version_is_all_of_it(client, asset):
    behind = fetch(client, asset, Range=f"bytes={len(FILM)}-")
    assert (behind.status_code, behind["Content-Range"], behind.content) == (416, f"bytes */{len(FILM)}", b"")
    assert behind["Content-Security-Policy"] == "default-src 'none'; sandbox"
    mine = {"Range": "bytes=0-9"}
    assert status(fetch(client, asset, **mine, **{"If-Range": f'"{asset.sha256[:32]}"'})) == 206
    assert status(fetch(client, asset, **mine, **{"If-Range": '"another"'})) == 200
    assert fetch(client, asset, **{"If-None-Match": f'"{asset.sha256[:32]}"'}).status_code == 304


def test_the_other_side_of_the_contract_sees_what_was_handed_in_and_nobody_else(owner):
    merchant, anchor, rival = (
        make_owner("brand", "Chenyu Tea"),
        make_owner("anchor", "Xia Wei"),
        make_owner("brand", "B"),
    )
    verified(anchor.party, "anchor")
    contract = funded(merchant, anchor)
    work, kept = whole(anchor), whole(anchor, film(frames=999))
    relay_all()
    assert statuses(work, anchor, merchant, rival) == [200, 404, 404]
    submit(actor=anchor.actor, public_id=piece(contract, 1).public_id, note="", files=[work.public_id])
    assert statuses(work, anchor, merchant, rival) == [200, 200, 404]
    assert statuses(kept, anchor, merchant, rival) == [200, 404, 404]
    assert fetch(Client(), work).status_code == 404


def test_naming_a_strangers_file_opens_it_for_nobody(owner):
    merchant, anchor, rival = (
        make_owner("brand", "Chenyu Tea"),
        make_owner("anchor", "Xia Wei"),
        make_owner("brand", "B"),
    )
    verified(anchor.party, "anchor")
    contract, secret = funded(merchant, anchor), whole(rival)
    relay_all()
    with pytest.raises(NotFound):
        submit(actor=anchor.actor, public_id=piece(contract, 1).public_id, note="", files=[secret.public_id])
    assert piece(contract, 1).state == "planned"
    assert statuses(secret, rival, merchant, anchor) == [200, 404, 404]


def statuses(asset: Asset, *people: Person) -> list[int]:
    return [status(fetch(signed_in(person), asset)) for person in people]


def status(answer) -> int:
    answer.close()
    return answer.status_code
