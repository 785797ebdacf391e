"""What payments refuse, and the three ways in which a provider can fail."""

from marketplace.core.errors import Forbidden, MooringError, Refused


class WalletSwitchedOff(Refused):
    """The operator has not confirmed its licence to hold a wallet (docs/legal.md)."""

    code = "wallet_switched_off"


class CurrencyNotOffered(Refused):
    code = "currency_not_offered"


class AmountOutOfBounds(Refused):
    code = "amount_out_of_bounds"


class RefundTooLarge(Refused):
    """More than what is left of the charge."""

    code = "refund_too_large"


class NothingToSendAgain(Refused):
    """A refund that did not come back, or one out of a wallet: its owner asks for it herself."""

    code = "nothing_to_send_again"


class InDebt(Refused):
    """A merchant that owes us publishes nothing, and neither spends from its wallet nor takes money out of it."""

    code = "in_debt"


class EvidenceIsOut(Refused):
    """What was handed in cannot be changed, and an ended chargeback needs no answer."""

    code = "evidence_is_out"


class NothingToTakeBack(Refused):
    """Only what was transferred to a payee can be taken back from her; what still waits is held."""

    code = "nothing_to_take_back"


class ExplanationNeeded(Refused):
    """A difference between two books is explained in words."""

    code = "explanation_needed"


class NoSecondPerson(Refused):
    """A limit needs somebody beside the asker who may approve."""

    code = "no_second_person"


class OwnRequest(Forbidden):
    """Nobody approves what she asked for herself."""

    code = "own_request"


class NoSecondFactor(Refused):
    """Payout details and payouts need a second factor on one's own account first."""

    code = "no_second_factor"


class NoPayoutAccount(Refused):
    code = "no_payout_account"


class PayoutsWait(Refused):
    """A recent change, or a freeze, keeps payouts back."""

    code = "payouts_wait"


class PayoutsAreFrozen(Refused):
    """Somebody followed the link of the mail: our staff speak with her first."""

    code = "payouts_are_frozen"


class PayoutsPaused(Refused):
    """All payouts of the platform are paused: what is on its way to a payee waits, and nothing fails."""

    code = "payouts_paused"


class PauseUnchanged(Refused):
    """They are paused already, or go on already: somebody was quicker."""

    code = "pause_unchanged"


class ReasonNeeded(Refused):
    """Payouts are paused and go on, and a transfer is taken back, for a reason in words."""

    code = "reason_needed"


class RunUnderWay(Refused):
    """There is one payout run at a time."""

    code = "run_under_way"


class NothingToPayOut(Refused):
    """Nobody has enough ready."""

    code = "nothing_to_pay_out"


class AlreadyApproved(Forbidden):
    """A payout run takes two people; this one has said yes."""

    code = "already_approved"


class PayoutTooSmall(Refused):
    """Less than the least that is paid out in this currency, nothing included."""

    code = "payout_too_small"


class ProviderError(MooringError):
    """A provider did not do what was asked."""

    status = 502


class ProviderRetryable(ProviderError):
    """It certainly had no effect; asking again is safe (refused connection, 429, 409 in flight)."""

    code = "provider_busy"
    status = 503


class ProviderFinal(ProviderError):
    """A definite refusal; asking the same again is useless."""

    code = "provider_refused"


class ProviderUnknown(ProviderError):
    """It may have had its effect: a timeout, a broken connection, a 5xx. Only asking tells."""

    code = "provider_silent"
    status = 503


class BadSignature(MooringError):
    """A webhook that nobody we know has signed, or too long ago."""

    code = "bad_signature"
    status = 400
