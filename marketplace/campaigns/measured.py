"""What is observed on the way to an agreement: how a merchant answers those who apply, how they answer it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.accounts.models import PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.reliability.measures import By, Figure, observed

MERCHANTS = frozenset(map(str, MERCHANT_KINDS))
ANCHOR_SIDE = frozenset({str(PartyKind.ANCHOR), str(PartyKind.AGENCY)})


@observed(
    "merchant_decision",
    kinds=MERCHANTS,
    page="application",
    title=_("Applications decided"),
    counted=ngettext_lazy("%(n)s application", "%(n)s applications", "n"),
    met=_("decided"),
    missed=_("unanswered for five days"),
    figures=(
        Figure(
            "decision",
            By.MEDIAN,
            _("Decides on an application in"),
            _("From the application to the first offer or no, late ones too; withdrawn ones are not counted."),
            10,
        ),
        Figure(
            "unanswered",
            By.SHARE_MISSED,
            _("Applications left unanswered"),
            _("Applications without a decision for five days, of all that were decided or left so."),
            20,
        ),
    ),
)
def applications_decided() -> str:
    """From `applied_at` to the first offer, or the merchant's no (closing the task is one). Five days without either
    are unanswered (domain: the merchant decides in 5 d), and stay so when an answer comes later. An application that
    was withdrawn before is neither.
    """
    return """
    SELECT application.public_id AS subject, application.public_id AS place, task.title,
        application.anchor_id AS other_id, application.applied_at AS began_at,
        coalesce(decided.at, application.unanswered_at) AS ended_at,
        decided.at IS NOT NULL AS timed, application.unanswered_at IS NOT NULL AS missed
    FROM campaigns_vtask AS task
    JOIN campaigns_application AS application ON application.task_id = task.id
    LEFT JOIN LATERAL (
        SELECT event.at FROM core_event AS event
        WHERE event.aggregate = application.public_id AND event.data ->> 'by_side' = 'merchant'
            AND (event.name = 'application.offer_made'
                OR event.name = 'application.closed' AND event.data ->> 'how' = 'declined')
        ORDER BY event.seq LIMIT 1
    ) AS decided ON true
    WHERE task.party_id = %(party)s AND application.applied_at IS NOT NULL
        AND (application.moved_at >= %(since)s OR application.unanswered_at >= %(since)s)
    """


@observed(
    "anchor_answer",
    kinds=ANCHOR_SIDE,
    page="application",
    title=_("Invitations and offers answered"),
    counted=ngettext_lazy("%(n)s invitation or offer", "%(n)s invitations and offers", "n"),
    met=_("answered"),
    missed=_("left to lapse"),
    figures=(
        Figure(
            "answer",
            By.MEDIAN,
            _("Answers an invitation or offer in"),
            _("From an invitation or offer to the yes, no, application or counter-offer to it."),
            10,
        ),
        Figure(
            "lapsed_offers",
            By.SHARE_MISSED,
            _("Invitations and offers left to lapse"),
            _("Of those that were answered or lapsed, the lapsed ones. What the merchant took back is not counted."),
            20,
        ),
    ),
)
def invitations_and_offers() -> str:
    """An invitation, from when it was made to the application, the anchor's no or its lapse after 7 d; an offer of the
    merchant's, to its acceptance, a counter-offer, the no or its lapse after 72 h (once twice that). Whoever acts in
    the candidacy is measured: the anchor, or the agency that applied for her. What the merchant or the end of the task
    took away is nobody's answer.
    """
    return """
    SELECT application.public_id AS subject, application.public_id AS place, task.title, task.party_id AS other_id,
        application.created_at AS began_at, answered.at AS ended_at,
        NOT answered.lapsed AS timed, answered.lapsed AS missed
    FROM campaigns_application AS application
    JOIN campaigns_vtask AS task ON task.id = application.task_id
    JOIN LATERAL (
        SELECT event.at, coalesce(event.data ->> 'how', '') = 'expired' AS lapsed FROM core_event AS event
        WHERE event.aggregate = application.public_id
            AND (event.name = 'application.applied'
                OR event.name = 'application.closed' AND event.data ->> 'by_side' IN ('anchor', 'clock'))
        ORDER BY event.seq LIMIT 1
    ) AS answered ON true
    WHERE application.by_party_id = %(party)s AND application.origin = 'invited' AND application.moved_at >= %(since)s
    UNION ALL
    SELECT offer.public_id, application.public_id, task.title, task.party_id, offer.created_at, offer.closed_at,
        offer.state <> 'expired', offer.state = 'expired'
    FROM campaigns_application AS application
    JOIN campaigns_vtask AS task ON task.id = application.task_id
    JOIN campaigns_offer AS offer ON offer.application_id = application.id AND offer.side = 'merchant'
    WHERE application.by_party_id = %(party)s AND offer.closed_at >= %(since)s
        AND (offer.state IN ('accepted', 'countered', 'expired') OR offer.state = 'declined' AND EXISTS (
            SELECT FROM core_event AS event
            WHERE event.aggregate = application.public_id AND event.name = 'application.closed'
                AND event.data ->> 'by_side' = 'anchor'
        ))
    """
