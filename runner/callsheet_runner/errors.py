"""What a handler may raise to say what its failure means. Anything else that it raises counts as `unknown` (one retry)."""


class JobError(Exception):
    """A failure with a meaning. `failure_class` decides what follows; `code` is from the registry's closed list."""

    failure_class = "unknown"
    code = "handler_error"


class TransientError(JobError):
    """Passes by itself: the run is tried again, after a pause."""

    failure_class = "transient"


class PermanentError(JobError):
    """Will fail again in the same way: the run fails at once."""

    failure_class = "permanent"


class InvalidInputsError(JobError):
    """The interface allows these inputs, the handler cannot take them: the run fails at once."""

    failure_class = "validation"
    code = "invalid_inputs"


class InvalidOutputsError(JobError):
    """The outputs are not what the interface declares: the run fails at once."""

    failure_class = "validation"
    code = "invalid_outputs"


class OutOfMemoryError(JobError):
    """More memory is needed than the job has: tried again with more."""

    failure_class = "resource"
    code = "out_of_memory"


class OutOfVramError(JobError):
    """More device memory is needed than the job has: tried again where there is more."""

    failure_class = "resource"
    code = "out_of_vram"


class ModelMissingError(PermanentError):
    """Model weights are not in the model directory."""

    code = "model_missing"


class DependencyMissingError(PermanentError):
    """A Python package or a program that the handler needs is not installed."""

    code = "dependency_missing"


class HandlerMissingError(PermanentError):
    """The runner has no handler of that name, or it cannot be loaded."""

    code = "handler_missing"
