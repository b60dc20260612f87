"""Calls a function of a run's own source: inputs as its annotations ask for them, its result as outputs."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from callsheet.around_call import AroundCall
from callsheet.convert_dtype import CannotHold, convert_dtype
from callsheet.memory_types import UnfitNumbers, memory_type_of, to_memory_type, to_numpy
from callsheet_runner.child.convert_input import InputConverter
from callsheet_runner.child.encode_output import OutputEncoder
from callsheet_runner.child.hints import UNKNOWN, hints_of, parameters_of
from callsheet_runner.child.name_outputs import article, name_outputs
from callsheet_runner.errors import InvalidInputsError, InvalidOutputsError
from callsheet_runner.job import Job

Fields = Mapping[str, Mapping[str, Any]]
#: What is done around an array function, unless it has parameters of these names itself.
AROUND = ("slice_by_slice", "dtype_conversion")


@dataclass(frozen=True)
class Signature:
    """How a function is called and what it promises: the contract's `runtime` and `returns`."""

    runtime: str
    shape: str
    names: list[str]

    @property
    def has_image(self) -> bool:
        """Whether it is a function of an array library."""
        return self.runtime != "python"


def call_function(
    function: Callable[..., Any], signature: Signature, inputs: Mapping[str, Any], files: Mapping[str, str], job: Job, fields: Fields
) -> dict[str, Any]:
    """Its outputs by name: JSON, and the paths of files below `job.output_dir`."""
    if inspect.isgeneratorfunction(inspect.unwrap(function)) or inspect.isasyncgenfunction(inspect.unwrap(function)):
        raise InvalidOutputsError("the function is a generator (it has a yield); return a list of what it yields")
    call = FunctionCall(function, signature, files, job)
    returned = call.make(dict(inputs))
    outputs = name_outputs(returned, signature.shape, signature.names)
    encoder = OutputEncoder(job, call.write_array)
    return {name: encoder.encode(value, fields.get(name), f"/{name}") for name, value in outputs.items()}


class FunctionCall:
    """One call. It keeps what the image's file said until the result is written."""

    def __init__(self, function: Callable[..., Any], signature: Signature, files: Mapping[str, str], job: Job) -> None:
        self._function = function
        self._signature = signature
        self._job = job
        self._files = files
        self._parameters = parameters_of(function)
        self._hints = hints_of(function, self._parameters)
        #: Of the image; None in a function without.
        self._stack: Any = None

    def make(self, inputs: dict[str, Any]) -> Any:
        """What the function returned, its image as numpy and in the type of numbers that was asked for."""
        library = self._signature.runtime if self._signature.has_image else None
        taken = {name: inputs.pop(name, None) for name in AROUND if library is not None and name not in self._parameters}
        converter = InputConverter(self._files, self._read_numbers, library)
        given = {
            name: self._image(value) if self._is_image(name) else converter.convert(value, self._hints.get(name, UNKNOWN), name)
            for name, value in inputs.items()
        }
        returned = self._around(*self._arranged(given), bool(taken.get("slice_by_slice")))
        if not self._signature.has_image:
            return returned
        asked = (taken.get("dtype_conversion") or "preserve") if "dtype_conversion" in taken else "native"
        if isinstance(returned, tuple) and returned:
            return (self._converted(returned[0], asked), *returned[1:])
        return self._converted(returned, asked)

    def write_array(self, array: Any, name: str, formats: list[str]) -> Path:
        """The file of an output. Another array than `image` goes the same way when it has the image's y and x."""
        from callsheet_runner.child.stack.write_stack import write_stack

        numbers = to_numpy(array)
        if numbers.dtype.kind not in "biufc":
            raise InvalidOutputsError(f"/{name} is an array of {numbers.dtype}; an array of numbers is needed")
        is_like_image = self._stack is not None and (name == "image" or numbers.shape[-2:] == self._stack.array.shape[-2:])
        return write_stack(numbers, self._stack if is_like_image else None, name, formats, self._job)

    def _around(self, args: tuple[Any, ...], kwargs: dict[str, Any], by_slice: bool) -> Any:
        # The type of numbers is changed here, where it is known what the image's file had.
        around = AroundCall(args, {**kwargs, "slice_by_slice": True} if by_slice else kwargs, frozenset(() if by_slice else AROUND))
        try:
            calls = list(around.calls())
        except TypeError as error:
            raise InvalidInputsError(str(error)) from error
        results = [self._once(*call) for call in calls]
        try:
            return around.finish(results)
        except (TypeError, ValueError) as error:
            raise InvalidOutputsError(str(error)) from error

    def _once(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        returned = self._function(*args, **kwargs)
        if inspect.isawaitable(returned):
            import asyncio

            async def awaited() -> Any:
                return await returned

            returned = asyncio.run(awaited())
        if inspect.isgenerator(returned) or inspect.isasyncgen(returned):
            raise InvalidOutputsError("the function returned a generator; return a list of what it yields")
        return returned

    def _arranged(self, given: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What can only be given by place goes by place; the image too, which comes first."""
        args: list[Any] = []
        for name, parameter in self._parameters.items():
            if parameter.kind is not inspect.Parameter.POSITIONAL_ONLY and not (self._is_image(name) and not args):
                break
            if name not in given and parameter.default is inspect.Parameter.empty:
                raise InvalidInputsError(f"input {name} is needed and was not given")
            args.append(given.pop(name, parameter.default))
        return tuple(args), given

    def _is_image(self, name: str) -> bool:
        return self._signature.has_image and name == "image"

    def _image(self, value: Any) -> Any:
        from callsheet_runner.child.stack.read_stack import read_stack

        if not isinstance(value, str) or value not in self._files:
            raise InvalidInputsError(f"input image is a file; got {article(value)}")
        path = Path(self._files[value])
        self._stack = read_stack(path, self._job)
        return self._moved(self._stack.array, self._signature.runtime, path)

    def _read_numbers(self, path: Path, library: str) -> Any:
        from callsheet_runner.child.stack.read_stack import read_numbers

        return self._moved(read_numbers(path, self._job), self._signature.runtime if self._signature.has_image else library, path)

    def _moved(self, array: Any, memory_type: str, path: Path) -> Any:
        try:
            return to_memory_type(array, memory_type, self._job.device)
        except UnfitNumbers as error:
            raise InvalidInputsError(f"{path.name} does not fit {memory_type}: {error}") from error

    def _converted(self, image: Any, asked: str) -> Any:
        if memory_type_of(image) is None or len(image.shape) == 0:
            raise InvalidOutputsError(f"the function returned {article(image)}; a function of {self._signature.runtime} returns an array")
        numbers, original = to_numpy(image), self._stack.array
        try:
            converted = convert_dtype(numbers, asked, original.dtype)
        except CannotHold as error:
            raise InvalidOutputsError(f"/image: {error}") from error
        if asked == "preserve" and looks_rescaled(numbers, original):
            self._job.log(
                f"note: the result lies between 0 and 1 and was rounded to {original.dtype}, as the image was; "
                "return values in the image's own range, or ask for dtype_conversion float32"
            )
        return converted


def looks_rescaled(result: Any, original: Any) -> bool:
    """Whether whole numbers went in and shares of one came out, as some libraries do: rounded, nothing of them is left."""
    if original.dtype.kind not in "iu" or result.dtype.kind != "f" or result.size == 0 or original.max() <= 1:
        return False
    return bool(result.min() >= 0 and result.max() <= 1 and (result != result.round()).any())
