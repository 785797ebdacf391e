"""Reporting something, and reading what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.compliance.forms import ReportForm
from marketplace.compliance.models import Report
from marketplace.compliance.selectors import get_report
from marketplace.compliance.services.reports import file_report
from marketplace.compliance.subjects import Subject, get_subject
from marketplace.core.errors import NotFound
from marketplace.http.views import SignedInView


class ReportView(SignedInView):
    def get(self, request: HttpRequest, kind: str, subject_id: str) -> HttpResponse:
        return self.show(request, get_subject(self.actor, kind, subject_id), ReportForm())

    def post(self, request: HttpRequest, kind: str, subject_id: str) -> HttpResponse:
        subject = get_subject(self.actor, kind, subject_id)
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self.show(request, subject, form, status=422)
        report = file_report(actor=self.actor, kind=kind, subject_id=subject_id, **form.cleaned_data)
        return redirect("report-filed", report.public_id)

    def show(self, request: HttpRequest, subject: Subject, form: ReportForm, status: int = 200) -> HttpResponse:
        return render(request, "compliance/report.html", {"subject": subject, "form": form}, status=status)


class ReportFiledView(SignedInView):
    """The reporter's own page of it: thanks, and later the answer."""

    def get(self, request: HttpRequest, report_id: str) -> HttpResponse:
        report: Report = get_report(self.actor, report_id)
        if report.reporter_id != request.user.pk:  # compliance has the desk
            raise NotFound
        return render(request, "compliance/filed.html", {"report": report})
