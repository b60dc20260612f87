"""From what a diffusion model works on to a picture."""

from typing import Any

#: Longer edge of a preview, in latents; a latent is eight pixels.
PREVIEW_LATENTS = 32


def decode_latents(pipeline: Any, latents: Any) -> Any:
    """A PIL image of the first of `latents`, decoded in the autoencoder's own precision."""
    import torch

    vae = pipeline.vae
    if vae.dtype != torch.float32:
        # Encoding a picture leaves it in 16 bits.
        vae.to(torch.float32)
    with torch.inference_mode():
        decoded = vae.decode(latents[:1].to(vae.dtype) / vae.config.scaling_factor, return_dict=False)[0]
        return pipeline.image_processor.postprocess(decoded, output_type="pil")[0]


def decode_preview(pipeline: Any, latents: Any) -> Any:
    """A small PIL image: few latents are decoded, so that watching costs little."""
    from torch.nn.functional import interpolate

    scale = min(1.0, PREVIEW_LATENTS / max(latents.shape[-2:]))
    size = [max(8, round(edge * scale)) for edge in latents.shape[-2:]]
    return decode_latents(pipeline, interpolate(latents[:1].float(), size=size, mode="area"))
