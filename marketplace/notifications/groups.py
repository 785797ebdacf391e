"""Which notices belong together, for whoever wants fewer mails. What is in no group is always mailed: security, the
law, signatures and disputes. Pure."""

from enum import StrEnum


class Group(StrEnum):
    MONEY = "money"
    WORK = "work"
    OFFERS = "offers"
    TEAM = "team"
    MESSAGES = "messages"


MEMBERS: dict[Group, frozenset[str]] = {
    Group.MONEY: frozenset(
        [
            "funding_paid",
            "transfer_awaited",
            "refund_done",
            "refund_done_unused",
            "refund_returned",
            "refund_returned_protected",
            "approval_granted",
            "approval_closed",
            "reserve_lapsed",
            "contract_to_pay",
            "contract_pay_soon",
            "contract_pay_longer",
            "contract_funded",
            "contract_unfunded",
            "contract_payment_sent_back",
            "funds_released",
            "amendment_to_pay",
            "round_to_pay",
            "round_paid",
            "round_released",
            "debt_settled",
            "debt_settled_in_part",
            "chargeback_reinstated",
            "chargeback_closed",
            "money_taken_back_for_you",
            "transfer_kept",
            "invoice_issued",
            "credit_note_issued",
            "statement_issued",
        ]
    ),
    Group.WORK: frozenset(
        [
            "upload_damaged",
            "contract_completed",
            "review_to_write",
            "review_soon",
            "review_written",
            "review_published",
            "review_answered",
            "work_submitted",
            "changes_requested",
            "round_bought",
            "work_approved",
            "work_published",
            "proof_sent_back",
            "work_verified",
            "work_stayed_up",
            "stay_up_asked",
            "stay_up_answered",
            "stay_up_silent",
            "stay_up_seen_again",
            "work_overdue",
            "work_late",
            "work_remarked",
            "work_due_soon",
            "approval_put_off",
            "cancellation_closed",
            "contract_thawed",
        ]
    ),
    Group.OFFERS: frozenset(
        [
            "channel_verified",
            "v_task_opened",
            "v_task_rejected",
            "v_task_review_overdue",
            "v_task_full",
            "v_task_over",
            "search_matched",
            "anchor_invited",
            "anchor_applied",
            "agency_applied",
            "application_shortlisted",
            "application_waitlisted",
            "application_unanswered",
            "application_still_waiting",
            "application_declined",
            "application_withdrawn",
            "application_expired",
            "offer_made",
            "offer_countered",
            "offer_extended",
            "offer_ends_soon",
            "offer_rescinded",
            "offer_accepted",
            "seat_free",
            "seat_free_again",
        ]
    ),
    Group.MESSAGES: frozenset(["messages_waiting", "mentioned"]),
    Group.TEAM: frozenset(
        [
            "member_joined",
            "representation_closed",
            "representation_change_kept",
            "representation_change_accepted",
            "representation_accepted",
        ]
    ),
}
# Somebody has hours, not days: such a mail wakes.
URGENT = frozenset({"contract_pay_soon", "offer_ends_soon", "work_due_soon"})


def group_of(kind: str) -> Group | None:
    return next((group for group, kinds in MEMBERS.items() if kind in kinds), None)
