"""What every job of this runner is done with."""

from dataclasses import dataclass

from callsheet_runner.detect.devices import FoundDevice
from callsheet_runner.files.cache import FileCache
from callsheet_runner.files.download import Downloads
from callsheet_runner.files.upload import Uploads
from callsheet_runner.handler_table import Handler
from callsheet_runner.sandbox.bubblewrap import Sandbox
from callsheet_runner.settings import Settings
from callsheet_runner.work_dir import WorkDir


@dataclass(frozen=True)
class Tools:
    """Made once, when the runner starts."""

    settings: Settings
    work_dir: WorkDir
    runner_id: str
    handlers: dict[str, Handler]
    devices: list[FoundDevice]
    #: None: there is none, or it does not work here.
    sandbox: Sandbox | None
    cache: FileCache
    downloads: Downloads
    uploads: Uploads
