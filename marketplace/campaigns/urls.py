from django.urls import path

from marketplace.campaigns.views.applications import ApplicationsView, ApplicationView, OfferView
from marketplace.campaigns.views.asking import AskView
from marketplace.campaigns.views.board import BoardView, InviteAnchorsView
from marketplace.campaigns.views.editor import AttachmentRemoveView, TaskEditView, TaskNewView
from marketplace.campaigns.views.hall import hall
from marketplace.campaigns.views.own import OwnTasksView, OwnTaskView, TaskCloseView, TaskDeadlineView
from marketplace.campaigns.views.searches import SearchesView, SearchForgetView
from marketplace.campaigns.views.spending import SpendingView
from marketplace.campaigns.views.standby import BenchView, CallView, SubstituteView
from marketplace.campaigns.views.task import ApplyView, TaskView

urlpatterns = [
    path("tasks/", hall, name="hall"),
    path("tasks/<str:task_id>/", TaskView.as_view(), name="task"),
    path("tasks/<str:task_id>/ask/", AskView.as_view(), name="task-ask"),
    path("tasks/<str:task_id>/apply/", ApplyView.as_view(), name="task-apply"),
    path("searches/", SearchesView.as_view(), name="searches"),
    path("searches/<str:search_id>/forget/", SearchForgetView.as_view(), name="search-forget"),
    path("v-tasks/", OwnTasksView.as_view(), name="own-tasks"),
    path("v-tasks/new/", TaskNewView.as_view(), name="task-new"),
    path("v-tasks/invite/", InviteAnchorsView.as_view(), name="invite-anchors"),
    path("v-tasks/<str:task_id>/", OwnTaskView.as_view(), name="own-task"),
    path("v-tasks/<str:task_id>/edit/<str:step>/", TaskEditView.as_view(), name="task-edit"),
    path(
        "v-tasks/<str:task_id>/files/<str:asset_id>/remove/", AttachmentRemoveView.as_view(), name="attachment-remove"
    ),
    path("v-tasks/<str:task_id>/close/", TaskCloseView.as_view(), name="task-close"),
    path("v-tasks/<str:task_id>/deadline/", TaskDeadlineView.as_view(), name="task-deadline"),
    path("v-tasks/<str:task_id>/candidates/", BoardView.as_view(), name="candidates"),
    path("v-tasks/<str:task_id>/standby/", BenchView.as_view(), name="bench"),
    path("standby/<str:call_id>/", CallView.as_view(), name="standby-call"),
    path("contracts/<str:contract_id>/substitute/", SubstituteView.as_view(), name="substitute"),
    path("spending/", SpendingView.as_view(), name="spending"),
    path("applications/", ApplicationsView.as_view(), name="applications"),
    path("applications/<str:application_id>/", ApplicationView.as_view(), name="application"),
    path("applications/<str:application_id>/offer/", OfferView.as_view(), name="offer"),
]
