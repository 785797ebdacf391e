from django.urls import path

from marketplace.media.views.party import PartyPictureRemoveView, PartyPictureView, PartySettingsView
from marketplace.media.views.resumable import UploadFinishView, UploadsView, UploadView
from marketplace.media.views.serve import document, rendition, work_file

urlpatterns = [
    path("media/<str:asset_id>/document", document, name="media-document"),
    path("media/<str:asset_id>/file", work_file, name="media-file"),
    path("uploads/", UploadsView.as_view(), name="uploads"),
    path("uploads/<str:public_id>/", UploadView.as_view(), name="upload"),
    path("uploads/<str:public_id>/finish/", UploadFinishView.as_view(), name="upload-finish"),
    path("media/<str:asset_id>/<int:width>.<str:format_>", rendition, name="media-rendition"),
    path("settings/party/", PartySettingsView.as_view(), name="party-settings"),
    path("settings/party/picture/", PartyPictureView.as_view(), name="party-picture"),
    path("settings/party/picture/remove/", PartyPictureRemoveView.as_view(), name="party-picture-remove"),
]
