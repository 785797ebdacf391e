from marketplace.compliance.forms.report import DecisionForm, ReportForm

__all__ = ["DecisionForm", "ReportForm"]
