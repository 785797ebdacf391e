"""A file of the bank's is booked by somebody else than whoever uploaded it: an invented line is money from nowhere."""

from marketplace.bank_rail.errors import SamePerson
from marketplace.bank_rail.machine import UPLOAD, UploadState
from marketplace.bank_rail.models import Upload
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.machine import Move
from marketplace.core.tx import step


@step
def booked_by_another(kind: Upload.Kind, public_id: str, *, by: Actor) -> tuple[Upload, Move]:
    """The upload as booked; what it brings is the caller's. Raises SamePerson, NotFound, and IllegalTransition when
    somebody was quicker."""
    upload = Upload.objects.filter(public_id=public_id, kind=kind).select_related("batch").first()
    if upload is None:
        raise NotFound
    if upload.state == UploadState.PREVIEWED and upload.uploaded_by_id == by.user_id:
        raise SamePerson
    move = UPLOAD.fire(upload, "book")
    upload.booked_by_id, upload.booked_at = by.user_id, clock.now()
    upload.save(update_fields=["state", "booked_by", "booked_at"])
    return upload, move
