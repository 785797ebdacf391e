"""Fields that take a file, judge it by its content at once, and hand on what they found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from marketplace.http.sentences import sentence
from marketplace.media.checked import Checked, check_size
from marketplace.media.documents import PDF, check_document
from marketplace.media.errors import UploadRefused
from marketplace.media.pictures import FORMATS, check_picture

PICTURE_TYPES = ",".join(kind.mime for kind in FORMATS.values())


class PictureField(forms.FileField):
    """Cleans to a `Checked` picture for `media.flows.upload`; each refusal has its own sentence."""

    accept = PICTURE_TYPES
    check = staticmethod(check_picture)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | {"accept": self.accept}

    def to_python(self, data: UploadedFile | None) -> Checked | None:
        if data in self.empty_values:
            return None
        try:
            check_size(data.size)
            return self.check(data.read(), filename=data.name or "", content_type=data.content_type or "")
        except UploadRefused as refusal:
            raise ValidationError(sentence(refusal), code=refusal.code) from refusal

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        checked = self.to_python(data)
        self.validate(checked if checked is not None else initial)
        return checked


class DocumentField(PictureField):
    """A PDF or a picture of a paper."""

    accept = f"{PDF.mime},{PICTURE_TYPES}"
    check = staticmethod(check_document)
