"""Loads a diffusion pipeline from the model directory, and nothing from a network."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from callsheet_runner.errors import DependencyMissingError, ModelMissingError
from callsheet_runner.job import Job

PACKAGES = ("torch", "diffusers", "transformers", "accelerate")


def load_pipeline(class_name: str, model_name: str, job: Job) -> Any:
    """A pipeline of diffusers on the job's device. The autoencoder stays in 32 bits, since that of SDXL overflows in 16."""
    require_packages()
    folder = model_folder(model_name, job)
    import diffusers
    import torch
    import transformers

    # The run's log is no terminal.
    for library in (diffusers, transformers):
        library.utils.logging.disable_progress_bar()
        library.utils.logging.set_verbosity_error()
    dtype = torch.float32 if job.device == "cpu" else torch.float16
    # Weights are often shipped twice; those of 16 bits are half the reading.
    variant = "fp16" if dtype == torch.float16 and any(folder.glob("unet/*.fp16.safetensors")) else None
    pipeline = getattr(diffusers, class_name).from_pretrained(
        folder, dtype=dtype, variant=variant, use_safetensors=True, local_files_only=True, add_watermarker=False
    )
    pipeline.set_progress_bar_config(disable=True)
    pipeline.to(job.device)
    if dtype != torch.float32:
        pipeline.vae.to(torch.float32)
    # So that diffusers, too, gives it 32 bits.
    pipeline.vae.register_to_config(force_upcast=True)
    return pipeline


def require_packages() -> None:
    """Fails with what to install."""
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing:
        raise DependencyMissingError(f"{', '.join(missing)} not installed on this runner: pip install 'callsheet-runner[diffusion]'")


def model_folder(model_name: str, job: Job) -> Path:
    """Where the model lies, as a folder that diffusers can load without asking the network."""
    path = job.model_path(model_name)
    if not (path / "model_index.json").is_file():
        raise ModelMissingError(f"model {model_name} is at {path}, but not as diffusers keeps it: a folder with model_index.json is needed")
    return path
