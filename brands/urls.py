from django.urls import path

from brands.views.profile import BrandProfileView
from brands.views.public import brand

urlpatterns = [
    path("brands/<str:party_id>/", brand, name="brand"),
    path("brand/profile/", BrandProfileView.as_view(), name="brand-profile"),
]
