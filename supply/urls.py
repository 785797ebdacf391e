from django.urls import path

from supply.views.profile import SupplierProfileView
from supply.views.public import supplier

urlpatterns = [
    path("suppliers/<str:party_id>/", supplier, name="supplier"),
    path("supplier/profile/", SupplierProfileView.as_view(), name="supplier-profile"),
]
