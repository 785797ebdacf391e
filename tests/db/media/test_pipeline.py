"""From an upload to what is shown, whatever breaks on the way."""

from datetime import timedelta

import pytest

from marketplace.core import clock, faults
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.media.documents import check_document
from marketplace.media.errors import UploadRefused
from marketplace.media.flows.process import process, sweep_lost_originals
from marketplace.media.flows.upload import upload_party_picture, upload_picture
from marketplace.media.gateways import files
from marketplace.media.machine import ASSET, AssetState
from marketplace.media.models import Access, Asset, Rendition
from marketplace.media.pictures import check_picture
from marketplace.media.selectors import find_picture, get_document, get_rendition, pictures_of
from marketplace.media.services.party_picture import remove_party_picture
from marketplace.media.services.processing import record_renditions, refuse_asset, start_processing
from marketplace.media.services.uploads import erase
from marketplace.notifications.models import Notice, OutgoingMail
from tests.db.media.conftest import stored_files
from tests.factories.people import make_member, make_owner, make_staff
from tests.factories.pictures import pdf, photo_with_place, picture
from tests.support.relay import due_now, errors, relay_all

SYSTEM = Actor.system("test")


def upload(person, data=None, **options) -> Asset:
    return upload_picture(actor=person.actor, file=check_picture(data or picture(800, 600)), purpose="test", **options)


def fresh(asset: Asset) -> Asset:
    asset.refresh_from_db()
    return asset


def names(aggregate: str) -> list[str]:
    return list(Event.objects.filter(aggregate=aggregate).order_by("seq").values_list("name", flat=True))


def test_an_upload_becomes_eight_renditions_and_its_original_is_deleted(owner, storage):
    asset = upload(owner, photo_with_place())
    assert asset.state == AssetState.UPLOADED
    assert stored_files(storage) == [asset.original]
    assert asset.token in asset.original
    relay_all()
    asset = fresh(asset)
    assert (asset.state, asset.original, asset.width, asset.height) == ("ready", "", 400, 300)
    assert names(asset.public_id) == ["asset.uploaded", "asset.processing", "asset.ready"]
    assert [(r.width, r.height, r.format) for r in asset.renditions.all()] == [
        (160, 120, "avif"),
        (160, 120, "webp"),
        (320, 240, "avif"),
        (320, 240, "webp"),
        (400, 300, "avif"),
        (400, 300, "webp"),
    ]
    assert stored_files(storage) == sorted(asset.renditions.values_list("file", flat=True))
    assert not [name for name in stored_files(storage) if b"Secret" in (storage / name).read_bytes()]


def test_an_original_is_never_shown_and_until_it_is_drawn_nothing_is(owner):
    asset = upload(owner)
    view = find_picture(owner.actor, asset.public_id)
    assert view.is_coming
    assert (view.src, view.webp, view.avif) == ("", "", "")
    with pytest.raises(NotFound):
        get_rendition(owner.actor, asset.public_id, 160, "webp")
    relay_all()
    view = find_picture(owner.actor, asset.public_id)
    base = f"/media/{asset.public_id}"
    assert view.avif == f"{base}/160.avif 160w, {base}/320.avif 320w, {base}/640.avif 640w, {base}/800.avif 800w"
    assert (view.src, view.face) == (f"{base}/800.webp", f"{base}/160.webp")
    assert (view.width, view.height) == (800, 600)


