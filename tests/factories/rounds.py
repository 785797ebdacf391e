"""Further rounds of changes, asked for and paid the way the program does."""

from marketplace.contracts.models import Contract, ExtraRound
from marketplace.contracts.services.extra_rounds import ask_for_round, pay_round
from marketplace.contracts.terms import DealTerms
from tests.factories.funded import PROVIDER, arrived, funded, handed_in, piece, three_pieces
from tests.factories.people import Person
from tests.support.relay import relay_all

PRICE = 120_000
# 1,200.00, 5 % platform fee, 6 % VAT on it: what the merchant pays in.
ROUND_PAYS = 126_360
WORDS = "Cut the second half."


def priced(**changed: object) -> DealTerms:
    """No free round, so that the first change is bought."""
    return three_pieces(**({"revision_rounds": 0, "extra_round_minor": PRICE} | changed))


def reviewed(merchant: Person, anchor: Person, *others: Person, place: int = 2, **changed: object) -> Contract:
    """Paid, and one piece is handed in with no free round left."""
    contract = funded(merchant, anchor, *others, deal=priced(**changed))
    handed_in(anchor, contract, place)
    return contract


def asked_round(merchant: Person, contract: Contract, place: int = 2, words: str = WORDS) -> ExtraRound:
    return ask_for_round(actor=merchant.actor, public_id=piece(contract, place).public_id, words=words)


def round_to_pay(merchant: Person, extra_round: ExtraRound, key: str = "round-1", source: str = "checkout"):
    return pay_round(actor=merchant.actor, public_id=extra_round.public_id, source=source, provider=PROVIDER, key=key)


def bought_round(merchant: Person, contract: Contract, place: int = 2, words: str = WORDS) -> ExtraRound:
    """By its own checkout."""
    extra_round = asked_round(merchant, contract, place, words)
    arrived(round_to_pay(merchant, extra_round, key=f"pay-{extra_round.public_id}"))
    relay_all()
    extra_round.refresh_from_db()
    return extra_round
