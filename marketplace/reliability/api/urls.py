from django.urls import path

from marketplace.http.api import paths as paths
from marketplace.reliability.api.views import AnchorRecordView, MerchantRecordView

urlpatterns = [
    path("anchors/<pty:party_id>/record", AnchorRecordView.as_view(), name="anchor-record"),
    path("merchants/<pty:party_id>/record", MerchantRecordView.as_view(), name="merchant-record"),
]
