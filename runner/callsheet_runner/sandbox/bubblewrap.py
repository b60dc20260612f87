"""The sandbox: bubblewrap's arguments for one job, and whether they work on this machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from callsheet_runner.job_directory import INSIDE, JobDirectory
from callsheet_runner.sandbox.mounts import python_paths, read_mounts, system_mounts

#: `user_namespace`: the job is nobody but us in a namespace of its own. `own_user`: we are root, and each job is a user of its own.
Mode = Literal["user_namespace", "own_user"]

#: First of the users that jobs run as when the runner is root; each slot has its own.
FIRST_UID = 64_000


@dataclass(frozen=True)
class Sandbox:
    """A bubblewrap that works here."""

    program: str
    mode: Mode

    def uid_of_slot(self, slot: int) -> int | None:
        """The user that a job becomes; None where it stays who it is."""
        return FIRST_UID + slot if self.mode == "own_user" else None


@dataclass(frozen=True)
class View:
    """What a job sees beside the system and Python."""

    directory: JobDirectory
    models_dir: Path | None = None
    #: Handlers' files and what the operator lets in.
    readable: list[Path] = field(default_factory=list)
    #: Covered, should something above show it: the runner's own folder, the home folder.
    hidden: list[Path] = field(default_factory=list)
    #: Device nodes such as /dev/nvidia0.
    device_nodes: list[Path] = field(default_factory=list)
    environment: Mapping[str, str] = field(default_factory=dict)


def sandbox_arguments(sandbox: Sandbox, view: View, info_fd: int | None) -> list[str]:
    """The command line up to the program to run. Nothing secret is in it: everyone on the machine can read it."""
    own = view.directory
    arguments = [sandbox.program, *namespaces(sandbox.mode), "--die-with-parent", "--new-session", "--clearenv"]
    if info_fd is not None:
        arguments += ["--info-fd", str(info_fd)]
    for name, value in view.environment.items():
        arguments += ["--setenv", name, value]
    arguments += system_mounts(bool(view.device_nodes))
    # Before what lies under /tmp on this machine, which a test's or a build's Python may.
    arguments += ["--bind", str(own.tmp), "/tmp"]
    arguments += read_mounts([*python_paths(), *view.readable], view.hidden)
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for node in view.device_nodes:
        arguments += ["--dev-bind-try", str(node), str(node)]
    arguments += ["--bind", str(own.shm), "/dev/shm"]
    arguments += bind(own.etc / "passwd", "/etc/passwd") + bind(own.etc / "group", "/etc/group")
    arguments += ["--perms", "0755", "--dir", str(INSIDE)]
    arguments += bind(own.file, INSIDE / "job.json") + bind(own.inputs, INSIDE / "inputs")
    arguments += ["--bind", str(own.output), str(INSIDE / "output")]
    if view.models_dir is not None:
        arguments += ["--ro-bind", str(view.models_dir), "/models"]
    # Both are kept in memory, which nobody would count.
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", str(INSIDE / "output")]
    return arguments


def bind(path: Path, at: Path | str) -> list[str]:
    return ["--ro-bind", str(path), str(at)]


def namespaces(mode: Mode) -> list[str]:
    without_network = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "job"]
    if mode == "own_user":
        # What it takes to become the job's own user, and lost by doing so.
        return [*without_network, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*without_network, "--unshare-user", "--disable-userns", "--cap-drop", "ALL"]


@dataclass(frozen=True)
class NoSandbox:
    """Why there is none, and what to do."""

    reason: str


def find_sandbox(scratch: Path, program: str | None = None) -> Sandbox | NoSandbox:
    """Tries bubblewrap with a job's own arguments, in `scratch`."""
    found = program or shutil.which("bwrap")
    if sys.platform != "linux":
        return NoSandbox(f"bubblewrap is for Linux; this is {sys.platform}")
    if found is None:
        return NoSandbox("there is no program bwrap; install the package bubblewrap")
    modes: list[Mode] = ["own_user", "user_namespace"] if os.getuid() == 0 else ["user_namespace"]
    said = ""
    for mode in modes:
        sandbox = Sandbox(found, mode)
        said = try_sandbox(sandbox, scratch)
        if not said:
            return sandbox
    return NoSandbox(f"{found} does not work here: {said}{hint(said)}")


def try_sandbox(sandbox: Sandbox, scratch: Path) -> str:
    """What went wrong; empty when the sandbox works."""
    directory = JobDirectory(scratch / "sandbox-trial")
    directory.make(sandbox.uid_of_slot(0))
    directory.file.write_text("{}")
    try:
        command = [*sandbox_arguments(sandbox, View(directory), None), "--", sys.executable, "-I", "-S", "-c", "print('works')"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, env={}, check=False)
        return "" if done.stdout.strip() == "works" else (done.stderr.strip() or f"it exited with {done.returncode}")
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    finally:
        directory.remove()


def hint(said: str) -> str:
    if "disable-userns" in said:
        return ". Version 0.8 or newer is needed"
    if "namespace" in said or "uid map" in said or "Operation not permitted" in said:
        return (
            '. User namespaces seem to be forbidden: see docs/runners.md, "The sandbox does not start" '
            "(sysctl kernel.unprivileged_userns_clone, AppArmor's restriction on Ubuntu, a container's seccomp profile)"
        )
    return ""
