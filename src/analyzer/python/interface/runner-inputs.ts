import type { Field } from "../../../contract/template/field.ts";

/** What every array function takes besides its own parameters: the runner applies it around the call. */
export const runnerInputs: readonly [string, Field][] = [
  [
    "slice_by_slice",
    {
      type: "boolean",
      default: false,
      description: "Call the function for each plane of the stack by itself, and stack what it returns.",
    },
  ],
  [
    "dtype_conversion",
    {
      type: "string",
      enum: ["preserve", "native", "uint8", "uint16", "int16", "int32", "float32", "float64"],
      default: "preserve",
      description:
        "The type of the pixels that come out: that of the image that went in (preserve), what the function returned (native), or the one that is named.",
    },
  ],
];
