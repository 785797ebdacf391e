"""A file that arrives in parts: in order, once, within its limits, and gone when it is given up."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, MooringError, NotFound
from marketplace.core.models import Event
from marketplace.media.errors import (
    EmptyUpload,
    NoRoom,
    PartTooBig,
    TooManyUploads,
    UploadOver,
    UploadRefused,
    UploadTooBig,
    WrongOffset,
)
from marketplace.media.flows import resumable
from marketplace.media.flows.process import sweep_lost_originals
from marketplace.media.limits import CHUNK_BYTES
from marketplace.media.models import Access, Asset, Upload
from marketplace.media.selectors import find_picture, get_work_file
from marketplace.media.services import resumable as services
from marketplace.media.services.uploads import erase
from marketplace.notifications.models import Notice
from tests.db.media.conftest import stored_files
from tests.factories.films import film
from tests.factories.people import Person, make_member, make_owner
from tests.factories.pictures import pdf, picture
from tests.support.races import race
from tests.support.relay import relay_all

FILM = film(frames=50_000)


def begun(person: Person, data: bytes = FILM, name: str = "final cut.mp4") -> Upload:
    return resumable.begin(actor=person.actor, name=name, size_bytes=len(data), purpose="work")


def sent(person: Person, upload: Upload, data: bytes = FILM, *, size: int = 16_384) -> None:
    for offset in range(0, len(data), size):
        part = data[offset : offset + size]
        resumable.add_part(actor=person.actor, public_id=upload.public_id, offset=offset, part=part)


def whole(person: Person, data: bytes = FILM, name: str = "final cut.mp4") -> Asset:
    upload = begun(person, data, name)
    sent(person, upload, data)
    return resumable.finish(actor=person.actor, public_id=upload.public_id)


def refused(error: type[MooringError], function, **arguments) -> MooringError:
    """And nothing changed."""
    before = (Event.objects.count(), list(Upload.objects.order_by("pk").values()))
    with pytest.raises(error) as failure:
        function(**arguments)
    assert (Event.objects.count(), list(Upload.objects.order_by("pk").values())) == before
    return failure.value


def test_parts_become_a_file_that_the_party_fetches(owner, storage):
    asset = whole(owner)
    assert (asset.kind, asset.state, asset.access, asset.sha256) == ("video", "uploaded", Access.PARTY, "")
    with pytest.raises(NotFound):
        get_work_file(owner.actor, asset.public_id)
    relay_all()
    kept = get_work_file(owner.actor, asset.public_id)
    assert (kept.name, kept.mime, kept.size_bytes) == ("final cut.mp4", "video/mp4", len(FILM))
    assert (storage / kept.file).read_bytes() == FILM
    assert len(kept.sha256) == 64
    assert stored_files(storage) == [kept.file]
    with pytest.raises(NotFound):
        get_work_file(make_owner("brand", "Far Away").actor, asset.public_id)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        assert (sweep_lost_originals(), resumable.sweep_uploads()) == (0, 0)


def test_finishing_again_is_the_same_file(owner):
    upload = begun(owner)
    sent(owner, upload)
    first = resumable.finish(actor=owner.actor, public_id=upload.public_id)
    assert resumable.finish(actor=owner.actor, public_id=upload.public_id) == first
    assert Asset.objects.count() == 1


def test_a_picture_takes_the_way_of_every_picture_and_a_paper_is_kept(owner, storage):
    shot, paper = whole(owner, picture(800, 600), "shot.jpg"), whole(owner, pdf(), "script.pdf")
    relay_all()
    assert find_picture(owner.actor, shot.public_id).is_ready
    assert get_work_file(owner.actor, paper.public_id).name == "script.pdf"
    assert len(stored_files(storage)) == 8 + 8 + 2  # clean, under an overlay; the paper, and it under an overlay


def test_a_paper_that_nobody_could_read_is_refused_and_its_sender_is_told(owner, storage):
    paper = whole(owner, pdf(page=b"null"), "script.pdf")
    relay_all()
    paper.refresh_from_db()
    assert (paper.state, paper.reason) == ("refused", "upload_damaged")
    assert stored_files(storage) == []
    assert Notice.objects.get(kind="upload_damaged").user == owner.user


def test_a_part_elsewhere_is_refused_with_the_right_place(owner, storage):
    upload = begun(owner)
    resumable.add_part(actor=owner.actor, public_id=upload.public_id, offset=0, part=FILM[:1000])
    place = {"actor": owner.actor, "public_id": upload.public_id}
    for offset in (0, 999, 1001):
        assert refused(WrongOffset, resumable.add_part, **place, offset=offset, part=b"x").context == {"offset": 1000}
    assert refused(WrongOffset, resumable.finish, **place).context == {"offset": 1000}
    assert resumable.received(**place) == 1000
    assert Upload.objects.get().received_bytes == 1000
    assert (storage / "incoming" / upload.token).read_bytes() == FILM[:1000]


def test_two_tabs_that_send_the_same_part_leave_it_once(owner, storage):
    upload = begun(owner)

    def send() -> int:
        return resumable.add_part(actor=owner.actor, public_id=upload.public_id, offset=0, part=FILM[:5000])

    def tried() -> object:
        try:
            return send()
        except WrongOffset as wrong:
            return wrong.context

    assert sorted(map(str, race(*[tried] * 6))) == sorted(["5000", *[str({"offset": 5000})] * 5])
    assert (storage / "incoming" / upload.token).read_bytes() == FILM[:5000]


def test_a_process_that_dies_in_the_middle_of_a_part_loses_nothing(owner, storage):
    """Some of the part is in the file, and nobody noted it: the file's own length is what counts."""
    upload = begun(owner)
    (storage / "incoming" / upload.token).write_bytes(FILM[:700])
    assert resumable.received(actor=owner.actor, public_id=upload.public_id) == 700
    resumable.add_part(actor=owner.actor, public_id=upload.public_id, offset=700, part=FILM[700:])
    asset = resumable.finish(actor=owner.actor, public_id=upload.public_id)
    assert (storage / asset.original).read_bytes() == FILM


