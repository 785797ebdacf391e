from marketplace.compliance.forms.objection import AppealForm, ObjectionForm, ReasonsForm
from marketplace.compliance.forms.report import DecisionForm, ReportForm

__all__ = ["AppealForm", "DecisionForm", "ObjectionForm", "ReasonsForm", "ReportForm"]
