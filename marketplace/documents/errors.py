from marketplace.core.errors import Refused


class NoFeeToGiveBack(Refused):
    """The release brought no fee, or its fee has been given back already."""

    code = "no_fee_to_give_back"


class ReasonForCreditNeeded(Refused):
    code = "reason_for_credit_needed"
