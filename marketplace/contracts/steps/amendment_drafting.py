"""Writing a change of a contract down: what would hold, what would be paid or go back, the exact words."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.contracts import documents
from marketplace.contracts.amending import Piece, Proposal, difference, falls_of, problems, releases, restated
from marketplace.contracts.errors import ImpossibleTerms, SameTerms
from marketplace.contracts.events import AmendmentProposed
from marketplace.contracts.models import Amendment, AmendmentDocument, Contract, Deliverable
from marketplace.contracts.steps.amending import SIGN_EXPIRE, SIGN_WITHIN
from marketplace.contracts.steps.releasing import settled_minor
from marketplace.contracts.wording import said_amendment
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import step


@step
def draft_amendment(
    contract: Contract, work: Sequence[Deliverable], proposal: Proposal, *, words: str, by: Actor
) -> Amendment:
    """Raises SameTerms, ImpossibleTerms. The caller has locked contract and work."""
    pieces = [Piece(place=one.place, releases_minor=one.releases_minor, is_open=one.is_open) for one in work]
    before = contract.deal
    after = restated(before, proposal, pieces)
    if after == before:
        raise SameTerms
    if found := problems(before, after, pieces, today=clock.today(before.time_zone)):
        raise ImpossibleTerms(problems=found)
    settled, falls = settled_minor(contract), contract.falls
    new_falls = falls_of(Money(after.fee_minor, after.currency), falls)
    has_other_fee = after.fee_minor != before.fee_minor
    carried = {piece.place: piece.releases_minor for piece in pieces}
    released = releases(after.fee_minor, pieces) if has_other_fee else carried
    agreed = {
        "deal": after.as_json(),
        "waterfall": new_falls.as_json(),
        "releases": _by_place(released),
    }
    between = difference(falls, new_falls, settled).as_json() if has_other_fee else {}
    return _write_down(contract, agreed, _by_place(carried), words=words, difference=between, by=by)


@step
def draft_substitution(
    contract: Contract, work: Sequence[Deliverable], successor: Contract, *, words: str, by: Actor
) -> Amendment:
    """Another anchor instead, under the terms of `successor`; those of this contract do not change, it ends."""
    carried = _by_place({one.place: one.releases_minor for one in work})
    agreed = {
        "deal": contract.deal.as_json(),
        "waterfall": contract.falls.as_json(),
        "releases": carried,
        "successor": {
            "contract": successor.public_id,
            "number": successor.number,
            "anchor": successor.anchor.name,
            "terms_sha256": successor.terms_sha256,
        },
    }
    return _write_down(contract, agreed, carried, words=words, difference={}, by=by)


def _by_place(minor: Mapping[int, int]) -> dict[str, int]:
    return {str(place): minor[place] for place in sorted(minor)}


def _write_down(
    contract: Contract,
    agreed: dict[str, Any],
    carried: dict[str, int],
    *,
    words: str,
    difference: dict[str, Any],
    by: Actor,
) -> Amendment:
    number = contract.amendments.count() + 1
    canonical = agreed | {
        "contract": {"id": contract.public_id, "terms_sha256": contract.terms_sha256},
        "number": number,
        "before": contract.deal.as_json(),
        "carried": carried,
    }
    amendment = Amendment.objects.create(
        public_id=new_id("amd"),
        contract=contract,
        number=number,
        words=words,
        canonical=canonical,
        terms_sha256=documents.sha256(documents.canonical(canonical)),
        template_version=documents.AMENDMENT_VERSION,
        settled_minor=settled_minor(contract),
        difference=difference,
        proposed_by_id=by.party_id,
        by_id=by.user_id,
        proposed_at=clock.now(),
        sign_by=clock.now() + SIGN_WITHIN,
    )
    _write_documents(amendment)
    schedule(SIGN_EXPIRE, amendment.public_id, due_at=amendment.sign_by)
    proposed = AmendmentProposed(
        aggregate=contract.public_id,
        amendment=amendment.public_id,
        number=number,
        terms_sha256=amendment.terms_sha256,
        sign_by=amendment.sign_by.isoformat(),
    )
    record(proposed, by=by)
    return amendment


def _write_documents(amendment: Amendment) -> None:
    contract = amendment.contract
    for language in documents.LANGUAGES:
        text = documents.amendment(
            language=language,
            governing=contract.governing_language,
            context=_context(amendment, language),
        )
        AmendmentDocument.objects.create(
            amendment=amendment,
            language=language,
            governs=language == contract.governing_language,
            content=text,
            sha256=documents.sha256(text),
        )


def _context(amendment: Amendment, language: str) -> dict[str, Any]:
    contract, falls = amendment.contract, amendment.falls
    return {
        "contract": contract,
        "number": amendment.number,
        "parties": contract.canonical["parties"],
        "guardian": contract.guardian_name,
        "proposed_at": amendment.proposed_at,
        "words": documents.indented(amendment.words),
        "lines": said_amendment(amendment, language),
        "rises": amendment.fee_rises,
        "falls": {name: str(falls.money(name)) for name in ("gross", "pays", "agency", "anchor")} if falls else None,
        "successor": amendment.canonical.get("successor"),
        "terms_sha256": amendment.terms_sha256,
        "template_version": amendment.template_version,
    }
