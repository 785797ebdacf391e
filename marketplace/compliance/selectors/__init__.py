from marketplace.compliance.selectors.reports import belongs_to, get_report, reports_today

__all__ = ["belongs_to", "get_report", "reports_today"]
