import { z } from "zod";

/** `{runtime}.{name}`: `numpy.sharpen`. At most 128 characters, and a legal OCI repository component. */
export const functionName = z
  .string()
  .max(128, "a function's name has at most 128 characters")
  .regex(
    /^(numpy|cupy|torch|tensorflow|jax|pyclesperanto|python|javascript)\.[a-z0-9]+([._-][a-z0-9]+)*$/,
    "a function is named {runtime}.{name}, like numpy.sharpen: a-z and 0-9, with single . _ - between them",
  );
