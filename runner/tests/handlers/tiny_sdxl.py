"""Stable Diffusion XL in miniature: the true classes with a few random weights, in the folders that diffusers keeps models in."""

import json
from pathlib import Path


def make_tiny_sdxl(models_dir: Path) -> None:
    """Writes `sdxl-base-1.0` and `sdxl-inpainting-0.1` into `models_dir`. Needs torch, diffusers and transformers."""
    from diffusers import StableDiffusionXLInpaintPipeline, StableDiffusionXLPipeline

    words = models_dir / "words"
    make_words(words)
    for name, channels, pipeline_class, further in (
        ("sdxl-base-1.0", 4, StableDiffusionXLPipeline, {}),
        ("sdxl-inpainting-0.1", 9, StableDiffusionXLInpaintPipeline, {"requires_aesthetics_score": False}),
    ):
        pipeline_class(**parts(channels, words), **further, add_watermarker=False).save_pretrained(models_dir / name)


def make_words(folder: Path) -> None:
    """A vocabulary of single characters."""
    folder.mkdir(parents=True)
    characters = [chr(code) for code in range(33, 127)]
    words = [*characters, *(f"{one}</w>" for one in characters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")


def parts(channels: int, words: Path) -> dict:
    """The parts of a pipeline whose denoiser sees `channels` channels."""
    import torch
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

    torch.manual_seed(0)
    tokenizers = [CLIPTokenizer(str(words / "vocab.json"), str(words / "merges.txt"), model_max_length=77) for _ in range(2)]
    text = CLIPTextConfig(
        bos_token_id=len(tokenizers[0]) - 2,
        eos_token_id=len(tokenizers[0]) - 1,
        hidden_size=32,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=3,
        pad_token_id=1,
        vocab_size=len(tokenizers[0]),
        projection_dim=32,
    )
    return {
        "unet": UNet2DConditionModel(
            block_out_channels=(32, 64),
            layers_per_block=1,
            in_channels=channels,
            out_channels=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            attention_head_dim=(2, 4),
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            transformer_layers_per_block=(1, 1),
            projection_class_embeddings_input_dim=80,
            cross_attention_dim=64,
        ),
        "vae": AutoencoderKL(
            block_out_channels=(8, 8, 8, 8),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=4,
            norm_num_groups=8,
        ),
        "scheduler": EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, steps_offset=1, beta_schedule="scaled_linear", timestep_spacing="leading"
        ),
        "text_encoder": CLIPTextModel(text),
        "text_encoder_2": CLIPTextModelWithProjection(text),
        "tokenizer": tokenizers[0],
        "tokenizer_2": tokenizers[1],
    }
