import type { Field } from "../../../contract/template/field.ts";

/** File name extensions of what an array is read from; zip is a zipped .zarr store. */
export const arrayInputFormats = ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"];
/** File name extensions of what an array is written to. */
export const arrayOutputFormats = ["npy", "tif", "tiff", "png"];

/** Types that stand for one field, by their full dotted paths. */
export const plainTypes: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["builtins.str", { type: "string" }],
  ["builtins.int", { type: "integer" }],
  ["builtins.float", { type: "float" }],
  ["builtins.bool", { type: "boolean" }],
  ["builtins.object", { type: "any" }],
  ["typing.Any", { type: "any" }],
  ["typing.LiteralString", { type: "string" }],
  ["numbers.Integral", { type: "integer" }],
  ["numbers.Real", { type: "float" }],
  ["numbers.Number", { type: "float" }],
  ["decimal.Decimal", { type: "float" }],
  ["datetime.date", { type: "string", format: "date" }],
  ["datetime.datetime", { type: "string", format: "date-time" }],
  ["datetime.time", { type: "string", format: "time" }],
  ["datetime.timedelta", { type: "string", format: "duration" }],
  ["uuid.UUID", { type: "string", format: "uuid" }],
  ["builtins.bytes", { type: "file" }],
  ["pathlib.Path", { type: "file" }],
  ["pathlib.PurePath", { type: "file" }],
  ["pathlib.PosixPath", { type: "file" }],
  ["pydantic.EmailStr", { type: "string", format: "email" }],
  ["pydantic.AnyUrl", { type: "string", format: "uri" }],
  ["pydantic.HttpUrl", { type: "string", format: "uri" }],
  ["pydantic.PositiveInt", { type: "integer", min: 1 }],
  ["pydantic.NonNegativeInt", { type: "integer", min: 0 }],
  ["pydantic.NegativeInt", { type: "integer", max: -1 }],
  ["pydantic.PositiveFloat", { type: "float", min: 0 }],
  ["pydantic.NonNegativeFloat", { type: "float", min: 0 }],
  ...["number", "floating", "float16", "float32", "float64", "double", "single", "half"].map(
    (name): [string, Field] => [`numpy.${name}`, { type: "float" }],
  ),
  ...["integer", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "intp"].map(
    (name): [string, Field] => [`numpy.${name}`, { type: "integer" }],
  ),
  ["numpy.bool_", { type: "boolean" }],
  ["numpy.bool", { type: "boolean" }],
  ["numpy.str_", { type: "string" }],
]);

/** Arrays of the six libraries: a file each. */
export const arrayTypes: ReadonlySet<string> = new Set([
  "numpy.ndarray",
  "numpy.typing.NDArray",
  "numpy.typing.ArrayLike",
  "cupy.ndarray",
  "cupy.typing.NDArray",
  "torch.Tensor",
  ...["Float", "Double", "Half", "BFloat16", "Byte", "Char", "Short", "Int", "Long", "Bool"].flatMap((kind) => [
    `torch.${kind}Tensor`,
    `torch.cuda.${kind}Tensor`,
  ]),
  "tensorflow.Tensor",
  "tensorflow.Variable",
  "tensorflow.types.experimental.TensorLike",
  "jax.Array",
  "jax.numpy.ndarray",
  "jax.typing.ArrayLike",
  "pyclesperanto.Array",
  "pyclesperanto.OCLArray",
  "pyclesperanto_prototype.OCLArray",
]);

/** Classes whose values are JSON lists. */
export const listTypes: ReadonlySet<string> = new Set([
  "builtins.list",
  "collections.deque",
  "typing.Deque",
  ...["Sequence", "MutableSequence", "Iterable", "Collection", "Container", "Reversible"].map(
    (name) => `typing.${name}`,
  ),
]);

/** Classes whose values are JSON lists without repetitions. */
export const setTypes: ReadonlySet<string> = new Set([
  "builtins.set",
  "builtins.frozenset",
  "typing.AbstractSet",
  "typing.Set",
  "typing.MutableSet",
]);

/** Classes whose values are JSON objects with names of the caller's. */
export const mappingTypes: ReadonlySet<string> = new Set([
  "builtins.dict",
  "collections.OrderedDict",
  "collections.defaultdict",
  "collections.Counter",
  ...["Mapping", "MutableMapping", "OrderedDict", "DefaultDict", "Counter"].map((name) => `typing.${name}`),
]);

/** Forms that say something about a type and leave it what it is: `Final[int]`. */
export const transparentForms: ReadonlySet<string> = new Set([
  ...["Final", "ClassVar", "Required", "NotRequired", "ReadOnly"].map((name) => `typing.${name}`),
  "dataclasses.InitVar",
]);

/** Other words for what is understood, by the last part of a name. */
export const meantTypes: Readonly<Record<string, string>> = {
  any: "typing.Any",
  string: "str",
  integer: "int",
  long: "int",
  double: "float",
  number: "float",
  boolean: "bool",
  array: "np.ndarray or list",
  ndarray: "np.ndarray",
  Tensor: "torch.Tensor",
  complex: "two floats",
  bytearray: "bytes",
  memoryview: "bytes",
  Iterator: "list",
  Generator: "list",
  AsyncIterator: "list",
  NoneType: "None",
};
