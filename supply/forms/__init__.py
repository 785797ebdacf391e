from supply.forms.profile import SupplierProfileForm

__all__ = ["SupplierProfileForm"]
