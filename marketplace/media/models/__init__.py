from marketplace.media.models.asset import Access, Asset
from marketplace.media.models.rendition import Rendition
from marketplace.media.models.upload import Upload

__all__ = ["Access", "Asset", "Rendition", "Upload"]
