from marketplace.accounts.forms.party import ChooseKindForm, PartyNameForm
from marketplace.accounts.forms.signup import SignupForm
from marketplace.accounts.forms.team import InviteForm, RoleForm

__all__ = ["ChooseKindForm", "InviteForm", "PartyNameForm", "RoleForm", "SignupForm"]
