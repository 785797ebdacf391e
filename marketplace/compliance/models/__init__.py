from marketplace.compliance.models.objection import Objection
from marketplace.compliance.models.report import Reason, Report

__all__ = ["Objection", "Reason", "Report"]
