from brands.forms.profile import BrandProfileForm

__all__ = ["BrandProfileForm"]
