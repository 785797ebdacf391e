from django.urls import path

from marketplace.compliance.views.report import ReportFiledView, ReportView

urlpatterns = [
    path("report/<str:kind>/<str:subject_id>/", ReportView.as_view(), name="report"),
    path("reports/<str:report_id>/", ReportFiledView.as_view(), name="report-filed"),
]
