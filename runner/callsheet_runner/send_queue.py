"""What waits to be said to the pool."""

import asyncio
from collections import deque

from callsheet_runner.message import Message
from callsheet_runner.wire import LogLines, ProgressReport

#: Beyond this, log lines and progress are dropped: those that matter are said again anyway.
MOST = 1000


class SendQueue:
    """First in, first out. Survives reconnections."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._messages: deque[Message] = deque()
        self._news = asyncio.Event()

    def put(self, message: Message) -> None:
        """Adds a message; never waits."""
        if isinstance(message, (LogLines, ProgressReport)) and len(self._messages) >= self._most:
            return
        self._messages.append(message)
        self._news.set()

    async def get(self) -> Message:
        """The next message."""
        while not self._messages:
            self._news.clear()
            await self._news.wait()
        return self._messages.popleft()

    def put_back(self, message: Message) -> None:
        """A message whose sending failed goes first again."""
        self._messages.appendleft(message)
        self._news.set()

    def is_empty(self) -> bool:
        """Whether all has been said."""
        return not self._messages
