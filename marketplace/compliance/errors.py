"""What compliance refuses."""

from marketplace.core.errors import Conflict, Forbidden, Refused, TooMany


class AlreadyReported(Conflict):
    """The same person's report of the same thing still waits for an answer."""

    code = "already_reported"


class TooManyReports(TooMany):
    """A limit for each person and day."""

    code = "too_many_reports"


class OwnSubject(Refused):
    """Nobody reports what is their own, and no staff decides about it."""

    code = "own_subject"


class AlreadyObjected(Conflict):
    """One objection for each observation; a rejected one is appealed."""

    code = "already_objected"


class NotCounted(Conflict):
    """It was struck out already."""

    code = "observation_not_counted"


class TooFewWords(Refused):
    """Whoever decides needs to read what happened."""

    code = "too_few_words"


class AppealOver(Conflict):
    """The days in which a rejection can be appealed have passed."""

    code = "objection_appeal_over"


class RejectedByYou(Forbidden):
    """Whoever rejected an objection does not settle the appeal against that."""

    code = "rejected_by_you"
