from marketplace.ledger.models.account import Account, Balance
from marketplace.ledger.models.journal import Journal, Line
from marketplace.ledger.models.lot import FundingLot, LotUse

__all__ = ["Account", "Balance", "FundingLot", "Journal", "Line", "LotUse"]
