from marketplace.compliance.models.report import Reason, Report

__all__ = ["Reason", "Report"]
