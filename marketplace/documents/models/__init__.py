from marketplace.documents.models.document import Document, DocumentKind, InvoicedRelease
from marketplace.documents.models.fee_return import FeeReturn
from marketplace.documents.models.month import ClosedMonth
from marketplace.documents.models.series import Series

__all__ = ["ClosedMonth", "Document", "DocumentKind", "FeeReturn", "InvoicedRelease", "Series"]
