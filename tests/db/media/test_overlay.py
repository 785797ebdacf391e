"""Work is drawn twice, clean and under an overlay, whatever breaks on the way; older pictures get theirs later."""

import pytest

from marketplace.core import faults
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden
from marketplace.media.flows.process import draw_missing_overlays
from marketplace.media.flows.upload import upload_picture
from marketplace.media.gateways import files
from marketplace.media.models import Access, Asset, Rendition
from marketplace.media.pictures import check_picture
from marketplace.media.services.processing import record_overlays
from marketplace.media.services.uploads import erase
from tests.db.media.conftest import stored_files
from tests.db.media.test_pipeline import Crash
from tests.db.media.test_resumable import whole
from tests.factories.pictures import picture
from tests.support.relay import due_now, errors, relay_all

SYSTEM = Actor.system("test")


def work(owner) -> Asset:
    asset = whole(owner, picture(800, 600), "shot.jpg")
    relay_all()
    return asset


def sizes(asset: Asset, *, overlay: bool) -> list[tuple[int, str]]:
    return list(asset.renditions.filter(overlay=overlay).values_list("width", "format"))


EIGHT = [(width, format_) for width in (160, 320, 640, 800) for format_ in ("avif", "webp")]


def test_work_is_drawn_clean_and_under_an_overlay(owner, storage):
    asset = work(owner)
    assert sizes(asset, overlay=False) == sizes(asset, overlay=True) == EIGHT
    assert stored_files(storage) == sorted(asset.renditions.values_list("file", flat=True))
    assert asset.renditions.values("sha256").distinct().count() == 16


def test_other_pictures_have_no_overlay(owner):
    asset = upload_picture(
        actor=owner.actor, file=check_picture(picture(800, 600)), purpose="test", access=Access.PARTY
    )
    relay_all()
    assert (sizes(asset, overlay=False), sizes(asset, overlay=True)) == (EIGHT, [])


@pytest.mark.parametrize("written", [1, 8, 9, 16])
def test_a_kill_between_the_two_sets_ends_whole(owner, storage, written):
    asset = whole(owner, picture(800, 600), "shot.jpg")
    reached = []

    def crash(point: str) -> None:
        if point == "call:storage.write:after":
            reached.append(point)
            if len(reached) == written:
                raise Crash

    with faults.installed(crash), pytest.raises(Crash):
        relay_all()
    assert Rendition.objects.count() == 0
    due_now()
    relay_all()
    assert errors() == []
    asset.refresh_from_db()
    assert (asset.state, asset.original) == ("ready", "")
    assert sizes(asset, overlay=False) == sizes(asset, overlay=True) == EIGHT
    assert stored_files(storage) == sorted(asset.renditions.values_list("file", flat=True))


def from_before(asset: Asset) -> Asset:
    """As it was left by the version that knew no overlays."""
    for rendition in asset.renditions.filter(overlay=True):
        files.delete(rendition.file)
    asset.renditions.filter(overlay=True).delete()
    return asset


def test_an_older_picture_gets_its_overlay_once(owner, storage):
    asset, covered = from_before(work(owner)), work(owner)
    before = list(covered.renditions.values_list("pk", flat=True))
    assert draw_missing_overlays() == 1
    assert sizes(asset, overlay=True) == EIGHT
    assert list(covered.renditions.values_list("pk", flat=True)) == before
    assert stored_files(storage) == sorted(Rendition.objects.values_list("file", flat=True))
    assert draw_missing_overlays() == 0


def test_one_whose_bytes_are_lost_does_not_keep_the_others(owner, storage):
    lost, other = from_before(work(owner)), from_before(work(owner))
    files.delete(lost.renditions.get(width=800, format="webp").file)
    assert draw_missing_overlays() == 1
    assert (sizes(lost, overlay=True), sizes(other, overlay=True)) == ([], EIGHT)


def test_one_that_is_erased_meanwhile_leaves_no_byte(owner, storage, monkeypatch):
    asset = from_before(work(owner))
    written = files.write

    def erase_meanwhile(name: str, data: bytes) -> None:
        written(name, data)
        erase(actor=SYSTEM, public_id=asset.public_id, why="test")

    monkeypatch.setattr(files, "write", erase_meanwhile)
    draw_missing_overlays()
    assert stored_files(storage) == []
    assert not Rendition.objects.exists()


def test_only_the_worker_records_what_was_drawn(owner):
    asset = from_before(work(owner))
    made = Rendition(format="webp", width=160, height=120, overlay=True, file="x", size_bytes=1, sha256="0" * 64)
    with pytest.raises(Forbidden):
        record_overlays(actor=owner.actor, public_id=asset.public_id, made=[made])
    assert sizes(asset, overlay=True) == []
    record_overlays(actor=SYSTEM, public_id=asset.public_id, made=[made])
    assert sizes(asset, overlay=True) == [(160, "webp")]
