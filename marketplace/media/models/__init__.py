from marketplace.media.models.asset import Access, Asset
from marketplace.media.models.rendition import Rendition

__all__ = ["Access", "Asset", "Rendition"]
