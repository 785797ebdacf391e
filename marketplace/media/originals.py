"""The shape in which a stored upload is handed from a flow to the use case that makes a row of it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Original:
    token: str
    file: str
    mime: str
    size_bytes: int
    sha256: str
    width: int
    height: int
    is_video: bool = False

    @property
    def is_picture(self) -> bool:
        return self.width > 0
