"""What was used lately, and so lies ready in caches: the pool prefers to send it here again."""

from collections import OrderedDict


class Warm:
    """Digests and names of models, the latest last."""

    def __init__(self, most: int = 100) -> None:
        self._most = most
        self._used: OrderedDict[str, None] = OrderedDict()

    def use(self, *keys: str) -> None:
        """Counts as used now."""
        for key in keys:
            self._used.pop(key, None)
            self._used[key] = None
        while len(self._used) > self._most:
            self._used.popitem(last=False)

    def keys(self) -> list[str]:
        """What is warm."""
        return list(self._used)
