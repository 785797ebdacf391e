from marketplace.contracts.forms.signing import SignForm, VerifyForm

__all__ = ["SignForm", "VerifyForm"]
