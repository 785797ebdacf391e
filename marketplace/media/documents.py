"""Papers for a check of identity: a PDF as it is, or a picture, which is drawn anew like any other. Pure."""

from marketplace.media.checked import Checked, Format, check_size
from marketplace.media.errors import Damaged, Locked, NotADocument, NotAPicture
from marketplace.media.pictures import check_picture
from marketplace.media.sniff import is_pdf

PDF = Format("PDF", "application/pdf", frozenset({"pdf"}), frozenset({"application/x-pdf"}))
TAIL = 2048


def check_document(data: bytes, *, filename: str = "", content_type: str = "") -> Checked:
    """Judge a document by its content. Raises what `check_picture` raises, NotADocument and Locked."""
    check_size(len(data))
    if not is_pdf(data):
        try:
            return check_picture(data, filename=filename, content_type=content_type)
        except NotAPicture as error:
            raise NotADocument from error
    PDF.hold_to(filename, content_type)
    if b"%%EOF" not in data[-TAIL:]:
        raise Damaged
    if b"/Encrypt" in data:
        raise Locked
    return Checked(data=data, format=PDF)
