"""Those who must sign are told, and get what they signed."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.accounts.models import Party, User
from marketplace.accounts.selectors import emails_of
from marketplace.contracts.events import (
    ContractConcluded,
    ContractLapsed,
    ContractOpenedForSigning,
    ContractSigned,
    SigningReminded,
)
from marketplace.contracts.handlers.telling import facts, get, path, readers, sides
from marketplace.contracts.models import Capacity
from marketplace.contracts.selectors import documents_of, governing_document, signers_of
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.mail import queue_mail
from marketplace.notifications.steps.notify import mail_to, notify

LAPSED = {"declined": "contract_declined", "unsigned": "contract_unsigned", "unfunded": "contract_unfunded"}


@handles(ContractOpenedForSigning)
def ask_for_signatures(event: Event) -> None:
    tell_unsigned(event.aggregate, "contract_to_sign")


@handles(SigningReminded)
def remind_of_signature(event: Event) -> None:
    tell_unsigned(event.aggregate, "contract_sign_soon")


@handles(ContractSigned)
def tell_others_of_signature(event: Event) -> None:
    contract = get(event.aggregate)
    signer = next(one for one in signers_of(contract) if one.capacity == event.data["capacity"])
    for party in sides(contract):
        if party.pk != event.party:
            notify(
                readers(party),
                "contract_signed_by",
                facts=facts(contract) | {"name": signer.name},
                path=path(contract),
                party=party,
            )


@handles(ContractConcluded)
def send_copies(event: Event) -> None:
    """Everybody hears; everybody who signed gets the exact words and their hash, to keep outside of Mooring, and the
    way to the sealed PDF, which is made at the same time.
    """
    contract = get(event.aggregate)
    for party in sides(contract):
        notify(readers(party), "contract_concluded", facts=facts(contract), path=path(contract), party=party)
    governing = governing_document(contract)
    proof = f"SHA-256 {governing.sha256}"
    texts = "\n\n".join(document.content for document in documents_of(contract))
    for signature in contract.signatures.select_related("user"):
        with override(signature.user.language):
            sealed = _("Sealed as PDF: %(link)s") % {"link": f"{settings.SITE_URL}{path(contract)}sealed/"}
        queue_mail(
            to=signature.user.email,
            subject=f"{contract.number} · {contract.title}",
            text=f"{sealed}\n{proof}\n\n{texts}",
        )


@handles(ContractLapsed)
def tell_of_lapse(event: Event) -> None:
    contract = get(event.aggregate)
    kind = LAPSED[event.data["how"]]
    for party in sides(contract):
        notify(readers(party), kind, facts=facts(contract), path=path(contract), party=party)


def tell_unsigned(public_id: str, kind: str) -> None:
    """Whoever has not signed yet and may; a guardian, who need not have an account yet, by mail."""
    contract = get(public_id)
    for signer in signers_of(contract):
        if signer.signature is not None:
            continue
        if signer.capacity == Capacity.GUARDIAN:
            known = User.objects.filter(email__iexact=contract.guardian_email).first()
            language = known.language if known else contract.governing_language
            mail_to(contract.guardian_email, language, kind, facts=facts(contract), path=path(contract))
        else:
            party = next(side for side in sides(contract) if side.pk == signer.party_id)
            notify(signatories(party), kind, facts=facts(contract), path=path(contract), party=party)


def signatories(party: Party):
    """Owners, and managers to whom an owner gave the right."""
    return emails_of(party.pk, Role.OWNER, Role.MANAGER).filter(memberships__party=party, memberships__can_sign=True)
