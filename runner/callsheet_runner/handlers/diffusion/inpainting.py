"""The handler of the template `inpainting`: Stable Diffusion XL, trained for repairs."""

import math
import time
from pathlib import Path
from typing import Any

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.diffusion.decode_latents import decode_latents
from callsheet_runner.handlers.diffusion.encode_prompts import encode_prompts
from callsheet_runner.handlers.diffusion.generation_request import GenerationRequest, generation_request
from callsheet_runner.handlers.diffusion.load_pipeline import load_pipeline
from callsheet_runner.handlers.diffusion.out_of_memory import told_as_out_of_memory
from callsheet_runner.handlers.diffusion.save_image import save_image
from callsheet_runner.handlers.diffusion.style_prompts import WeightedPrompt
from callsheet_runner.handlers.diffusion.watch_steps import watch_steps
from callsheet_runner.handlers.picture.memory_room import require_room, require_size
from callsheet_runner.job import Job

MODEL = "sdxl-inpainting-0.1"
#: What the model was trained on. Pictures are brought to about this many pixels for it, and the repaired part is brought back.
WORK_PIXELS = 1024 * 1024
#: Edges of what the model works on are multiples of this.
WORK_STEP = 64


def inpainting(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Repaints the white part of the mask. Pixels farther from it than `feather` stay exactly as they are."""
    request = generation_request(inputs, job)
    picture, mask = read_picture_and_mask(inputs["image"], inputs["mask"], job)
    started = time.monotonic()
    repaired = picture
    # With less than one step to do, everything stays as it is.
    if int(request.steps * inputs["strength"]) >= 1:
        job.report("load_model", 0, f"loading {MODEL}")
        with told_as_out_of_memory(job, MODEL):
            pipeline = load_pipeline("StableDiffusionXLInpaintPipeline", MODEL, job)
            started = time.monotonic()
            painted = paint(pipeline, picture, mask, request, inputs["strength"], job)
        repaired = put_back(picture, painted, mask, inputs["feather"])
    seconds = time.monotonic() - started
    job.report("encode", 0)
    path = save_image(repaired, job.output_path(f"image.{request.file_format}"), request.file_format)
    return {"image": path, "actual_seed": request.seed, "generation_seconds": round(seconds, 3)}


def paint(pipeline: Any, picture: Any, mask: Any, request: GenerationRequest, strength: float, job: Job) -> Any:
    """What the model makes of the whole picture, as a PIL image in the size that it works in."""
    import torch

    width, height = work_size(picture.size)
    prompts = encode_prompts(pipeline, [WeightedPrompt(request.prompt, 1.0)], request.negative_prompt, job.device)
    latents = pipeline(
        **prompts,
        image=picture.convert("RGB").resize((width, height)),
        mask_image=mask.resize((width, height)),
        width=width,
        height=height,
        strength=strength,
        guidance_scale=request.guidance,
        num_inference_steps=request.steps,
        generator=torch.Generator("cpu").manual_seed(request.seed),
        output_type="latent",
        callback_on_step_end=watch_steps(job, int(request.steps * strength), "repainting")(0),
    ).images
    return decode_latents(pipeline, latents)


def read_picture_and_mask(picture_path: Path, mask_path: Path, job: Job) -> tuple[Any, Any]:
    """PIL images: the picture upright in RGB or RGBA, the mask in grey and of the same size."""
    picture, mask = (read(path, job, name) for path, name in ((picture_path, "image"), (mask_path, "mask")))
    if picture.size != mask.size:
        raise InvalidInputsError(
            f"the mask is {mask.width} x {mask.height}, the image {picture.width} x {picture.height}; the mask has the size of the image"
        )
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB"), mask.convert("L")


def read(path: Path, job: Job, name: str) -> Any:
    from PIL import Image, ImageOps

    # Sizes are checked here.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as image:
            require_size(image.width, image.height)
            require_room(job, image.width * image.height * 24, f"a picture of {image.width} x {image.height}")
            return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError) as error:
        raise InvalidInputsError(f"{name} cannot be read as PNG, JPEG or WebP: {error}") from error


def work_size(size: tuple[int, int]) -> tuple[int, int]:
    """About `WORK_PIXELS` in the shape of `size`, in steps that the model can take."""
    scale = math.sqrt(WORK_PIXELS / (size[0] * size[1]))
    width, height = (min(4 * 1024, max(WORK_STEP * 4, round(edge * scale / WORK_STEP) * WORK_STEP)) for edge in size)
    return width, height


def put_back(picture: Any, painted: Any, mask: Any, feather: int) -> Any:
    """The picture with `painted` where the mask is white, fading over `feather` pixels at its edge."""
    from PIL import Image, ImageFilter

    # A box blur ends where it should, which a Gaussian does not: half of it inwards, half outwards.
    soft = mask.filter(ImageFilter.BoxBlur(feather / 2))
    repaired = Image.composite(painted.convert("RGB").resize(picture.size, Image.Resampling.LANCZOS), picture.convert("RGB"), soft)
    if picture.mode == "RGBA":
        repaired.putalpha(picture.getchannel("A"))
    return repaired
