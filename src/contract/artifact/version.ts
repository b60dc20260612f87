import { z } from "zod";

/** `MAJOR.MINOR.PATCH`, digits only, no leading zeros (SemVer 2.0 section 2), each part at most 9 digits. */
export const version = z
  .string()
  .regex(
    /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/,
    "a version is MAJOR.MINOR.PATCH: digits only, no leading zeros, like 1.4.0",
  );
