"""What a sandboxed job can read of this machine: a list of what is let in, never of what is kept out."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

import callsheet

#: The system's programs and libraries.
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/nix/store", "/gnu/store", "/opt/rocm", "/opt/cuda")
#: What dynamic linking, time zones, fonts and device libraries read.
ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "fonts", "mime.types", "OpenCL", "vulkan", "nvidia")
#: What device libraries read of the kernel.
SYS = ("/sys/devices", "/sys/bus", "/sys/class", "/sys/module", "/sys/dev")


def system_mounts(uses_device: bool) -> list[str]:
    """bwrap's arguments for the system itself."""
    arguments: list[str] = []
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), name]
        elif path.exists():
            for parent in list(path.parents)[-2::-1]:
                arguments += ["--perms", "0755", "--dir", str(parent)]
            arguments += ["--ro-bind", name, name]
    # bwrap makes the folders above a mount for its own user alone, which a job may not be.
    arguments += ["--perms", "0755", "--dir", "/etc"]
    for name in ETC:
        arguments += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    if uses_device:
        arguments += ["--perms", "0755", "--dir", "/sys"]
        for name in SYS:
            arguments += ["--ro-bind-try", name, name]
    return arguments


def python_paths() -> list[Path]:
    """The interpreter, its libraries, the installed packages and this package, where they lie outside the system's own folders."""
    found = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix), Path(sys.base_exec_prefix)]
    found += [Path(path) for path in sysconfig.get_paths().values() if path.endswith("-packages")]
    # Entries that are no package folder (where a script lies, where someone stood) are not let in.
    found += [Path(entry) for entry in sys.path if entry.endswith("-packages")]
    # What functions import lies beside this package.
    found += [Path(__file__).resolve().parents[1], Path(callsheet.__file__).resolve().parent]
    return outermost([path for path in found if path.exists() and not is_system(path)])


def module_path(name: str) -> Path | None:
    """What must be visible for `import name`: its top package's folder, or its file. None when there is no such module."""
    top = name.partition(".")[0]
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin) if spec.origin and Path(spec.origin).exists() else None


def is_system(path: Path) -> bool:
    """Whether `path` is seen anyway."""
    return any(path.is_relative_to(name) for name in SYSTEM)


def outermost(paths: list[Path]) -> list[Path]:
    """Without those that lie in another of them; with the targets of links, since a link's own path leads nowhere else."""
    whole = {path for given in paths for path in (given, given.resolve())}
    return sorted(path for path in whole if not any(path != other and path.is_relative_to(other) for other in whole))


def read_mounts(readable: list[Path], hidden: list[Path]) -> list[str]:
    """Read-only binds of `readable`. What is `hidden` is covered where a bind would show it, save what `readable` names inside it."""
    there = [path for path in readable if path.exists()]
    binds = outermost(there)
    covers = [path.resolve() for path in hidden if path.exists() and any(path.resolve().is_relative_to(bind) for bind in binds)]
    inside = [path for path in there if any(path.is_relative_to(cover) for cover in covers)]
    parents = {parent for path in binds for parent in path.parents if parent != Path("/") and not is_system(parent)}
    groups = [(len(path.parts), ["--perms", "0755", "--dir", str(path)]) for path in parents]
    groups += [(len(path.parts), ["--ro-bind", str(path), str(path)]) for path in {*binds, *inside}]
    groups += [(len(path.parts), cover(path)) for path in covers if path not in inside]
    # Parents before what lies in them.
    arguments = [argument for _, group in sorted(groups) for argument in group]
    closed = [argument for path in covers if path.is_dir() and path not in inside for argument in ("--remount-ro", str(path))]
    return arguments + closed


def cover(path: Path) -> list[str]:
    return ["--perms", "0755", "--tmpfs", str(path)] if path.is_dir() else ["--ro-bind", "/dev/null", str(path)]
