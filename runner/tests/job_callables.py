"""Handlers for the tests: each a job that goes as its name says."""

import sys
import time
from pathlib import Path


def echo(inputs, job):
    print("hello from the handler")
    return {key: value if not isinstance(value, Path) else value.read_text() for key, value in inputs.items()}


def write_files(inputs, job):
    job.report("execute", 0.25, "a quarter")
    one = job.output_path("one.txt")
    one.write_text("one")
    (job.output_path("deep/two.txt")).write_text("two")
    preview = job.output_path("preview.png")
    preview.write_bytes(b"\x89PNG preview")
    job.report("execute", 0.5, preview=preview)
    job.log("written")
    print("careful", file=sys.stderr)
    return {"file": one, "list": [job.output_dir / "deep" / "two.txt"], "nested": {"inner": one}, "plain": "one.txt"}


def siblings(inputs, job):
    return [{"n": n} for n in range(3)]


def sleep(inputs, job):
    job.report("execute", 0.1, "sleeping")
    time.sleep(inputs.get("seconds", 60))
    return {"slept": True}


def large_file(inputs, job):
    path = job.output_path("large.bin")
    with open(path, "wb") as file:
        for block in range(20):
            file.write(bytes([block]) * 1024 * 1024)
    return {"file": path}


def large_value(inputs, job):
    return {"text": "x" * inputs["size"]}


def facts(inputs, job):
    return {"parameters": job.parameters, "device": job.device, "models": str(job.model_path("tiny")), "quality": job.quality}


def spin(inputs, job):
    while True:
        pass
