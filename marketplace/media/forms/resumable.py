from django import forms

from marketplace.media.file_names import plain


class AnnouncementForm(forms.Form):
    """What is said about a file before its first byte is sent."""

    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0, max_value=2**53)
    purpose = forms.ChoiceField(choices=[("work", "work"), ("message", "message")])

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"]) or "file"
