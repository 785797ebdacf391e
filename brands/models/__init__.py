from brands.models.profile import BrandProfile

__all__ = ["BrandProfile"]
