"""The states of an uploaded file."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class AssetState(StrEnum):
    UPLOADED = "uploaded"
    PROCESSING = "processing"
    READY = "ready"
    REFUSED = "refused"
    ERASED = "erased"


class UploadState(StrEnum):
    RECEIVING = "receiving"
    FINISHED = "finished"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


_U = UploadState
UPLOAD = Machine(
    "upload",
    UploadState,
    _U.RECEIVING,
    (
        Transition("finish", (_U.RECEIVING,), _U.FINISHED, ("uploader",)),
        Transition("refuse", (_U.RECEIVING,), _U.REFUSED, ("platform",)),
        Transition("cancel", (_U.RECEIVING,), _U.CANCELLED, ("uploader",)),
        Transition("expire", (_U.RECEIVING,), _U.EXPIRED, ("clock",)),
    ),
)
_A = AssetState
ASSET = Machine(
    "asset",
    AssetState,
    _A.UPLOADED,
    (
        Transition("process", (_A.UPLOADED,), _A.PROCESSING, ("worker",)),
        Transition("finish", (_A.PROCESSING,), _A.READY, ("worker",)),
        Transition("refuse", (_A.PROCESSING,), _A.REFUSED, ("worker",)),
        # What it shows is not wanted any more: its bytes go, its row stays, because history refers to it.
        Transition("erase", (_A.UPLOADED, _A.PROCESSING, _A.READY, _A.REFUSED), _A.ERASED, ("uploader", "clock")),
    ),
)
