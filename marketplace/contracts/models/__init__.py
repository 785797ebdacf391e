from marketplace.contracts.models.contract import Contract
from marketplace.contracts.models.document import ContractDocument
from marketplace.contracts.models.signature import Capacity, Method, Signature

__all__ = ["Capacity", "Contract", "ContractDocument", "Method", "Signature"]
