"""A job's own process: `main` gets a job file and the number of its channel. It has no token, no socket, one job."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from callsheet_runner.child.channel import Channel
from callsheet_runner.child.failure_of import as_line, failure_of
from callsheet_runner.child.input_paths import with_input_paths
from callsheet_runner.child.limit_process import limit_process
from callsheet_runner.child.load_callable import load_callable
from callsheet_runner.child.plain_outputs import plain_outputs
from callsheet_runner.job import Job


def main() -> None:
    """Does the job that `argv[1]` describes and tells the outcome on the pipe `argv[2]`."""
    spec = json.loads(Path(sys.argv[1]).read_bytes())
    channel = Channel(int(sys.argv[2]))
    limit_process(spec["limits"], spec["parent_pid"])
    channel.end_with_reader()
    # What is imported later of this package is found too, wherever the runner found it.
    sys.path[:] = [*spec["sys_path"], *(root for root in sys.argv[3:4] if root not in spec["sys_path"])]
    try:
        channel.send({"type": "done", "outputs": do_job(spec, channel)})
    except BaseException as error:
        channel.send(as_line(failure_of(error, (spec["function"] or {}).get("path"), spec["job"]["device"])))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # Threads that a handler left behind do not keep the job open.
        os._exit(0)


def do_job(spec: dict[str, Any], channel: Channel) -> list[dict[str, Any]]:
    output_dir = Path(spec["output_dir"])
    os.chdir(output_dir)
    job = Job(
        **spec["job"],
        output_dir=output_dir,
        models_dir=Path(spec["models_dir"]) if spec["models_dir"] else None,
        send=channel.send,
    )
    returned = do_function(spec, job) if spec["function"] else do_handler(spec, job)
    return plain_outputs(returned, spec["outputs"], output_dir, set(spec["files"]))


def do_handler(spec: dict[str, Any], job: Job) -> Any:
    return load_callable(spec["target"])(with_input_paths(spec["inputs"], spec["files"]), job)


def do_function(spec: dict[str, Any], job: Job) -> Any:
    # Handlers do not pay for what only functions need.
    from callsheet_runner.child.call_function import Signature, call_function
    from callsheet_runner.child.load_source import load_source, missing

    told = spec["function"]
    function = load_source(Path(told["path"]), told["entry"])
    signature = Signature(told["runtime"], told["shape"], told["names"])
    try:
        return call_function(function, signature, spec["inputs"], spec["files"], job, spec["outputs"])
    except ImportError as error:
        raise missing(error) from error
