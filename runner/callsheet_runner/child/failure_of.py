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
}
#: Some of them are told only by what they say.
VRAM_WORDS = (
    "CUDA out of memory",
    "CUDA_ERROR_OUT_OF_MEMORY",
    "cudaErrorMemoryAllocation",
    "HIP out of memory",
    "CL_MEM_OBJECT_ALLOCATION_FAILURE",
)
#: jax and tensorflow say the same of both memories.
OUT_OF_EITHER = {"tensorflow.python.framework.errors_impl.ResourceExhaustedError"}
EITHER_WORDS = "RESOURCE_EXHAUSTED: Out of memory"
MEMORY_WORDS = ("DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory")
#: How a function's source is called in tracebacks.
OWN_NAME = "function.py"


def failure_of(error: BaseException, source: str | None = None, device: str = "cuda") -> dict[str, Any]:
    """The message that tells the runner. `source`: path of a function's source, when the job is one of those. `device`: the job's."""
    failure_class, code = classify(error, device)
    if source is not None and code == "handler_error" and failure_class == "unknown":
        # A function without network and state fails again in the same way.
        failure_class = "permanent"
    said = str(error).strip()
    message = said if isinstance(error, JobError) and said else "".join(traceback.format_exception_only(error)).strip()
    detail = detail_of(error) if source is None else own_detail(error, source)
    return {"type": "failed", "class": failure_class, "code": code, "message": message, "detail": detail}


def classify(error: BaseException, device: str) -> tuple[str, str]:
    if isinstance(error, JobError):
        return error.failure_class, error.code
    # torch's is a RuntimeError, cupy's a MemoryError: device memory comes first.
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if names & OUT_OF_EITHER or EITHER_WORDS in str(error):
        return "resource", "out_of_memory" if device == "cpu" else "out_of_vram"
    if names & OUT_OF_VRAM or any(words in str(error) for words in VRAM_WORDS):
        return "resource", "out_of_vram"
    if isinstance(error, MemoryError) or any(words in str(error) for words in MEMORY_WORDS):
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


def own_detail(error: BaseException, source: str) -> str | None:
    """The traceback's lines in the function's own source, which is all that its author wrote; None where none of them took part."""
    told = traceback.TracebackException.from_exception(error)
    seen: set[int] = set()
    took_part = False
    waiting: list[traceback.TracebackException | None] = [told]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        own = [frame for frame in one.stack if frame.filename == source]
        for frame in own:
            frame.filename = OWN_NAME
        took_part = took_part or bool(own)
        one.stack = traceback.StackSummary.from_list(own)
        waiting += [one.__cause__, one.__context__, *(one.exceptions or ())]
    return "".join(told.format()) if took_part else None


def as_line(failure: dict[str, Any]) -> dict[str, Any]:
    """`failure` cut so that it surely fits on the channel."""
    cut = {**failure, "message": failure["message"][:4000], "detail": failure["detail"] and failure["detail"][-16_000:]}
    json.dumps(cut)
    return cut
