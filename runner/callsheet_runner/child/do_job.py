"""A job's own process: `main` gets a job file and the number of its channel. It has no token, no socket, one job."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from callsheet_runner.child.call_function import call_function
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
    sys.path[:] = spec["sys_path"]
    try:
        channel.send({"type": "done", "outputs": do_job(spec, channel)})
    except BaseException as error:
        channel.send(as_line(failure_of(error)))
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
    target = load_callable(spec["target"])
    inputs = with_input_paths(spec["inputs"], spec["files"])
    is_function = spec["is_function"]
    returned = call_function(target, inputs, job, spec["memory_type"], spec["outputs"]) if is_function else target(inputs, job)
    return plain_outputs(returned, spec["outputs"], output_dir, set(spec["files"]))
