"""What happens to a contract until it is signed."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(DomainEvent):
    name = "contract.drafted"
    handled = False
    subject: str
    terms_sha256: str


@dataclass(frozen=True, kw_only=True)
class ContractOpenedForSigning(DomainEvent):
    name = "contract.opened_for_signing"
    sign_by: str


@dataclass(frozen=True, kw_only=True)
class ContractSigned(DomainEvent):
    """One of the signers has signed."""

    name = "contract.signed"
    capacity: str
    document_sha256: str


@dataclass(frozen=True, kw_only=True)
class ContractConcluded(DomainEvent):
    """The last signature is there: it binds all of them."""

    name = "contract.concluded"
    subject: str


@dataclass(frozen=True, kw_only=True)
class ContractLapsed(DomainEvent):
    """Not signed in time, or a signer said no: nobody is bound."""

    name = "contract.lapsed"
    subject: str
    how: str


@dataclass(frozen=True, kw_only=True)
class SigningReminded(DomainEvent):
    name = "contract.signing_reminded"
    hours_left: int
