"""What this runner tells a pool of itself."""

from callsheet_runner import __version__
from callsheet_runner.detect.devices import FoundDevice
from callsheet_runner.detect.host import Host
from callsheet_runner.own_log import warn
from callsheet_runner.settings import Settings
from callsheet_runner.wire import Capabilities, Device, Limits, PresentModel

LIMITS = Limits()
#: Kept back for the runner and the system.
RESERVE_MB = 512
#: Leave room for everything else in `hello`.
MODELS_BYTES = LIMITS.runner_message_bytes // 2
PACKAGES_BYTES = LIMITS.runner_message_bytes // 4


def offer_capabilities(
    settings: Settings,
    *,
    runner_id: str,
    host: Host,
    devices: list[FoundDevice],
    memory_types: list[str],
    packages: list[str],
    models: list[PresentModel],
    handlers: list[str],
    has_sandbox: bool,
) -> Capabilities:
    """Puts together what was chosen and what was found."""
    return Capabilities(
        runner_id=runner_id,
        name=settings.name,
        version=__version__,
        pool=settings.pool,
        labels=dict(settings.labels),
        slots=settings.slots,
        cpu_cores=host.cpu_cores,
        memory_mb=max(host.memory_mb // 2, host.memory_mb - RESERVE_MB),
        disk_mb=host.disk_mb,
        devices=[as_device(device) for device in devices[: LIMITS.devices]],
        memory_types=memory_types,  # type: ignore[arg-type]
        packages=fitting_packages(packages),
        models=fitting(models),
        handlers=handlers[: LIMITS.handlers_per_runner],
        sandbox="bubblewrap" if has_sandbox else "unsandboxed" if settings.allow_unsandboxed else "none",
    )


def as_device(found: FoundDevice) -> Device:
    return Device(
        index=found.index,
        name=found.name[:200],
        kind="cuda",
        vram_mb=found.vram_mb,
        compute_capability=found.compute_capability,
    )


def fitting(models: list[PresentModel]) -> list[PresentModel]:
    """As many as one message can name."""
    room, named = MODELS_BYTES, []
    for model in models[: LIMITS.models_per_runner]:
        room -= len(model.to_json().encode()) + 1
        if room < 0 or len(model.name) > 200:
            break
        named.append(model)
    if len(named) < len(models):
        warn("too_many_models", f"{len(models)} models lie there; {len(named)} of them are offered")
    return named


def fitting_packages(packages: list[str]) -> list[str]:
    """As many as may be told; functions that import others are not sent here."""
    room, named = PACKAGES_BYTES, []
    for package in [package for package in packages if len(package) <= 200][: LIMITS.packages_per_runner]:
        room -= len(package.encode()) + 3
        if room < 0:
            break
        named.append(package)
    if len(named) < len(packages):
        warn("too_many_packages", f"{len(packages)} packages are installed; {len(named)} of them are offered")
    return named
