"""What an exception means for the run."""

import json
import traceback
from typing import Any

from callsheet_runner.errors import JobError

#: By name, since neither torch nor cupy may be installed here.
OUT_OF_VRAM = {
    "torch.OutOfMemoryError",
    "torch.cuda.OutOfMemoryError",
    "cupy.cuda.memory.OutOfMemoryError",
    "tensorflow.python.framework.errors_impl.ResourceExhaustedError",
}
#: Some of them are told only by what they say.
VRAM_WORDS = ("CUDA out of memory", "CUDA_ERROR_OUT_OF_MEMORY", "HIP out of memory", "RESOURCE_EXHAUSTED: Out of memory")


def failure_of(error: BaseException) -> dict[str, Any]:
    """The message that tells the runner."""
    failure_class, code = classify(error)
    said = str(error).strip()
    message = said if isinstance(error, JobError) and said else "".join(traceback.format_exception_only(error)).strip()
    return {"type": "failed", "class": failure_class, "code": code, "message": message, "detail": detail_of(error)}


def classify(error: BaseException) -> tuple[str, str]:
    if isinstance(error, JobError):
        return error.failure_class, error.code
    # torch's is a RuntimeError, cupy's a MemoryError: device memory comes first.
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if names & OUT_OF_VRAM or any(words in str(error) for words in VRAM_WORDS):
        return "resource", "out_of_vram"
    if isinstance(error, MemoryError):
        return "resource", "out_of_memory"
    if isinstance(error, ImportError):
        return "permanent", "dependency_missing"
    return "unknown", "handler_error"


def detail_of(error: BaseException) -> str:
    """The traceback from the handler on: the frames of this package say nothing to its author."""
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if "callsheet_runner/child/" not in frame.filename]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(theirs or frames), *traceback.format_exception_only(error)]
    return "".join(lines)


def as_line(failure: dict[str, Any]) -> dict[str, Any]:
    """`failure` cut so that it surely fits on the channel."""
    cut = {**failure, "message": failure["message"][:4000], "detail": failure["detail"][-16_000:]}
    json.dumps(cut)
    return cut
