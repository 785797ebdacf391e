"""What happens to an uploaded file."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AssetUploaded(DomainEvent):
    name = "asset.uploaded"
    purpose: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AssetProcessing(DomainEvent):
    name = "asset.processing"
    handled = False


@dataclass(frozen=True, kw_only=True)
class AssetReady(DomainEvent):
    name = "asset.ready"
    handled = False
    renditions: int


@dataclass(frozen=True, kw_only=True)
class AssetRefused(DomainEvent):
    """It passed as a header and could not be decoded; its uploader is told."""

    name = "asset.refused"
    why: str


@dataclass(frozen=True, kw_only=True)
class AssetErased(DomainEvent):
    """Its bytes are to be deleted from storage."""

    name = "asset.erased"
    why: str


@dataclass(frozen=True, kw_only=True)
class PartyPictureSet(DomainEvent):
    name = "party.picture_set"
    handled = False
    asset: str


@dataclass(frozen=True, kw_only=True)
class PartyPictureRemoved(DomainEvent):
    name = "party.picture_removed"
    handled = False
    asset: str


@dataclass(frozen=True, kw_only=True)
class UploadBegun(DomainEvent):
    name = "upload.begun"
    handled = False
    purpose: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class UploadFinished(DomainEvent):
    name = "upload.finished"
    handled = False
    asset: str


@dataclass(frozen=True, kw_only=True)
class UploadStopped(DomainEvent):
    """Refused for what it is, cancelled, or not finished in 24 hours: `how` says which, `why` a refusal's code."""

    name = "upload.stopped"
    handled = False
    how: str
    why: str
