"""What is observed of a contract: signed, paid, handed in and answered in time, and how its disputes were decided.

What the platform or a payer's bank ended (a chargeback, day 85 of a payment) is nobody's doing, and is not counted.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.accounts.models import PartyKind
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.reliability.measures import By, Figure, observed

MERCHANTS = frozenset(map(str, MERCHANT_KINDS))
ANCHORS = frozenset({str(PartyKind.ANCHOR)})
AGENCIES = frozenset({str(PartyKind.AGENCY)})
TITLE = "contract.title || ' · ' || deliverable.title AS title"
ON_HER_SIDE = "(contract.anchor_id = %(party)s OR contract.agency_id = %(party)s)"
HALF = 5_000  # basis points of what was disputed

# Nobody is late while the payer's bank holds the money: the clocks stand still, and begin anew.
NOT_FROZEN = """NOT EXISTS (
    SELECT FROM core_event AS frozen
    WHERE frozen.aggregate = contract.public_id AND frozen.name = 'contract.frozen' AND frozen.at <= {until}
)"""
DUE = """CROSS JOIN LATERAL (
    SELECT (deliverable.due_on + 1)::timestamp AT TIME ZONE (contract.canonical #>> '{deal,time_zone}') AS at
) AS due"""
SIGN = (
    _("Signs a contract in"),
    _("From the day that a contract could be signed to this side’s signature."),
    _("Contracts left to lapse unsigned"),
    _("Contracts that lapsed after 72 hours without this side’s signature; a spoken no is not counted."),
)


def _signing(column: str, capacity: str, other: str) -> str:
    """From when the contract was open for signing to the signature of this side; missed when it lapsed after 72 h and
    this side had not signed. Somebody's no, before or after, is no lapse.
    """
    return f"""
    SELECT contract.public_id AS subject, contract.public_id AS place, contract.title, contract.{other} AS other_id,
        contract.drafted_at AS began_at, coalesce(signature.signed_at, contract.closed_at) AS ended_at,
        signature.id IS NOT NULL AS timed, signature.id IS NULL AS missed
    FROM contracts_contract AS contract
    LEFT JOIN contracts_signature AS signature
        ON signature.contract_id = contract.id AND signature.capacity = '{capacity}'
    WHERE contract.{column} = %(party)s AND (signature.id IS NOT NULL
        OR contract.state = 'lapsed' AND contract.concluded_at IS NULL AND EXISTS (
            SELECT FROM core_event AS event
            WHERE event.aggregate = contract.public_id AND event.name = 'contract.lapsed'
                AND event.data ->> 'how' = 'unsigned'
        ))
    """  # noqa: S608  from constants


def _signs(name: str, kinds: frozenset[str], column: str, capacity: str, other: str, place: int) -> None:
    observed(
        name,
        kinds=kinds,
        page="contract",
        title=_("Contracts signed"),
        counted=ngettext_lazy("%(n)s contract", "%(n)s contracts", "n"),
        met=_("signed"),
        missed=_("left to lapse"),
        figures=(
            Figure("signing", By.MEDIAN, SIGN[0], SIGN[1], place),
            Figure("unsigned", By.COUNT_MISSED, SIGN[2], SIGN[3], place + 1),
        ),
    )(lambda: _signing(column, capacity, other))


_signs("merchant_signing", MERCHANTS, "merchant_id", "merchant", "anchor_id", 70)
_signs("anchor_signing", ANCHORS, "anchor_id", "anchor", "merchant_id", 40)
_signs("agency_signing", AGENCIES, "agency_id", "agency", "merchant_id", 40)


@observed(
    "merchant_review",
    kinds=MERCHANTS,
    page="contract",
    title=_("Work answered"),
    counted=ngettext_lazy("%(n)s piece handed in", "%(n)s pieces handed in", "n"),
    met=_("answered"),
    missed=_("approved by the clock"),
    figures=(
        Figure(
            "review",
            By.MEDIAN,
            _("Answers work in"),
            _("From handing in to the approval or to changes asked for; silence runs until the clock approved."),
            30,
        ),
        Figure(
            "silence",
            By.SHARE_MISSED,
            _("Work approved by the clock"),
            _("Of the pieces handed in and answered, those that nobody answered before the clock approved them."),
            40,
        ),
    ),
)
def work_answered() -> str:
    """Each time that something was handed in, until it was approved or changes were asked for; missed when the clock
    approved (3 business days unless the contract says otherwise). What was disputed, frozen or ended meanwhile is not
    counted.
    """
    return f"""
    SELECT submission.public_id AS subject, contract.public_id AS place, {TITLE},
        contract.anchor_id AS other_id, submission.at AS began_at, answered.at AS ended_at,
        true AS timed, answered.by_clock AS missed
    FROM contracts_contract AS contract
    JOIN contracts_deliverable AS deliverable ON deliverable.contract_id = contract.id
    JOIN contracts_submission AS submission ON submission.deliverable_id = deliverable.id
    JOIN core_event AS handed ON handed.aggregate = deliverable.public_id AND handed.name = 'deliverable.submitted'
        AND (handed.data ->> 'number')::int = submission.number
    JOIN LATERAL (
        SELECT event.at, event.name, coalesce((event.data ->> 'by_clock')::boolean, false) AS by_clock
        FROM core_event AS event
        WHERE event.aggregate = deliverable.public_id AND event.seq > handed.seq
            AND event.name IN ('deliverable.approved', 'deliverable.changes_requested', 'deliverable.voided')
        ORDER BY event.seq LIMIT 1
    ) AS answered ON answered.name <> 'deliverable.voided'
    WHERE contract.merchant_id = %(party)s AND answered.at >= %(since)s
        AND {NOT_FROZEN.format(until="answered.at AND frozen.at >= submission.at")}
        AND NOT EXISTS (
            SELECT FROM contracts_dispute AS dispute
            WHERE dispute.deliverable_id = deliverable.id
                AND dispute.opened_at BETWEEN submission.at AND answered.at
        )
    """  # noqa: S608


@observed(
    "merchant_payment",
    kinds=MERCHANTS,
    page="contract",
    title=_("Contracts paid"),
    counted=ngettext_lazy("%(n)s signed contract", "%(n)s signed contracts", "n"),
    met=_("paid"),
    missed=_("left to lapse unpaid"),
    figures=(
        Figure(
            "payment",
            By.MEDIAN,
            _("Pays a signed contract in"),
            _("From the last signature to the moment that the whole fee stood in protected funds."),
            50,
        ),
        Figure(
            "unpaid",
            By.COUNT_MISSED,
            _("Signed contracts left unpaid"),
            _("Contracts signed by all that lapsed because the fee was not paid in time."),
            60,
        ),
    ),
)
def contracts_paid() -> str:
    """Contracts with a fee, from the signature that concluded them to `funded_at`; missed when they lapsed unfunded
    (48 h, with three days more for a bank transfer). One called off before is neither; nor is one whose payment the
    payer's bank took back before it arrived.
    """
    return """
    SELECT contract.public_id AS subject, contract.public_id AS place, contract.title, contract.anchor_id AS other_id,
        contract.concluded_at AS began_at, coalesce(contract.funded_at, contract.closed_at) AS ended_at,
        contract.funded_at IS NOT NULL AS timed, contract.funded_at IS NULL AS missed
    FROM contracts_contract AS contract
    WHERE contract.merchant_id = %(party)s AND contract.concluded_at IS NOT NULL AND contract.gross_minor > 0
        AND (contract.funded_at IS NOT NULL OR contract.state = 'lapsed' AND NOT EXISTS (
            SELECT FROM payments_chargebackpart AS part
            WHERE part.contract = contract.public_id AND part.contract <> ''
        ))
    """


@observed(
    "anchor_work",
    kinds=ANCHORS | AGENCIES,
    page="contract",
    title=_("Work handed in"),
    counted=ngettext_lazy("%(n)s piece due", "%(n)s pieces due", "n"),
    met=_("in time"),
    missed=_("late"),
    figures=(
        Figure(
            "on_time",
            By.SHARE_MET,
            _("Work handed in on time"),
            _("Of the pieces first handed in or overdue, those first handed in by the end of the day that was agreed."),
            30,
        ),
    ),
)
def work_handed_in() -> str:
    """The first time that a piece was handed in, against the end of the day on which it was due, where the contract's
    clock stands; one that is overdue and has not come is late. Lives are not handed in. What was paid for only after
    that day, or stood still because the payer's bank held the money, is not counted.
    """
    return f"""
    SELECT deliverable.public_id AS subject, contract.public_id AS place, {TITLE},
        contract.merchant_id AS other_id, due.at AS began_at, coalesce(first.at, deliverable.overdue_at) AS ended_at,
        false AS timed, coalesce(first.at >= due.at, true) AS missed
    FROM contracts_contract AS contract
    JOIN contracts_deliverable AS deliverable ON deliverable.contract_id = contract.id AND deliverable.kind <> 'live'
    {DUE}
    LEFT JOIN contracts_submission AS first ON first.deliverable_id = deliverable.id AND first.number = 1
    WHERE {ON_HER_SIDE} AND coalesce(first.at, deliverable.overdue_at) >= %(since)s
        AND coalesce(contract.funded_at, contract.concluded_at) < due.at
        AND {NOT_FROZEN.format(until="coalesce(first.at, deliverable.overdue_at)")}
    """  # noqa: S608


@observed(
    "anchor_live",
    kinds=ANCHORS | AGENCIES,
    page="contract",
    title=_("Lives"),
    counted=ngettext_lazy("%(n)s live", "%(n)s lives", "n"),
    met=_("took place"),
    missed=_("absent"),
    figures=(
        Figure(
            "absent",
            By.COUNT_MISSED,
            _("Absent at a live"),
            _("Lives to which she did not come: nobody said otherwise, and the contract ended or was taken over."),
            50,
        ),
    ),
)
def lives_held() -> str:
    """A live that was checked took place. Missed: the merchant said that nobody came, her side not otherwise, and
    the contract ended or went to another anchor; or it was overdue for 72 h without a proof, and the merchant ended the
    contract for that (domain: anchor absent, full refund and a strike). Lives of contracts that ended otherwise are
    neither.
    """
    return f"""
    SELECT deliverable.public_id AS subject, contract.public_id AS place, {TITLE},
        contract.merchant_id AS other_id,
        least(due.at, contract.closed_at, deliverable.verified_at) AS began_at,
        CASE deliverable.state WHEN 'verified' THEN deliverable.verified_at ELSE contract.closed_at END AS ended_at,
        false AS timed, deliverable.state <> 'verified' AS missed
    FROM contracts_contract AS contract
    JOIN contracts_deliverable AS deliverable ON deliverable.contract_id = contract.id AND deliverable.kind = 'live'
    {DUE}
    WHERE {ON_HER_SIDE} AND (deliverable.state = 'verified' OR deliverable.state = 'void'
        AND deliverable.published_at IS NULL AND deliverable.overdue_at IS NOT NULL AND EXISTS (
            SELECT FROM contracts_cancellation AS ended
            WHERE ended.contract_id = contract.id AND ended.stage = 'anchor_late' AND ended.state = 'agreed'
        ) OR EXISTS (
            SELECT FROM contracts_absence AS absence
            WHERE absence.deliverable_id = deliverable.id AND absence.state = 'settled'
        ))
    """  # noqa: S608


def _disputes(whose: str, other: str, lost: str) -> str:
    """Disputes that staff, silence or an appeal decided; missed when more than half of what was disputed went to the
    other side. What both agreed on, what was taken back and what was overtaken was not decided.
    """
    return f"""
    SELECT dispute.public_id AS subject, contract.public_id AS place, {TITLE}, contract.{other} AS other_id,
        dispute.opened_at AS began_at, dispute.closed_at AS ended_at,
        false AS timed, dispute.final_bp {lost} AS missed
    FROM contracts_contract AS contract
    JOIN contracts_dispute AS dispute ON dispute.contract_id = contract.id
    JOIN contracts_deliverable AS deliverable ON deliverable.id = dispute.deliverable_id
    WHERE {whose} AND dispute.state = 'closed' AND dispute.ended IN ('decided', 'upheld', 'changed')
    """  # noqa: S608


def _decided(name: str, kinds: frozenset[str], statement: str, place: int) -> None:
    rule = _("Disputes in which more than half of the amount went to the other side; agreements are not counted.")
    observed(
        name,
        kinds=kinds,
        page="contract",
        title=_("Disputes decided"),
        counted=ngettext_lazy("%(n)s dispute decided", "%(n)s disputes decided", "n"),
        met=_("not lost"),
        missed=_("lost"),
        figures=(Figure("disputes", By.COUNT_MISSED, _("Disputes lost"), rule, place),),
    )(lambda: statement)


_decided("merchant_dispute", MERCHANTS, _disputes("contract.merchant_id = %(party)s", "anchor_id", f"> {HALF}"), 80)
_decided("anchor_dispute", ANCHORS | AGENCIES, _disputes(ON_HER_SIDE, "merchant_id", f"< {HALF}"), 60)
