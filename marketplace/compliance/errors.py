"""What compliance refuses."""

from marketplace.core.errors import Conflict, Refused, TooMany


class AlreadyReported(Conflict):
    """The same person's report of the same thing still waits for an answer."""

    code = "already_reported"


class TooManyReports(TooMany):
    """A limit for each person and day."""

    code = "too_many_reports"


class OwnSubject(Refused):
    """Nobody reports what is their own, and no staff decides about it."""

    code = "own_subject"
