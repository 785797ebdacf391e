from marketplace.reliability.models.strike import Strike

__all__ = ["Strike"]
