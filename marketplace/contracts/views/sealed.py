"""The sealed PDF, for whoever may see its contract."""

from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse

from marketplace.contracts.selectors.sealed import get_sealed
from marketplace.http.views import SignedInView
from marketplace.media.responses import file_response


class SealedView(SignedInView):
    def get(self, request: HttpRequest, contract_id: str) -> HttpResponse:
        sealed = get_sealed(self.actor, contract_id)
        return file_response(
            request,
            ContentFile(bytes(sealed.content)),
            mime="application/pdf",
            sha256=sealed.sha256,
            private=True,
            attachment=f"{sealed.contract.number}.pdf",
        )
