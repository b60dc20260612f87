"""What the styles of `image_generation` say to the model."""

from dataclasses import dataclass
from typing import Any

#: Added to the prompt. The names are the template's.
STYLE_WORDS = {
    "photo": "photograph, natural light, 50mm lens, sharp focus, high detail",
    "painting": "oil painting, visible brush strokes, layered paint on canvas",
    "sketch": "pencil sketch, hatching, loose lines on paper",
    "render": "3D render, global illumination, physically based materials",
    "comic": "comic book art, bold ink outlines, flat colours, halftone shading",
}


@dataclass(frozen=True)
class WeightedPrompt:
    """A prompt and its share of the result; the shares of all are 1 together."""

    text: str
    share: float


def style_prompts(prompt: str, styles: list[dict[str, Any]]) -> list[WeightedPrompt]:
    """One prompt for each style that counts. Weights that are 1 or more together are taken as shares of their sum; what they leave of 1
    goes to the plain prompt. The same style twice counts twice; a style of weight 0 does not count."""
    weights: dict[str, float] = {}
    for style in styles:
        weights[style["name"]] = weights.get(style["name"], 0.0) + float(style.get("weight", 1))
    total = sum(weights.values())
    whole = max(1.0, total)
    plain = [WeightedPrompt(prompt, 1.0 - total)] if total < 1 else []
    return plain + [WeightedPrompt(f"{prompt}, {STYLE_WORDS[name]}", weight / whole) for name, weight in weights.items() if weight > 0]
