"""Reads about changes of a contract."""

from marketplace.contracts.events import AmendmentClosed
from marketplace.contracts.models import Amendment, AmendmentDocument
from marketplace.contracts.selectors.contracts import Signer, signers_of
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.models import Event


def get_amendment(actor: Actor, public_id: str) -> Amendment:
    """Raises NotFound for another's."""
    related = ("contract__merchant", "contract__anchor", "contract__agency", "proposed_by", "by")
    try:
        return Amendment.objects.visible_to(actor).select_related(*related).get(public_id=public_id)
    except Amendment.DoesNotExist:
        raise NotFound from None


def texts_of(amendment: Amendment) -> list[AmendmentDocument]:
    """The governing one first."""
    return list(amendment.documents.order_by("-governs", "language"))


def amendment_signers(amendment: Amendment) -> list[Signer]:
    """Whoever stands at the foot of the contract, and whether it is done here."""
    return signers_of(amendment.contract, amendment.signatures.all())


def why_not(amendment: Amendment) -> str:
    """What whoever declined it said; often nothing."""
    closed = Event.objects.filter(
        name=AmendmentClosed.name, aggregate=amendment.contract.public_id, data__amendment=amendment.public_id
    )
    return next((event.data["words"] for event in closed), "")
