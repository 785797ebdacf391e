"""Questions of many sockets, asked together: what comes while one answer is awaited goes as the next question."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from channels.db import database_sync_to_async

Q = TypeVar("Q")
A = TypeVar("A")
AT_ONCE = 500


class Together(Generic[Q, A]):
    """`answer` is given up to 500 questions, in a thread, and answers them in their order. Of one event loop.

    A failure is everybody's who asked with it.
    """

    def __init__(self, answer: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self.answer = answer
        self.waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self.asking: asyncio.Task | None = None

    async def ask(self, question: Q) -> A:
        future = asyncio.get_running_loop().create_future()
        self.waiting.append((question, future))
        if self.asking is None or self.asking.done():
            self.asking = asyncio.create_task(self._ask_all())
        return await future

    async def ask_all(self, questions: Sequence[Q]) -> list[A]:
        return await asyncio.gather(*(self.ask(one) for one in questions))

    async def _ask_all(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting[:AT_ONCE], self.waiting[AT_ONCE:]
            try:
                answers = await database_sync_to_async(self.answer)([question for question, _future in batch])
            except Exception as error:  # theirs who asked
                for _question, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_question, future), answer in zip(batch, answers, strict=True):
                    if not future.done():  # who asked may be gone
                        future.set_result(answer)
