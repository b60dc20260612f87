"""Results and failures that the registry has not acknowledged, on disk: a runner that is killed still hands them over."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from callsheet_runner.lease import Lease, lease_of
from callsheet_runner.own_log import warn
from callsheet_runner.wire import FailureReport, ResultReport
from callsheet_runner.work_dir import write_safely

Report = ResultReport | FailureReport
REPORT: TypeAdapter[Report] = TypeAdapter(Report)


class Outbox:
    """One file a lease, written before its report is first sent and removed when it was accepted or refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reports: dict[Lease, Report] = {}

    def load(self) -> None:
        """Finds what an earlier process of this runner left."""
        for path in sorted(self._folder.glob("*.json")):
            try:
                report = REPORT.validate_json(path.read_bytes())
            except (OSError, ValidationError):
                warn("outbox_unreadable", f"{path} cannot be read and is removed")
                path.unlink(missing_ok=True)
                continue
            self._reports[lease_of(report)] = report

    def put(self, report: Report) -> None:
        """Keeps a report. When the disk is full it is kept in memory alone."""
        lease = lease_of(report)
        self._reports[lease] = report
        try:
            write_safely(self._path(lease), report.to_json().encode())
        except OSError as error:
            warn("outbox_unwritable", f"the outcome of run {lease.run_id} cannot be kept on disk: {error.strerror}", run_id=lease.run_id)

    def drop(self, lease: Lease) -> bool:
        """Forgets a report; tells whether there was one."""
        self._path(lease).unlink(missing_ok=True)
        return self._reports.pop(lease, None) is not None

    def leases(self) -> list[Lease]:
        """Whose reports wait."""
        return list(self._reports)

    def reports(self) -> list[Report]:
        """What waits."""
        return list(self._reports.values())

    def _path(self, lease: Lease) -> Path:
        return self._folder / f"{lease.file_name()}.json"
