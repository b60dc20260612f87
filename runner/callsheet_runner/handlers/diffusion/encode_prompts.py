"""Prompts as the model reads them."""

from typing import Any

from callsheet_runner.handlers.diffusion.style_prompts import WeightedPrompt


def encode_prompts(pipeline: Any, prompts: list[WeightedPrompt], negative_prompt: str, device: str) -> dict[str, Any]:
    """Embeddings of all prompts, mixed by their shares: arguments for a pipeline of SDXL."""
    mixed: list[Any] = []
    for prompt in prompts:
        # Prompt, negative prompt, and the pooled forms of both.
        encoded = pipeline.encode_prompt(
            prompt=prompt.text,
            negative_prompt=negative_prompt,
            device=device,
            num_images_per_prompt=1,
            do_classifier_free_guidance=True,
        )
        shares = [part * prompt.share for part in encoded]
        mixed = [one + other for one, other in zip(mixed, shares, strict=True)] if mixed else shares
    names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds")
    return dict(zip(names, mixed, strict=True))
