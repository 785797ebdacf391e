from marketplace.documents.forms.giving_back import GivingBackForm

__all__ = ["GivingBackForm"]
