"""Reads about contracts, scoped to the actor."""

from marketplace.contracts.selectors.contracts import (
    Proof,
    Signer,
    capacities,
    documents_of,
    get_contract,
    governing_document,
    list_contracts,
    missing_for_approval,
    prove,
    representation_for,
    signers_of,
)

__all__ = [
    "Proof",
    "Signer",
    "capacities",
    "documents_of",
    "get_contract",
    "governing_document",
    "list_contracts",
    "missing_for_approval",
    "prove",
    "representation_for",
    "signers_of",
]
