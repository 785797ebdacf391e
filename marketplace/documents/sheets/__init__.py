"""A document as a reader sees it, in one language: the same for the page and for the PDF, drawn from what is frozen."""

from collections.abc import Callable

from django.utils.translation import override

from marketplace.documents.models import Document, DocumentKind
from marketplace.documents.sheets.earnings import statement
from marketplace.documents.sheets.fee import credit_note, invoice
from marketplace.documents.sheets.payment import receipt
from marketplace.documents.sheets.shape import Frozen, Sheet

LANGUAGES = ("en", "zh-hans")
PARTS: dict[DocumentKind, Callable[[Frozen, str, str], Sheet]] = {
    DocumentKind.RECEIPT: receipt,
    DocumentKind.INVOICE: invoice,
    DocumentKind.CREDIT_NOTE: credit_note,
    DocumentKind.STATEMENT: statement,
}


def sheet_of(document: Document, language: str) -> Sheet:
    """Times are UTC."""
    with override(language):
        return PARTS[DocumentKind(document.kind)](Frozen(document.contents), document.sha256, language)