def test_damage_found_by_the_worker_is_refused_and_its_uploader_is_told(owner, storage):
    whole = picture(800, 600)
    asset = upload(owner, whole[: len(whole) * 3 // 4])
    relay_all()
    asset = fresh(asset)
    assert (asset.state, asset.reason, asset.original) == ("refused", "upload_damaged", "")
    assert stored_files(storage) == []
    assert not Rendition.objects.exists()
    relay_all()
    notice = Notice.objects.get(kind="upload_damaged")
    assert (notice.user, notice.party) == (owner.user, owner.party)
    assert OutgoingMail.objects.get(to=owner.user.email).subject == "A picture for Chenyu Tea could not be read"


class Crash(BaseException):
    """The process dies: nothing catches it."""


POINTS = [
    "commit:media.services.processing.start_processing:before",
    "commit:media.services.processing.start_processing:after",
    "call:storage.write:before",
    "call:storage.write:after",
    "commit:media.services.processing.record_renditions:before",
    "commit:media.services.processing.record_renditions:after",
    "call:storage.delete:before",
    "call:storage.delete:after",
    "commit:media.services.processing.forget_files:before",
    "commit:media.services.processing.forget_files:after",
]


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_anywhere_in_the_work_is_made_good(owner, storage, point):
    asset = upload(owner)
    crashed = []

    def crash(reached: str) -> None:
        if reached == point and not crashed:
            crashed.append(reached)
            raise Crash

    with faults.installed(crash), pytest.raises(Crash):
        relay_all()
    assert crashed == [point]
    due_now()
    relay_all()
    assert errors() == []
    asset = fresh(asset)
    assert (asset.state, asset.original) == ("ready", "")
    assert stored_files(storage) == sorted(asset.renditions.values_list("file", flat=True))
    assert len(stored_files(storage)) == 8
    assert names(asset.public_id) == ["asset.uploaded", "asset.processing", "asset.ready"]


def test_work_that_comes_twice_changes_nothing(owner, storage):
    asset = upload(owner)
    relay_all()
    before = stored_files(storage)
    process(asset.public_id)
    assert stored_files(storage) == before
    assert Rendition.objects.count() == 8


def test_a_refused_upload_leaves_no_file_and_no_row(owner, storage):
    viewer = make_member(owner.party, Role.VIEWER)
    for act in (
        lambda: upload(viewer),
        lambda: upload_party_picture(actor=viewer.actor, file=check_picture(picture())),
        lambda: upload_party_picture(actor=make_member(owner.party, Role.MEMBER).actor, file=check_picture(picture())),
    ):
        with pytest.raises(Forbidden):
            act()
    assert stored_files(storage) == []
    assert not Asset.objects.exists()
    assert not Event.objects.filter(name="asset.uploaded").exists()


def test_a_file_that_no_row_knows_is_swept_after_a_day(owner, storage, monkeypatch):
    asset = upload(owner)
    files.write("originals/lost", b"lost")
    assert sweep_lost_originals() == 0
    day_later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr("marketplace.core.clock.now", lambda: day_later)
    assert sweep_lost_originals() == 1
    assert stored_files(storage) == [asset.original]


def test_the_partys_picture_replaces_the_one_before_it(owner, storage):
    first = upload_party_picture(actor=owner.actor, file=check_picture(picture()))
    relay_all()
    second = upload_party_picture(actor=owner.actor, file=check_picture(picture(300, 300)))
    owner.party.card.refresh_from_db()
    assert owner.party.card.picture == second.public_id
    relay_all()
    assert (fresh(first).state, fresh(second).state) == ("erased", "ready")
    assert stored_files(storage) == sorted(second.renditions.values_list("file", flat=True))
    remove_party_picture(actor=owner.actor)
    remove_party_picture(actor=owner.actor)
    relay_all()
    owner.party.card.refresh_from_db()
    assert owner.party.card.picture == ""
    assert stored_files(storage) == []
    assert names(owner.party.public_id) == [
        "party.founded",
        "party.picture_set",
        "party.picture_set",
        "party.picture_removed",
    ]


def test_what_was_erased_while_it_was_drawn_leaves_nothing(owner, storage, monkeypatch):
    asset = upload(owner)
    start_processing(actor=SYSTEM, public_id=asset.public_id)
    written = files.write

    def erase_meanwhile(name: str, data: bytes) -> None:
        written(name, data)
        if fresh(asset).state != AssetState.ERASED:
            erase(actor=SYSTEM, public_id=asset.public_id, why="test")

    monkeypatch.setattr(files, "write", erase_meanwhile)
    relay_all()
    assert fresh(asset).state == AssetState.ERASED
    assert stored_files(storage) == []
    assert not Rendition.objects.exists()


def test_who_may_see_what(owner):
    stranger, staff = make_owner(name="Other Tea"), make_staff(*StaffRole)
    by_access = {access: upload(owner, access=access) for access in Access}
    relay_all()
    own, others = owner.actor, (stranger.actor, staff.actor, Actor())
    sees = {
        Access.PUBLIC: [True, True, True, True],
        Access.PARTY: [True, False, False, False],
        Access.SEALED: [False, False, False, False],
    }
    for access, asset in by_access.items():
        width = 2400 if access == Access.SEALED else 160
        width = min(width, 800)
        for actor, seen in zip((own, *others), sees[access], strict=True):
            assert (asset.public_id in pictures_of(actor, [asset.public_id])) is seen
            if seen:
                assert get_rendition(actor, asset.public_id, width, "webp").asset == asset
            else:
                with pytest.raises(NotFound):
                    get_rendition(actor, asset.public_id, width, "webp")


def test_a_sealed_picture_is_drawn_once_and_large(owner):
    asset = upload(owner, picture(3000, 2000), access=Access.SEALED)
    relay_all()
    assert [(r.width, r.format) for r in asset.renditions.all()] == [(2400, "webp")]


def test_a_pdf_is_kept_as_it_is(owner, storage):
    data = pdf(b"as it is")
    asset = upload_picture(actor=owner.actor, file=check_document(data), purpose="test", access=Access.PARTY)
    relay_all()
    asset = fresh(asset)
    assert (asset.kind, asset.state) == ("document", "ready")
    assert files.read(asset.original) == data
    assert get_document(owner.actor, asset.public_id) == asset
    with pytest.raises(NotFound):
        get_document(make_owner(name="Other").actor, asset.public_id)


MOVES = {
    ("uploaded", "process"): "processing",
    ("processing", "finish"): "ready",
    ("processing", "refuse"): "refused",
    ("uploaded", "erase"): "erased",
    ("processing", "erase"): "erased",
    ("ready", "erase"): "erased",
    ("refused", "erase"): "erased",
}


@pytest.mark.parametrize("state", list(AssetState))
@pytest.mark.parametrize("move", ["process", "finish", "refuse", "erase"])
def test_every_state_and_move(state, move):
    asset = Asset(state=state.value)
    target = MOVES.get((state.value, move))
    if target is None:
        with pytest.raises(IllegalTransition):
            ASSET.fire(asset, move)
        assert asset.state == state.value
    else:
        assert ASSET.fire(asset, move).target == asset.state == target


@pytest.mark.parametrize("state", ["uploaded", "ready", "refused", "erased"])
def test_an_answer_of_the_worker_that_comes_late_changes_nothing(owner, state):
    asset = upload(owner)
    Asset.objects.filter(pk=asset.pk).update(state=state)
    before = Event.objects.count()
    record_renditions(actor=SYSTEM, public_id=asset.public_id, rendered=None, made=[])
    refuse_asset(actor=SYSTEM, public_id=asset.public_id, why="upload_damaged")
    assert fresh(asset).state == state
    assert Event.objects.count() == before


def test_only_the_platform_works_on_assets(owner):
    asset = upload(owner)
    for act in (
        lambda: start_processing(actor=owner.actor, public_id=asset.public_id),
        lambda: refuse_asset(actor=owner.actor, public_id=asset.public_id, why="x"),
        lambda: record_renditions(actor=owner.actor, public_id=asset.public_id, rendered=None, made=[]),
        lambda: erase(actor=owner.actor, public_id=asset.public_id, why="x"),
    ):
        with pytest.raises(Forbidden):
            act()
    assert fresh(asset).state == AssetState.UPLOADED


def test_every_refusal_has_its_own_sentence():
    from marketplace.http.sentences import known_codes

    def all_below(kind):
        return {kind, *(c for child in kind.__subclasses__() for c in all_below(child))}

    assert {kind.code for kind in all_below(UploadRefused)} <= known_codes()
