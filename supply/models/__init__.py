from supply.models.profile import SupplierProfile

__all__ = ["SupplierProfile"]
