"""What of the generators needs no model."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from callsheet_runner.errors import DependencyMissingError, InvalidInputsError, ModelMissingError, OutOfMemoryError, OutOfVramError
from callsheet_runner.handlers.diffusion.generation_request import generation_request
from callsheet_runner.handlers.diffusion.inpainting import put_back, read_picture_and_mask, work_size
from callsheet_runner.handlers.diffusion.load_pipeline import load_pipeline, model_folder, require_packages
from callsheet_runner.handlers.diffusion.out_of_memory import told_as_out_of_memory
from callsheet_runner.handlers.diffusion.save_image import save_image
from callsheet_runner.handlers.diffusion.style_prompts import STYLE_WORDS, style_prompts
from callsheet_runner.handlers.diffusion.watch_steps import is_shown

STYLES = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(sorted(STYLE_WORDS)), "weight": st.integers(0, 40).map(lambda n: n / 20)}), max_size=4
)


@given(styles=STYLES)
def test_the_shares_of_all_prompts_are_one_together(styles: list[dict[str, Any]]) -> None:
    prompts = style_prompts("a teapot", styles)
    assert sum(prompt.share for prompt in prompts) == pytest.approx(1)
    assert all(prompt.share > 0 and prompt.text.startswith("a teapot") for prompt in prompts)


def test_styles_share_the_picture_and_leave_the_rest_to_the_plain_prompt() -> None:
    def shares(*styles: tuple[str, float]) -> list[tuple[str, float]]:
        prompts = style_prompts("a teapot", [{"name": name, "weight": weight} for name, weight in styles])
        return [(prompt.text.removeprefix("a teapot").strip(", ").split(",")[0], prompt.share) for prompt in prompts]

    assert shares() == [("", 1)]
    assert shares(("sketch", 0)) == [("", 1)]
    assert shares(("sketch", 0.25)) == [("", 0.75), ("pencil sketch", 0.25)]
    assert shares(("sketch", 1), ("comic", 1)) == [("pencil sketch", 0.5), ("comic book art", 0.5)]
    assert shares(("sketch", 0.5), ("sketch", 0.5)) == [("pencil sketch", 1)]
    assert style_prompts("a teapot", [{"name": "photo"}])[0].share == 1


def test_a_request_takes_its_steps_from_the_preset_and_picks_a_seed_when_none_is_given(make_job) -> None:
    inputs = {"prompt": "a teapot", "negative_prompt": "", "seed": 2**31 - 1, "guidance": 6.5, "file_format": "webp"}
    request = generation_request(inputs, make_job(parameters={"steps": 60, "refine": True}))
    assert (request.steps, request.guidance, request.file_format) == (60, 6.5, "webp")
    assert [request.seed_of(index) for index in range(3)] == [2**31 - 1, 0, 1]
    picked = {generation_request(inputs | {"seed": None}, make_job()).seed for _ in range(8)}
    assert len(picked) > 1
    assert all(0 <= seed < 2**31 for seed in picked)


def test_what_is_not_installed_and_what_is_not_there_is_named(make_job, tmp_path: Path, monkeypatch) -> None:
    module = "callsheet_runner.handlers.diffusion.load_pipeline"
    monkeypatch.setattr(f"{module}.find_spec", lambda name: None if name in ("torch", "diffusers") else object())
    with pytest.raises(DependencyMissingError, match=r"torch, diffusers not installed .* pip install 'callsheet-runner\[diffusion\]'"):
        load_pipeline("StableDiffusionXLPipeline", "sdxl-base-1.0", make_job())
    monkeypatch.setattr(f"{module}.find_spec", lambda name: object())
    require_packages()
    with pytest.raises(ModelMissingError, match="started without --models"):
        load_pipeline("StableDiffusionXLPipeline", "sdxl-base-1.0", make_job())
    with pytest.raises(ModelMissingError, match=r"sdxl-base-1\.0 is needed"):
        model_folder("sdxl-base-1.0", make_job(models_dir=tmp_path))
    (tmp_path / "sdxl-base-1.0.safetensors").touch()
    with pytest.raises(ModelMissingError, match=r"a folder with model_index\.json is needed"):
        model_folder("sdxl-base-1.0", make_job(models_dir=tmp_path))
    (tmp_path / "sdxl-base-1.0").mkdir()
    (tmp_path / "sdxl-base-1.0" / "model_index.json").touch()
    assert model_folder("sdxl-base-1.0", make_job(models_dir=tmp_path)) == tmp_path / "sdxl-base-1.0"


def test_running_out_of_memory_is_told_as_what_it_is(make_job) -> None:
    class TorchOutOfMemory(RuntimeError):
        """As torch has it."""

    TorchOutOfMemory.__name__ = "OutOfMemoryError"

    def failing(error: Exception, device: str) -> None:
        with told_as_out_of_memory(make_job(device=device, vram_mb=12000), "SDXL"):
            raise error

    with pytest.raises(OutOfVramError, match=r"SDXL needs more device memory than was free \(the job has 12000 MB\): CUDA"):
        failing(TorchOutOfMemory("CUDA out of memory.\nTried to allocate"), "cuda")
    with pytest.raises(OutOfMemoryError, match="SDXL needs more memory than the job's 2048 MB"):
        failing(RuntimeError("DefaultCPUAllocator: can't allocate memory"), "cpu")
    with pytest.raises(RuntimeError, match="shapes differ"):
        failing(RuntimeError("shapes differ"), "cuda")


@pytest.mark.parametrize(("total", "shown"), [(1, []), (4, [1, 2, 3]), (30, [6, 12, 18, 24]), (240, [48, 96, 144, 192])])
def test_few_previews_are_made_however_many_steps_there_are(total: int, shown: list[int]) -> None:
    assert [step for step in range(1, total + 1) if is_shown(step, total)] == shown


@pytest.mark.parametrize("file_format", ["png", "jpg", "webp"])
def test_a_picture_is_written_in_each_format_alike_each_time(tmp_path: Path, file_format: str) -> None:
    picture = Image.linear_gradient("L").convert("RGBA")
    first, second = (save_image(picture, tmp_path / f"{turn}.{file_format}", file_format).read_bytes() for turn in range(2))
    assert first == second
    assert Image.open(tmp_path / f"0.{file_format}").size == (256, 256)


@given(width=st.integers(1, 9000), height=st.integers(1, 9000))
def test_the_size_to_work_in_is_one_that_the_model_takes(width: int, height: int) -> None:
    for edge in work_size((width, height)):
        assert edge % 64 == 0
        assert 256 <= edge <= 4096
    assert work_size((1024, 1024)) == (1024, 1024)
    assert work_size((4000, 3000)) == (1152, 896)


@pytest.mark.parametrize("feather", [0, 1, 8, 40])
def test_what_lies_farther_from_the_mask_than_the_feather_stays_exactly_as_it_was(feather: int) -> None:
    picture = Image.effect_noise((120, 100), 90).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    mask = Image.new("L", picture.size)
    mask.paste(255, (50, 40, 70, 60))
    made = put_back(picture, Image.new("RGB", (64, 64), "red"), mask, feather)
    assert made.mode == "RGBA"
    assert ImageChops.difference(made.getchannel("A"), picture.getchannel("A")).getbbox() is None
    left, top, right, bottom = ImageChops.difference(made.convert("RGB"), picture.convert("RGB")).getbbox() or (0, 0, 0, 0)
    assert left >= 50 - feather and top >= 40 - feather and right <= 70 + feather and bottom <= 60 + feather
    assert made.getpixel((60, 50))[0] > 200 or feather == 40


def test_a_mask_of_another_size_and_files_that_are_no_pictures_are_refused(make_job, tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "picture", "JPEG")
    Image.new("L", (20, 30)).save(tmp_path / "mask", "PNG")
    with pytest.raises(InvalidInputsError, match="the mask is 20 x 30, the image 30 x 20"):
        read_picture_and_mask(tmp_path / "picture", tmp_path / "mask", make_job())
    (tmp_path / "mask").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    with pytest.raises(InvalidInputsError, match="mask cannot be read"):
        read_picture_and_mask(tmp_path / "picture", tmp_path / "mask", make_job())
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "picture", "JPEG", exif=exif)
    Image.new("L", (20, 30)).save(tmp_path / "mask", "PNG")
    picture, mask = read_picture_and_mask(tmp_path / "picture", tmp_path / "mask", make_job())
    assert picture.size == mask.size == (20, 30)
