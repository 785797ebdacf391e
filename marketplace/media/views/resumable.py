"""The door for a file that arrives in parts: announce, ask how much is here, send the next part, finish, cancel.

Every answer is JSON; a refusal says its code and its sentence, and a wrong offset the right one.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.errors import MooringError
from marketplace.http.sentences import sentence
from marketplace.http.views import PartyView
from marketplace.media.errors import PartTooBig
from marketplace.media.flows import resumable
from marketplace.media.forms.resumable import AnnouncementForm
from marketplace.media.limits import CHUNK_BYTES
from marketplace.media.models import Asset
from marketplace.media.policies import MEDIA, MediaAction

OFFSET = "Upload-Offset"


class UploadDoor(PartyView):
    """Refusals as JSON, for a script is what asks."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = super().dispatch(request, *args, **kwargs)
        except MooringError as refusal:
            answer = JsonResponse({"code": refusal.code, "text": sentence(refusal)}, status=refusal.status)
            if "offset" in refusal.context:
                answer[OFFSET] = str(refusal.context["offset"])
        answer["Cache-Control"] = "no-store"
        return answer


class UploadsView(UploadDoor):
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        MEDIA.authorise(self.actor, MediaAction.UPLOAD, request.party)
        form = AnnouncementForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"code": "invalid", "text": _("Choose a file.")}, status=422)
        said = form.cleaned_data
        upload = resumable.begin(actor=self.actor, name=said["name"], size_bytes=said["size"], purpose=said["purpose"])
        address = reverse("upload", args=[upload.public_id])
        return JsonResponse({"id": upload.public_id, "url": address, "part": CHUNK_BYTES}, status=201)


class UploadView(UploadDoor):
    http_method_names = ("get", "head", "patch", "delete")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return at(resumable.received(actor=self.actor, public_id=public_id))

    def patch(self, request: HttpRequest, public_id: str) -> HttpResponse:
        offset = number(request.headers.get(OFFSET, ""))
        length = number(request.META.get("CONTENT_LENGTH", ""))
        if offset is None or length is None:
            return JsonResponse({"code": "invalid", "text": "Upload-Offset, Content-Length"}, status=400)
        if length > CHUNK_BYTES:
            raise PartTooBig(megabytes=CHUNK_BYTES // 2**20)
        part = request.read(length)
        if len(part) != length:  # the connection broke: what came is sent again whole
            return JsonResponse({"code": "cut_short", "text": ""}, status=400)
        return at(resumable.add_part(actor=self.actor, public_id=public_id, offset=offset, part=part))

    def delete(self, request: HttpRequest, public_id: str) -> HttpResponse:
        resumable.cancel(actor=self.actor, public_id=public_id)
        return HttpResponse(status=204)


class UploadFinishView(UploadDoor):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return JsonResponse(told(resumable.finish(actor=self.actor, public_id=public_id)))


def at(offset: int) -> HttpResponse:
    return JsonResponse({"offset": offset}, headers={OFFSET: str(offset)})


def told(asset: Asset) -> dict[str, str | int]:
    return {"asset": asset.public_id, "name": asset.name, "size": asset.size_bytes, "kind": asset.kind}


def number(header: str) -> int | None:
    return int(header) if header.isascii() and header.isdigit() and len(header) < 16 else None
