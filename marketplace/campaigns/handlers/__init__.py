from marketplace.campaigns.handlers import talking, telling

__all__ = ["talking", "telling"]
