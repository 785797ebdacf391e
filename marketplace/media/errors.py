"""What an upload is refused for. Each has its own sentence, which says what to do instead."""

from marketplace.core.errors import Conflict, Refused, TooMany


class UploadRefused(Refused):
    code = "upload_refused"


class EmptyUpload(UploadRefused):
    code = "upload_empty"


class UploadTooBig(UploadRefused):
    """More bytes than the limit."""

    code = "upload_too_big"


class TooManyPixels(UploadRefused):
    """The header promises more pixels than we decode; nothing was decoded."""

    code = "upload_too_many_pixels"


class NotAPicture(UploadRefused):
    """By its content it is none of the kinds of picture that we take, whatever it is called."""

    code = "upload_not_a_picture"


class NotADocument(UploadRefused):
    """By its content it is neither a PDF nor a picture that we take."""

    code = "upload_not_a_document"


class PhoneFormat(UploadRefused):
    """HEIC or HEIF: what an iPhone keeps. We do not decode it."""

    code = "upload_heic"


class Mistyped(UploadRefused):
    """Its name or its declared type says one thing, its content another."""

    code = "upload_mistyped"


class Damaged(UploadRefused):
    """It ends too early, or cannot be decoded."""

    code = "upload_damaged"


class Locked(UploadRefused):
    """A PDF that asks for a password: nobody here could read it."""

    code = "upload_locked"


class TooManyPages(UploadRefused):
    """A PDF of more pages than we write a draft's words over."""

    code = "upload_too_many_pages"


class NotWork(UploadRefused):
    """By its content it is no video, picture or PDF that we take."""

    code = "upload_not_work"


class PlaylistRefused(UploadRefused):
    """A list of other files: whoever opened it would fetch them."""

    code = "upload_playlist"


class ActiveContent(UploadRefused):
    """HTML, SVG or a script, whatever it is called."""

    code = "upload_active"


class Polyglot(UploadRefused):
    """It is one thing, and carries another that would open as well."""

    code = "upload_polyglot"


class WrongOffset(Conflict):
    """The next part begins elsewhere: `offset` in the context is how many bytes are here."""

    code = "upload_offset"


class UploadOver(Conflict):
    """It is finished, was cancelled, or its time is over."""

    code = "upload_over"


class PartTooBig(UploadRefused):
    code = "upload_part"


class TooManyUploads(TooMany):
    """Too many at once, or in this hour."""

    code = "upload_too_many"


class NoRoom(UploadRefused):
    """What the party keeps has reached its limit."""

    code = "upload_no_room"
