"""Files of work in a form: what has arrived in parts, and, without a script, one small file with the form itself."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from marketplace.http.sentences import sentence
from marketplace.media.errors import UploadRefused
from marketplace.media.limits import MAX_BYTES
from marketplace.media.work_files import WORK_TYPES, hold_size, judge

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class WorkFiles:
    """Public ids of files that are here, and at most one that came with the form."""

    ids: tuple[str, ...]
    small: UploadedFile | None

    def __bool__(self) -> bool:
        return bool(self.ids or self.small)


class UploadWidget(forms.Widget):
    template_name = "media/upload_widget.html"
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list[str], UploadedFile | None]:
        return data.getlist(name) if hasattr(data, "getlist") else [], files.get(f"{name}_file") if files else None

    def format_value(self, value: Any) -> list[str]:
        return list(value[0]) if value else []


class WorkFilesField(forms.Field):
    """Cleans to WorkFiles; the small file has been judged by its content. Whose the ids are is for the flow to say."""

    widget = UploadWidget

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": WORK_TYPES}

    def clean(self, value: tuple[list[str], UploadedFile | None]) -> WorkFiles:
        ids, small = value
        if small is not None:
            try:
                hold_size(small.size, MAX_BYTES)
                judge(small, filename=small.name or "")
            except UploadRefused as refusal:
                raise ValidationError(sentence(refusal), code=refusal.code) from refusal
        return WorkFiles(tuple(dict.fromkeys(ids))[:MOST_FILES], small)
