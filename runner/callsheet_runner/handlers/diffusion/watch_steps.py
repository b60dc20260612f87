"""Tells a run how far the steps of its pictures are, and shows what there is so far."""

from collections.abc import Callable
from typing import Any

from callsheet_runner.handlers.diffusion.decode_latents import decode_preview
from callsheet_runner.job import Job

#: Of one picture; each costs a small decoding.
PREVIEWS = 4


def watch_steps(job: Job, total_steps: int, message: str) -> Callable[[int], Callable[..., dict[str, Any]]]:
    """Answers what makes a pipeline's `callback_on_step_end`, given the number of steps that were done before it begins."""

    def after(done: int) -> Callable[..., dict[str, Any]]:
        def on_step_end(pipeline: Any, step: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            finished = done + step + 1
            preview = None
            if is_shown(finished, total_steps):
                preview = job.output_path(f"preview-{finished}.png")
                decode_preview(pipeline, tensors["latents"]).save(preview)
            job.report("generate", finished / total_steps, message, preview)
            return tensors

        return on_step_end

    return after


def is_shown(finished: int, total_steps: int) -> bool:
    """Some steps, spread evenly; not the last, which the result follows."""
    every = max(1, total_steps // (PREVIEWS + 1))
    return finished % every == 0 and finished < total_steps
