"""Documents of a party: the list, one of them to be read or printed, and the same as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.documents.models import DocumentKind
from marketplace.documents.policies import DOCUMENTS, DocumentAction
from marketplace.documents.selectors import get_document, list_documents, years_of
from marketplace.documents.serving import chosen_language, pdf_answer
from marketplace.documents.sheets import sheet_of
from marketplace.http.keyset import Order, page_of
from marketplace.http.views import PartyView

PAGE = 20
NEWEST = Order(("id",))


class DocumentsPageView(PartyView):
    """For those who mind the party's money: its owner and its finance people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.party is not None:
            DOCUMENTS.authorise(self.actor, DocumentAction.SEE, request.party)
        return super().dispatch(request, *args, **kwargs)


class DocumentsView(DocumentsPageView):
    def get(self, request: HttpRequest) -> HttpResponse:
        kind = request.GET.get("kind", "")
        kind = kind if kind in DocumentKind.values else ""
        years = years_of(self.actor)
        year = next((one for one in years if str(one) == request.GET.get("year", "")), None)
        found = list_documents(self.actor, kind=kind, year=year)
        context = {
            "page": page_of(found, NEWEST, cursor=request.GET.get("after", ""), size=PAGE),
            "kinds": DocumentKind.choices,
            "kind": kind,
            "years": years,
            "year": year,
            "chosen": f"kind={kind}&year={year or ''}",
        }
        return render(request, "documents/list.html", context)


class DocumentView(DocumentsPageView):
    def get(self, request: HttpRequest, document_id: str) -> HttpResponse:
        document = get_document(self.actor, document_id)
        language = chosen_language(request)
        context = {"document": document, "sheet": sheet_of(document, language), "language": language}
        return render(request, "documents/document.html", context)


class DocumentFileView(DocumentsPageView):
    def get(self, request: HttpRequest, document_id: str) -> HttpResponse:
        document = get_document(self.actor, document_id)
        return pdf_answer(document, chosen_language(request))
