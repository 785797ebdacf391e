from marketplace.bank_rail.models.batch import Batch
from marketplace.bank_rail.models.entry import Entry
from marketplace.bank_rail.models.line import BankLine
from marketplace.bank_rail.models.order import Order
from marketplace.bank_rail.models.pay_in import PayIn
from marketplace.bank_rail.models.payee import Payee
from marketplace.bank_rail.models.transfer import Reversal, Transfer
from marketplace.bank_rail.models.upload import Upload

__all__ = ["BankLine", "Batch", "Entry", "Order", "PayIn", "Payee", "Reversal", "Transfer", "Upload"]
