from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "upload_refused": _("This file cannot be used."),
    "upload_empty": _("This file is empty. Choose it again, or export it anew."),
    "upload_too_big": _("This file is larger than %(megabytes)s MB. Send a smaller one."),
    "upload_too_many_pixels": _("This picture has more than %(megapixels)s megapixels. Make it smaller and try again."),
    "upload_not_a_picture": _("This is not a JPEG, PNG, WebP, GIF or AVIF picture, whatever it is called."),
    "upload_not_a_document": _("This is neither a PDF nor a JPEG, PNG, WebP, GIF or AVIF picture."),
    "upload_heic": _(
        "This is a HEIC picture, which browsers cannot show. On an iPhone choose Settings → Camera → Formats → "
        "Most Compatible and take it again, or send a screenshot of it."
    ),
    "upload_mistyped": _("It says %(said)s and is a %(found)s inside. Save it again under its right type."),
    "upload_damaged": _("This file is damaged or was cut short. Open it, save it again and send that one."),
    "upload_locked": _("This PDF asks for a password, so nobody here can read it. Send it without one."),
}
