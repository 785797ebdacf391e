"""One open page of a conversation: it joins, hears hints, fetches gaps, sends until it was kept, and comes back
whatever is cut. `transcript` is what stands on the page: by number, who it is and what it says.
"""

import asyncio
import re
from html import unescape
from secrets import token_hex

import httpx

from tests.support.talkers.socket import ClientSocket, Cut

LINE = re.compile(r'<div class="line[^>]*id="(msg_\w+)" data-seq="(\d+)".*?<div class="say[^>]*>(.*?)</div>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


class Talker:
    def __init__(self, url: str, *, cookie: str, talk: str, party: str) -> None:
        self.url, self.cookie, self.talk, self.party = url, cookie, talk, party
        self.port = int(url.rpartition(":")[2]) + 1
        self.last = 0
        self.transcript: dict[int, tuple[str, str]] = {}
        self.sent: list[str] = []
        self.socket: ClientSocket | None = None
        self.cuts = 0
        self.http = httpx.AsyncClient(
            base_url=url, cookies={"sessionid": cookie, "csrftoken": "x" * 32}, timeout=10, trust_env=False
        )
        self.looking = asyncio.Lock()

    async def listen(self) -> None:
        """For ever."""
        while True:
            try:
                self.socket = await ClientSocket.open(self.port, "/ws/live/", origin=self.url, cookie=self.cookie)
                self.socket.say(join=self.talk)
                await self.look()
                async for said in self.socket.frames():
                    if said.get("look") or (said.get("conversation") == self.talk and said.get("seq", 0) > self.last):
                        await self.look()
            except (OSError, Cut, httpx.HTTPError):
                pass
            finally:
                if self.socket is not None:
                    await self.socket.close()
                    self.socket = None
            self.cuts += 1
            await asyncio.sleep(0.3)

    async def look(self) -> None:
        """What is new, piece by piece, over what stands there."""
        async with self.looking:
            while True:
                answer = await self.http.get(f"/messages/{self.talk}/log/", params={"since": self.last})
                if answer.status_code != 200:
                    return
                for public_id, seq, html in LINE.findall(answer.text):
                    known = self.transcript.get(int(seq))
                    assert known is None or known[0] == public_id, "two messages with one number"
                    self.transcript[int(seq)] = public_id, unescape(TAGS.sub("", html)).strip()
                self.last = max(self.last, int(answer.headers["X-Last"]))
                if "X-More" not in answer.headers:
                    return

    async def say(self, text: str) -> None:
        """Again and again with the same number, until it is known to be kept."""
        given = {
            "text": text,
            "client_id": token_hex(16),
            "acting_party": self.party,
            "csrfmiddlewaretoken": "x" * 32,
        }
        headers = {"HX-Request": "true", "Origin": self.url}
        while True:
            try:
                answer = await self.http.post(f"/messages/{self.talk}/", data=given, headers=headers)
                if answer.status_code == 204:
                    self.sent.append(text)
                    return
                assert answer.status_code >= 500 or answer.status_code == 429, (answer.status_code, answer.text[:300])
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.4)

    def cut(self) -> None:
        if self.socket is not None:
            self.socket.cut()
