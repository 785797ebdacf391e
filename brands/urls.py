from django.urls import path

from brands.views.profile import BrandProfileView

urlpatterns = [path("brand/profile/", BrandProfileView.as_view(), name="brand-profile")]
