from marketplace.compliance.admin import objections, reports

__all__ = ["objections", "reports"]
