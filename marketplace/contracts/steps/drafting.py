"""Freezing what was agreed into a contract that is ready to be signed; called when an offer is accepted."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.conf import settings

from marketplace.accounts.models import Party, Representation
from marketplace.contracts import documents
from marketplace.contracts.events import ContractDrafted, ContractOpenedForSigning
from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.library.draft import Draft
from marketplace.contracts.library.writing import write
from marketplace.contracts.machine import CONTRACT
from marketplace.contracts.models import Contract, ContractDocument
from marketplace.contracts.selectors import representation_for
from marketplace.contracts.selectors.templates import wording_in_force
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.contracts.tax import vat_bp
from marketplace.contracts.terms import DealTerms
from marketplace.contracts.waterfall import Waterfall, waterfall
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step
from marketplace.verification.selectors import guardian_of

SIGN_WITHIN = timedelta(hours=72)
REMIND_BEFORE = {"contract.sign_remind_24": timedelta(hours=24), "contract.sign_remind_4": timedelta(hours=4)}
SIGN_EXPIRE = "contract.sign_expire"


@step
def draft_contract(
    *,
    actor: Actor,
    merchant: Party,
    anchor: Party,
    subject: str,
    seat: str,
    title: str,
    deal: DealTerms,
    brief: Mapping[str, str | Mapping[str, str]],
    scope: str,
    governing_language: str,
) -> Contract:
    """The contract of one seat, open for signing until 72 h from now. Raises SelfDealing.

    `scope` is the kind of work in the words of a representation: an agency that represents the anchor for it is a
    party, with the share that is in force now.
    """
    refuse_self_dealing(merchant, anchor)
    representation = representation_for(anchor, scope)
    agency = representation.agency if representation else None
    if agency is not None:
        refuse_self_dealing(merchant, agency)
    guardian = guardian_of(anchor)
    falls = _waterfall(deal, representation)
    a_round = _of_a_round(deal, falls)
    agreed = {
        "deal": deal.as_json(),
        "brief": dict(brief),
        "waterfall": falls.as_json(),
        "extra_round": a_round.as_json() if a_round else None,
        "parties": {
            role: {"id": party.public_id, "name": party.name, "legal_name": _legal_name(party)}
            for role, party in (("merchant", merchant), ("anchor", anchor), ("agency", agency))
            if party is not None
        },
    }
    wording = wording_in_force()
    contract = Contract.objects.create(
        public_id=new_id("ctr"),
        merchant=merchant,
        anchor=anchor,
        agency=agency,
        guardian_name=guardian.name if guardian else "",
        guardian_email=guardian.email.lower() if guardian else "",
        subject=subject,
        seat=seat,
        title=title,
        currency=deal.currency,
        gross_minor=deal.fee_minor,
        canonical=agreed,
        terms_sha256=documents.sha256(documents.canonical(agreed)),
        template_version=wording.version,
        governing_language=governing_language,
        drafted_at=clock.now(),
    )
    _write_documents(contract, wording.clauses)
    record(ContractDrafted(aggregate=contract.public_id, subject=subject, terms_sha256=contract.terms_sha256), by=actor)
    _open_for_signing(contract, actor)
    return contract


def _waterfall(deal: DealTerms, representation: Representation | None) -> Waterfall:
    vat = vat_bp(settings.PLATFORM_VAT_COUNTRY, clock.today(deal.time_zone))
    share = representation.fee_share_bp if representation else 0
    return waterfall(Money(deal.fee_minor, deal.currency), vat_bp=vat, agency_share_bp=share)


def _of_a_round(deal: DealTerms, falls: Waterfall) -> Waterfall | None:
    """Of one further round of changes: split as the fee is."""
    if not deal.extra_round_minor:
        return None
    price = Money(deal.extra_round_minor, deal.currency)
    return waterfall(price, vat_bp=falls.vat_bp, agency_share_bp=falls.agency_share_bp)


def _legal_name(party: Party) -> str:
    return party.legal_entity.name if party.legal_entity else ""


def _write_documents(contract: Contract, clauses: Sequence[ClauseText]) -> None:
    draft = Draft(
        number=contract.number,
        title=contract.title,
        governing=contract.governing_language,
        drafted_at=contract.drafted_at,
        template_version=contract.template_version,
        parties=contract.canonical["parties"],
        guardian=contract.guardian_name,
        deal=contract.deal,
        brief=contract.brief,
        falls=contract.falls,
        a_round=contract.extra_round,
        terms_sha256=contract.terms_sha256,
    )
    for language in documents.LANGUAGES:
        text = write(clauses, draft, language)
        ContractDocument.objects.create(
            contract=contract,
            language=language,
            governs=language == contract.governing_language,
            content=text,
            sha256=documents.sha256(text),
        )


def _open_for_signing(contract: Contract, actor: Actor) -> None:
    move = CONTRACT.fire(contract, "open_for_signing")
    contract.sign_by = clock.now() + SIGN_WITHIN
    contract.save(update_fields=["state", "sign_by"])
    schedule(SIGN_EXPIRE, contract.public_id, due_at=contract.sign_by)
    for kind, before in REMIND_BEFORE.items():
        schedule(kind, contract.public_id, due_at=contract.sign_by - before)
    opened = ContractOpenedForSigning(aggregate=contract.public_id, sign_by=contract.sign_by.isoformat())
    record(opened, by=actor, move=move)
