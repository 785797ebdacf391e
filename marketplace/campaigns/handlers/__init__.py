from marketplace.campaigns.handlers import standby, talking, telling

__all__ = ["standby", "talking", "telling"]
