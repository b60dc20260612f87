"""What names a lease."""

from typing import NamedTuple, Protocol

from callsheet_runner.wire import LeaseKey


class Lease(NamedTuple):
    """The right to one job: `fence` counts the leases of a run."""

    run_id: str
    fence: int

    def key(self) -> LeaseKey:
        """As it is said on the wire."""
        return LeaseKey(run_id=self.run_id, fence=self.fence)

    def file_name(self) -> str:
        """Names what belongs to it on disk."""
        return f"{self.run_id}.{self.fence}"


class OfLease(Protocol):
    """A message that concerns one lease."""

    run_id: str
    fence: int


def lease_of(message: OfLease) -> Lease:
    """The lease that a message concerns."""
    return Lease(message.run_id, message.fence)
