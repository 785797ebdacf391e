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
    "upload_not_work": _("This is no video (MP4, MOV, WebM), picture or PDF, whatever it is called."),
    "upload_too_many_pages": _("This PDF has more than %(pages)s pages. Send it in parts."),
    "upload_playlist": _("This is a list of other files. Send the video itself."),
    "upload_active": _("This is a page or a program. Send a video, a picture or a PDF."),
    "upload_polyglot": _("This %(found)s carries something else inside. Export it anew and send that one."),
    "upload_offset": _("The next part begins at byte %(offset)s. Go on from there."),
    "upload_over": _("This upload is over: it is finished, was cancelled, or took more than 24 hours. Begin it anew."),
    "upload_part": _("A part is at most %(megabytes)s MB, and all of them no more than was announced."),
    "upload_too_many": _("Too many uploads at once. Finish or cancel one, or wait an hour."),
    "upload_no_room": _("Your files together would be more than %(gigabytes)s GB. Ask us to make room."),
    "upload_locked": _("This PDF asks for a password, so nobody here can read it. Send it without one."),
}