def test_more_than_announced_and_too_large_a_part_are_refused(owner, storage):
    upload = begun(owner)
    place = {"actor": owner.actor, "public_id": upload.public_id, "offset": 0}
    refused(PartTooBig, resumable.add_part, **place, part=FILM + b"x")
    refused(PartTooBig, resumable.add_part, **place, part=b"x" * (CHUNK_BYTES + 1))
    assert (storage / "incoming" / upload.token).stat().st_size == 0


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"#EXTM3U\nhttp://10.0.0.1/\n", "film.mp4", "upload_playlist"),
        (b"<html><script>alert(1)</script>", "film.mp4", "upload_active"),
        (FILM, "film.jpg", "upload_mistyped"),
        (FILM[:-9], "film.mp4", "upload_damaged"),
    ],
)
def test_what_is_refused_is_deleted_and_says_why(data, name, code, owner, storage):
    upload = begun(owner, data, name)
    sent(owner, upload, data)
    with pytest.raises(UploadRefused) as refusal:
        resumable.finish(actor=owner.actor, public_id=upload.public_id)
    upload.refresh_from_db()
    assert (refusal.value.code, upload.state, upload.reason) == (code, "refused", code)
    assert Asset.objects.count() == 0
    assert stored_files(storage) == []
    refused(UploadOver, resumable.finish, actor=owner.actor, public_id=upload.public_id)


def test_a_cancelled_one_is_gone(owner, storage):
    upload = begun(owner)
    place = {"actor": owner.actor, "public_id": upload.public_id}
    resumable.add_part(**place, offset=0, part=FILM[:1000])
    resumable.cancel(**place)
    assert stored_files(storage) == []
    refused(UploadOver, resumable.add_part, **place, offset=1000, part=b"x")
    refused(UploadOver, resumable.received, **place)
    refused(UploadOver, resumable.cancel, **place)


def test_what_is_not_finished_in_a_day_is_swept(owner, storage):
    upload, other = begun(owner), None
    place = {"actor": owner.actor, "public_id": upload.public_id}
    with time_machine.travel(clock.now() + timedelta(hours=23), tick=False):
        other = begun(owner)
        assert resumable.sweep_uploads() == 0
    (storage / "incoming" / "nobody").write_bytes(b"of a process that died")
    with time_machine.travel(upload.expires_at, tick=False):
        refused(UploadOver, resumable.add_part, **place, offset=0, part=b"x")
        assert resumable.sweep_uploads() == 2
        upload.refresh_from_db()
        assert upload.state == "expired"
    assert stored_files(storage) == [f"incoming/{other.token}"]


def test_only_whoever_began_it_goes_on_with_it(owner):
    upload = begun(owner)
    for person in (make_member(owner.party, Role.MANAGER), make_owner("brand", "Far Away")):
        place = {"actor": person.actor, "public_id": upload.public_id}
        refused(NotFound, resumable.add_part, **place, offset=0, part=b"x")
        refused(NotFound, resumable.received, **place)
        refused(NotFound, resumable.finish, **place)
        refused(NotFound, resumable.cancel, **place)
    viewer = make_member(owner.party, Role.VIEWER)
    refused(Forbidden, resumable.begin, actor=viewer.actor, name="a", size_bytes=1, purpose="work")


def test_limits_of_a_file_of_a_party_and_of_an_hour(owner, monkeypatch):
    asked = {"actor": owner.actor, "name": "a.mp4", "purpose": "work"}
    refused(EmptyUpload, resumable.begin, **asked, size_bytes=0)
    refused(UploadTooBig, resumable.begin, **asked, size_bytes=2_000_000_001)
    asset = whole(owner)
    monkeypatch.setattr(services, "PARTY_MAX_BYTES", len(FILM) * 2)
    refused(NoRoom, resumable.begin, **asked, size_bytes=len(FILM) + 1)
    second = begun(owner)
    refused(NoRoom, resumable.begin, **asked, size_bytes=1)
    resumable.cancel(actor=owner.actor, public_id=second.public_id)
    relay_all()
    erase(actor=resumable.WORKER, public_id=asset.public_id, why="test")
    begun(owner, FILM * 2)
    monkeypatch.setattr(services, "UPLOADS_AT_ONCE", 1)
    refused(TooManyUploads, resumable.begin, **asked, size_bytes=1)
    monkeypatch.setattr(services, "UPLOADS_AT_ONCE", 10)
    monkeypatch.setattr(services, "PARTY_MAX_BYTES", 10**12)
    monkeypatch.setattr(services, "UPLOADS_AN_HOUR", 3)
    refused(TooManyUploads, resumable.begin, **asked, size_bytes=1)
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=5), tick=False):
        begun(owner)


def test_a_finish_that_fails_leaves_it_as_it_was(owner, storage, monkeypatch):
    upload = begun(owner)
    sent(owner, upload)

    def away(**_arguments) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(resumable, "finish_upload", away)
        with pytest.raises(OSError):  # noqa: PT011
            resumable.finish(actor=owner.actor, public_id=upload.public_id)
    assert stored_files(storage) == [f"incoming/{upload.token}"]
    asset = resumable.finish(actor=owner.actor, public_id=upload.public_id)
    assert (storage / asset.original).read_bytes() == FILM
