"""A handler for the storm: little work, one number and one small file."""

import time


def square(inputs: dict, job) -> dict:
    number = inputs["number"]
    job.report("execute", 0.5, f"squaring {number}")
    time.sleep(0.02)
    path = job.output_path("square.txt")
    path.write_text(f"{number * number}\n")
    return {"square": number * number, "text": path}
