"""Every state of every object with its family and its word, as the reader who must act sees it.

The families are those of `<c-state>`: quiet, turn (your move), wait, live, safe, done, hold, stop.
"""

from django.utils.translation import pgettext_lazy

States = tuple[tuple[str, str], ...]

STATES: tuple[tuple[str, States], ...] = (
    (
        pgettext_lazy("object", "V task"),
        (
            ("quiet", pgettext_lazy("task", "Draft")),
            ("wait", pgettext_lazy("task", "In review")),
            ("live", pgettext_lazy("task", "Open")),
            ("hold", pgettext_lazy("task", "Paused")),
            ("quiet", pgettext_lazy("task", "Closed")),
            ("quiet", pgettext_lazy("task", "Archived")),
            ("stop", pgettext_lazy("task", "Rejected")),
        ),
    ),
    (
        pgettext_lazy("object", "Application"),
        (
            ("wait", pgettext_lazy("application", "Applied")),
            ("turn", pgettext_lazy("application", "Invited")),
            ("live", pgettext_lazy("application", "Shortlisted")),
            ("turn", pgettext_lazy("application", "Offered")),
            ("turn", pgettext_lazy("application", "Countered")),
            ("done", pgettext_lazy("application", "Accepted")),
            ("quiet", pgettext_lazy("application", "Waitlisted")),
            ("quiet", pgettext_lazy("application", "Declined")),
            ("quiet", pgettext_lazy("application", "Withdrawn")),
            ("quiet", pgettext_lazy("application", "Expired")),
        ),
    ),
    (
        pgettext_lazy("object", "Contract"),
        (
            ("quiet", pgettext_lazy("contract", "Drafted")),
            ("turn", pgettext_lazy("contract", "Signing")),
            ("wait", pgettext_lazy("contract", "Awaiting funds")),
            ("live", pgettext_lazy("contract", "Active")),
            ("done", pgettext_lazy("contract", "Completed")),
            ("turn", pgettext_lazy("contract", "Cancel requested")),
            ("stop", pgettext_lazy("contract", "Cancelled")),
            ("stop", pgettext_lazy("contract", "Disputed")),
        ),
    ),
    (
        pgettext_lazy("object", "Deliverable"),
        (
            ("quiet", pgettext_lazy("deliverable", "Planned")),
            ("turn", pgettext_lazy("deliverable", "Submitted")),
            ("turn", pgettext_lazy("deliverable", "Changes requested")),
            ("done", pgettext_lazy("deliverable", "Approved")),
            ("live", pgettext_lazy("deliverable", "Published")),
            ("done", pgettext_lazy("deliverable", "Verified")),
            ("stop", pgettext_lazy("deliverable", "Overdue")),
        ),
    ),
    (
        pgettext_lazy("object", "Protected funds"),
        (
            ("wait", pgettext_lazy("funds", "Requested")),
            ("safe", pgettext_lazy("funds", "Held")),
            ("safe", pgettext_lazy("funds", "Partly released")),
            ("done", pgettext_lazy("funds", "Released")),
            ("quiet", pgettext_lazy("funds", "Refunded")),
        ),
    ),
    (
        pgettext_lazy("object", "Payout"),
        (
            ("quiet", pgettext_lazy("payout", "Pending")),
            ("live", pgettext_lazy("payout", "Submitting")),
            ("live", pgettext_lazy("payout", "In transit")),
            ("done", pgettext_lazy("payout", "Paid")),
            ("stop", pgettext_lazy("payout", "Failed")),
            ("hold", pgettext_lazy("payout", "On hold: first payout")),
            ("stop", pgettext_lazy("payout", "Returned")),
        ),
    ),
    (
        pgettext_lazy("object", "Cancellation"),
        (
            ("turn", pgettext_lazy("cancellation", "Requested")),
            ("done", pgettext_lazy("cancellation", "Agreed")),
            ("stop", pgettext_lazy("cancellation", "Refused")),
            ("quiet", pgettext_lazy("cancellation", "Silent, agreed")),
        ),
    ),
    (
        pgettext_lazy("object", "Dispute"),
        (
            ("stop", pgettext_lazy("dispute", "Opened")),
            ("turn", pgettext_lazy("dispute", "Awaiting reply")),
            ("live", pgettext_lazy("dispute", "Mediation")),
            ("turn", pgettext_lazy("dispute", "Proposal")),
            ("done", pgettext_lazy("dispute", "Decided 70 : 30")),
            ("wait", pgettext_lazy("dispute", "Appealed")),
            ("quiet", pgettext_lazy("dispute", "Closed")),
        ),
    ),
    (
        pgettext_lazy("object", "Review"),
        (
            ("turn", pgettext_lazy("review", "Open")),
            ("wait", pgettext_lazy("review", "Written")),
            ("done", pgettext_lazy("review", "Published")),
        ),
    ),
    (
        pgettext_lazy("object", "CPS order"),
        (
            ("quiet", pgettext_lazy("order", "Clicked")),
            ("live", pgettext_lazy("order", "Paid")),
            ("live", pgettext_lazy("order", "Delivered")),
            ("wait", pgettext_lazy("order", "Confirmed")),
            ("done", pgettext_lazy("order", "Matured")),
            ("done", pgettext_lazy("order", "Settled")),
            ("quiet", pgettext_lazy("order", "Cancelled")),
            ("quiet", pgettext_lazy("order", "Refunded in part")),
            ("quiet", pgettext_lazy("order", "Refunded")),
            ("hold", pgettext_lazy("order", "Fraud hold")),
            ("stop", pgettext_lazy("order", "Duplicate")),
        ),
    ),
    (
        pgettext_lazy("object", "Commission line"),
        (
            ("wait", pgettext_lazy("commission", "Estimated")),
            ("done", pgettext_lazy("commission", "Approved")),
            ("live", pgettext_lazy("commission", "In payout")),
            ("done", pgettext_lazy("commission", "Paid")),
            ("hold", pgettext_lazy("commission", "Held")),
            ("quiet", pgettext_lazy("commission", "Void")),
        ),
    ),
    (
        pgettext_lazy("object", "Sample"),
        (
            ("turn", pgettext_lazy("sample", "Requested")),
            ("done", pgettext_lazy("sample", "Approved")),
            ("live", pgettext_lazy("sample", "Shipped")),
            ("live", pgettext_lazy("sample", "Delivered")),
            ("turn", pgettext_lazy("sample", "Content due")),
            ("done", pgettext_lazy("sample", "Fulfilled")),
            ("stop", pgettext_lazy("sample", "Rejected")),
            ("quiet", pgettext_lazy("sample", "Withdrawn")),
            ("quiet", pgettext_lazy("sample", "Expired")),
            ("stop", pgettext_lazy("sample", "Overdue")),
            ("wait", pgettext_lazy("sample", "Appealed")),
        ),
    ),
    (
        pgettext_lazy("object", "Agency link"),
        (
            ("turn", pgettext_lazy("representation", "Requested")),
            ("done", pgettext_lazy("representation", "Active")),
            ("turn", pgettext_lazy("representation", "Change requested")),
            ("wait", pgettext_lazy("representation", "Ending")),
            ("quiet", pgettext_lazy("representation", "Ended")),
        ),
    ),
    (
        pgettext_lazy("object", "Compliance case"),
        (
            ("wait", pgettext_lazy("case", "Reported")),
            ("live", pgettext_lazy("case", "Triage")),
            ("stop", pgettext_lazy("case", "Action")),
            ("live", pgettext_lazy("case", "Notified")),
            ("wait", pgettext_lazy("case", "Appealed")),
            ("stop", pgettext_lazy("case", "Upheld")),
            ("done", pgettext_lazy("case", "Overturned")),
        ),
    ),
)
