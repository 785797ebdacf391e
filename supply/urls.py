from django.urls import path

from supply.views.profile import SupplierProfileView

urlpatterns = [path("supplier/profile/", SupplierProfileView.as_view(), name="supplier-profile")]
