from django.urls import path

from marketplace.media.views.party import PartyPictureRemoveView, PartyPictureView, PartySettingsView
from marketplace.media.views.serve import document, rendition

urlpatterns = [
    path("media/<str:asset_id>/document", document, name="media-document"),
    path("media/<str:asset_id>/<int:width>.<str:format_>", rendition, name="media-rendition"),
    path("settings/party/", PartySettingsView.as_view(), name="party-settings"),
    path("settings/party/picture/", PartyPictureView.as_view(), name="party-picture"),
    path("settings/party/picture/remove/", PartyPictureRemoveView.as_view(), name="party-picture-remove"),
]
