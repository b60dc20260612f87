"""A handler for the storm of workflows: squares a number, and leaves a mark for its run where the test can count it."""

import json
import os
import time
from pathlib import Path


def square(inputs: dict, job) -> dict:
    number = inputs["number"]
    folder = Path(inputs["folder"])
    with open(folder / "attempts.jsonl", "a", encoding="utf-8") as attempts:
        attempts.write(json.dumps({"run": job.run_id, "attempt": job.attempt}) + "\n")
    job.report("execute", 0.5, f"squaring {number}")
    time.sleep(0.3)
    # The effect: done once for a run, whatever comes twice.
    try:
        os.close(os.open(folder / "effects" / job.run_id, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        pass
    return {"square": number * number}
