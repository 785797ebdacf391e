"""What happens to anchor files and agencies' profiles."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AnchorFileSaved(DomainEvent):
    """`section` is the part of the file that was written."""

    name = "anchor_file.saved"
    handled = False
    section: str


@dataclass(frozen=True, kw_only=True)
class AnchorFileShown(DomainEvent):
    """From now on everybody sees it, or (`public` false) nobody but its own people."""

    name = "anchor_file.shown"
    handled = False
    public: bool


@dataclass(frozen=True, kw_only=True)
class ChannelVerified(DomainEvent):
    name = "channel.verified"
    platform: str


@dataclass(frozen=True, kw_only=True)
class ChannelUnverified(DomainEvent):
    """Staff took the mark back, or the anchor changed what had been looked at."""

    name = "channel.unverified"
    handled = False
    platform: str
