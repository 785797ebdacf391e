from django.urls import path

from creators.views.profiles import AgencyProfileView, AnchorFileView

urlpatterns = [
    path("anchor/profile/", AnchorFileView.as_view(), name="anchor-profile"),
    path("agency/profile/", AgencyProfileView.as_view(), name="agency-profile"),
]
