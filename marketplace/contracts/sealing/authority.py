"""The timestamp authority (RFC 3161) that says when a seal was set, if there is one."""

import httpx
from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper

TIMEOUT = 10.0  # seconds; what is not answered is asked again with the delivery
LARGEST = 65_536


class AuthorityFailed(Exception):
    """No timestamp: the seal waits, and is tried again."""


class HttpAuthority(TimeStamper):
    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        super().__init__()
        self.url = url
        self.transport = transport

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Raises AuthorityFailed."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            with httpx.Client(timeout=TIMEOUT, transport=self.transport) as client:
                answer = client.post(self.url, content=req.dump(), headers=headers).raise_for_status()
            return tsp.TimeStampResp.load(answer.content[:LARGEST], strict=True)
        except (httpx.HTTPError, ValueError) as error:
            raise AuthorityFailed(f"{type(error).__name__} from the timestamp authority") from error


def our_authority() -> TimeStamper | None:
    return HttpAuthority(settings.CONTRACT_SEAL_TSA_URL) if settings.CONTRACT_SEAL_TSA_URL else None
