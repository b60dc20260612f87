"""The generators against the true libraries, with models in miniature. Skipped where the extra `diffusion` is not installed."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from callsheet_runner.handlers.diffusion.image_generation import image_generation
from callsheet_runner.handlers.diffusion.inpainting import inpainting

pytest.importorskip("torch", reason="the extra `diffusion` is not installed")
pytest.importorskip("diffusers", reason="the extra `diffusion` is not installed")

INPUTS: dict[str, Any] = {
    "prompt": "A lighthouse",
    "negative_prompt": "text",
    "seed": 11,
    "guidance": 7,
    "file_format": "png",
    "width": 256,
    "height": 320,
    "count": 1,
    "styles": [{"name": "painting", "weight": 0.75}, {"name": "sketch", "weight": 0.25}],
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tiny_sdxl import make_tiny_sdxl

    folder = tmp_path_factory.mktemp("models")
    make_tiny_sdxl(folder)
    return folder


#: `cpu:0` is taken for a device, so it works in 16 bits.
@pytest.mark.parametrize("device", ["cpu", "cpu:0"])
def test_images_are_made_told_and_shown_on_the_way(make_job, models: Path, device: str) -> None:
    job = make_job(models_dir=models, device=device, memory_mb=8000, parameters={"steps": 5, "refine": True})
    result = image_generation(INPUTS | {"count": 2}, job)
    assert [Image.open(path).size for path in result["images"]] == [(256, 320)] * 2
    assert all(low < high for low, high in Image.open(result["images"][0]).getextrema())
    assert result["actual_seed"] == 11
    assert result["generation_seconds"] > 0
    told = [one["fraction"] for one in job.said if one["stage"] == "generate"]
    assert told == [pytest.approx(step / 12) for step in range(1, 13)]
    shown = [job.output_dir / one["preview"] for one in job.said if one["preview"]]
    assert len(shown) >= 4
    assert all(max(Image.open(path).size) == 256 for path in shown)


def test_the_same_seed_gives_the_same_bytes_and_a_further_image_can_be_made_alone(make_job, models: Path) -> None:
    def made(**given: Any) -> list[bytes]:
        job = make_job(models_dir=models, memory_mb=8000, parameters={"steps": 3})
        return [path.read_bytes() for path in image_generation(INPUTS | given, job)["images"]]

    two = made(count=2)
    assert two[0] != two[1]
    assert made() == [two[0]]
    assert made(seed=12) == [two[1]]
    assert made(styles=[]) != [two[0]]


@pytest.mark.parametrize("device", ["cpu", "cpu:0"])
def test_inpainting_changes_what_the_mask_shows_and_nothing_else(make_job, models: Path, tmp_path: Path, device: str) -> None:
    picture = Image.effect_noise((300, 200), 80).convert("RGB")
    picture.save(tmp_path / "picture", "PNG")
    mask = Image.new("L", picture.size)
    mask.paste(255, (50, 50, 150, 120))
    mask.save(tmp_path / "mask", "PNG")
    inputs = {key: INPUTS[key] for key in ("prompt", "negative_prompt", "seed", "guidance", "file_format")}
    inputs |= {"image": tmp_path / "picture", "mask": tmp_path / "mask", "strength": 0.9, "feather": 8}
    job = make_job(models_dir=models, device=device, memory_mb=8000, parameters={"steps": 3})
    result = inpainting(inputs, job)
    changed = ImageChops.difference(Image.open(result["image"]), picture).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert left >= 46 and top >= 46 and right <= 154 and bottom <= 124
    assert right - left > 100 and bottom - top > 70
