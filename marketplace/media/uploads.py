"""Receiving files: a huge one fills no disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from marketplace.media.limits import MAX_BYTES


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Stops writing just above the limit. The form still sees the full size, and says that it is too big."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
