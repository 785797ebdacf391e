"""A document as an answer: in which language, and as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from marketplace.documents.models import Document
from marketplace.documents.pdf import pdf_of
from marketplace.documents.sheets import LANGUAGES


def pdf_answer(document: Document, language: str) -> HttpResponse:
    response = HttpResponse(pdf_of(document, language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.number}.{language}.pdf"'
    return response


def chosen_language(request: HttpRequest) -> str:
    """`?lang=`, or the reader's own."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    current = get_language() or ""
    return current if current in LANGUAGES else LANGUAGES[0]
