"""Papers are kept no longer than they are needed."""

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer
from marketplace.media.steps.assets import erase_asset
from marketplace.verification.events import DocumentsErased
from marketplace.verification.machine import VerificationState
from marketplace.verification.models import Verification
from marketplace.verification.steps.document_clock import ERASE_TIMER


@on_timer(ERASE_TIMER)
def erase_documents(aggregate: str, actor: Actor) -> None:
    for verification in lock(Verification.objects.filter(public_id=aggregate), "verification"):
        if verification.state == VerificationState.SUBMITTED:
            return
        documents = list(verification.documents.filter(erased_at=None).select_related("asset"))
        for document in documents:
            document.erased_at = clock.now()
            document.save(update_fields=["erased_at"])
            erase_asset(document.asset.public_id, by=actor, why="kept long enough")
        if documents:
            record(DocumentsErased(aggregate=aggregate, documents=len(documents)), by=actor)
