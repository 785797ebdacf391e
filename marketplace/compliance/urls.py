from django.urls import path

from marketplace.compliance.views.record import ObjectionView, ObjectView, ObservationsView, RecordView
from marketplace.compliance.views.report import ReportFiledView, ReportView

urlpatterns = [
    path("report/<str:kind>/<str:subject_id>/", ReportView.as_view(), name="report"),
    path("reports/<str:report_id>/", ReportFiledView.as_view(), name="report-filed"),
    path("record/", RecordView.as_view(), name="record"),
    path("record/objections/<str:objection_id>/", ObjectionView.as_view(), name="objection"),
    path("record/<str:source>/", ObservationsView.as_view(), name="observations"),
    path("record/<str:source>/<str:subject>/object/", ObjectView.as_view(), name="object"),
]
