"""The inputs that all generators share, made ready: nothing here needs a model."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callsheet_runner.job import Job

#: Seeds are 31 bits, as the template says.
SEEDS = 1 << 31
#: When the quality preset says nothing.
DEFAULT_STEPS = 30


@dataclass(frozen=True)
class GenerationRequest:
    """How to generate. `seed` is the one asked for, else one picked now."""

    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance: float
    file_format: str

    def seed_of(self, index: int) -> int:
        """Each further picture of a run has the next seed, so that it can be made again alone."""
        return (self.seed + index) % SEEDS


def generation_request(inputs: Mapping[str, Any], job: Job) -> GenerationRequest:
    """Reads the inputs of `base_generation` and what the quality preset says."""
    seed = inputs.get("seed")
    return GenerationRequest(
        prompt=inputs["prompt"],
        negative_prompt=inputs.get("negative_prompt", ""),
        seed=secrets.randbelow(SEEDS) if seed is None else int(seed),
        steps=int(job.parameters.get("steps", DEFAULT_STEPS)),
        guidance=float(inputs.get("guidance", 7)),
        file_format=inputs.get("file_format", "png"),
    )
