"""The handler of the template `image_generation`: Stable Diffusion XL."""

import time
from typing import Any

from callsheet_runner.handlers.diffusion.decode_latents import decode_latents
from callsheet_runner.handlers.diffusion.encode_prompts import encode_prompts
from callsheet_runner.handlers.diffusion.generation_request import GenerationRequest, generation_request
from callsheet_runner.handlers.diffusion.load_pipeline import load_pipeline
from callsheet_runner.handlers.diffusion.out_of_memory import told_as_out_of_memory
from callsheet_runner.handlers.diffusion.save_image import save_image
from callsheet_runner.handlers.diffusion.style_prompts import style_prompts
from callsheet_runner.handlers.diffusion.watch_steps import watch_steps
from callsheet_runner.job import Job

MODEL = "sdxl-base-1.0"
#: Share of the noise that `refine` puts back for a second pass of the same model, which redraws detail and keeps the composition.
REFINE_STRENGTH = 0.3
#: Larger pictures are decoded in tiles, which needs far less memory.
TILED_PIXELS = 1536 * 1536


def image_generation(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Makes `count` pictures one after another; the first has the seed asked for, each further one the next."""
    request = generation_request(inputs, job)
    width, height, count = inputs["width"], inputs["height"], inputs["count"]
    job.report("load_model", 0, f"loading {MODEL}")
    with told_as_out_of_memory(job, f"{MODEL} for {width} x {height} pixels"):
        pipeline = load_pipeline("StableDiffusionXLPipeline", MODEL, job)
        if width * height > TILED_PIXELS:
            pipeline.vae.enable_tiling()
        started = time.monotonic()
        prompts = encode_prompts(pipeline, style_prompts(request.prompt, inputs["styles"]), request.negative_prompt, job.device)
        images = [generate(pipeline, prompts, request, index, count, (width, height), job) for index in range(count)]
    seconds = time.monotonic() - started
    job.report("encode", 0)
    paths = [
        save_image(image, job.output_path(f"image-{index + 1}.{request.file_format}"), request.file_format)
        for index, image in enumerate(images)
    ]
    return {"images": paths, "actual_seed": request.seed, "generation_seconds": round(seconds, 3)}


def generate(
    pipeline: Any, prompts: dict[str, Any], request: GenerationRequest, index: int, count: int, size: tuple[int, int], job: Job
) -> Any:
    """One picture, as a PIL image."""
    import torch

    refine_steps = int(request.steps * REFINE_STRENGTH) if job.parameters.get("refine") else 0
    steps = request.steps + refine_steps
    after = watch_steps(job, steps * count, f"image {index + 1} of {count}")
    # On the host, so that every device starts from the same noise.
    generator = torch.Generator("cpu").manual_seed(request.seed_of(index))
    common = {**prompts, "guidance_scale": request.guidance, "num_inference_steps": request.steps, "generator": generator}
    latents = pipeline(**common, width=size[0], height=size[1], output_type="latent", callback_on_step_end=after(index * steps)).images
    if refine_steps > 0:
        second = refiner_of(pipeline)
        callback = after(index * steps + request.steps)
        latents = second(**common, image=latents, strength=REFINE_STRENGTH, output_type="latent", callback_on_step_end=callback).images
    return decode_latents(pipeline, latents)


def refiner_of(pipeline: Any) -> Any:
    """The same model, put to work on a picture that is there."""
    from diffusers import StableDiffusionXLImg2ImgPipeline

    second = StableDiffusionXLImg2ImgPipeline(**pipeline.components, add_watermarker=False)
    second.set_progress_bar_config(disable=True)
    return second
