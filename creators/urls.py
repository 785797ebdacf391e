from django.urls import path

from creators.views import anchor_file as own
from creators.views.profiles import AgencyProfileView, AnchorFileView
from creators.views.public import agency, anchor, directory

urlpatterns = [
    path("anchors/", directory, name="anchors"),
    path("anchors/<str:party_id>/", anchor, name="anchor"),
    path("agencies/<str:party_id>/", agency, name="agency"),
    path("anchor/profile/", AnchorFileView.as_view(), name="anchor-profile"),
    path("anchor/file/", own.AnchorFileHubView.as_view(), name="anchor-file"),
    path("anchor/file/shown/", own.ShowView.as_view(), name="anchor-shown"),
    path("anchor/file/cover/", own.CoverView.as_view(), name="anchor-cover"),
    path("anchor/file/cover/remove/", own.CoverRemoveView.as_view(), name="anchor-cover-remove"),
    path("anchor/file/channels/", own.ChannelsView.as_view(), name="anchor-channels"),
    path("anchor/file/channels/<str:channel_id>/", own.ChannelView.as_view(), name="anchor-channel"),
    path(
        "anchor/file/channels/<str:channel_id>/remove/", own.ChannelRemoveView.as_view(), name="anchor-channel-remove"
    ),
    path("anchor/file/rates/", own.RatesView.as_view(), name="anchor-rates"),
    path("anchor/file/week/", own.WeekView.as_view(), name="anchor-week"),
    path("anchor/file/week/off/", own.TimeOffView.as_view(), name="anchor-time-off"),
    path("anchor/file/week/off/<str:off_id>/remove/", own.TimeOffRemoveView.as_view(), name="anchor-time-off-remove"),
    path("anchor/file/work/", own.PortfolioView.as_view(), name="anchor-portfolio"),
    path("anchor/file/work/<str:piece_id>/", own.PieceView.as_view(), name="anchor-piece"),
    path("anchor/file/work/<str:piece_id>/move/", own.PieceMoveView.as_view(), name="anchor-piece-move"),
    path("anchor/file/work/<str:piece_id>/remove/", own.PieceRemoveView.as_view(), name="anchor-piece-remove"),
    path("anchor/file/portrait/", own.PortraitView.as_view(), name="anchor-portrait"),
    path("agency/profile/", AgencyProfileView.as_view(), name="agency-profile"),
]
