from marketplace.core.errors import Conflict, Forbidden, Refused


class OtherContent(Conflict):
    """The same reference was given before, with other values."""

    code = "bank_other_content"


class NotEnoughThere(Refused):
    """Less stands on the payee's part than should leave it."""

    code = "bank_not_enough_there"


class NoAccountNamed(Refused):
    """There is no account to send it to."""

    code = "bank_no_account_named"


class BadAccountNumber(Refused):
    code = "bank_bad_account_number"


class FileRefused(Refused):
    """Nothing of it was read. Says the row and the column."""

    code = "bank_file_refused"


class UploadedBefore(Refused):
    """The same file, to the byte."""

    code = "bank_uploaded_before"


class NothingQueued(Refused):
    code = "bank_nothing_queued"


class SamePerson(Forbidden):
    """What one of finance began, another decides."""

    code = "bank_same_person"


class AnswersDiffer(Refused):
    """A confirmation speaks of an order that is not in this batch, or of another amount."""

    code = "bank_answers_differ"


class MoreThanThere(Refused):
    """More than is left of the payment."""

    code = "bank_more_than_there"


class NoSuchPayIn(Refused):
    """No transfer is waited for with these words and exactly this amount."""

    code = "bank_no_such_pay_in"


class NotSentYet(Refused):
    """Nobody has had the file of this batch yet, so no bank has answered it."""

    code = "bank_not_sent_yet"
