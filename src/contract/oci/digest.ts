import { z } from "zod";

/** What names bytes in OCI: sha256 or sha512, in lower-case hex (OCI Image 1.1, "Digests"). */
export const ociDigest = z
  .string()
  .regex(
    /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/,
    "a digest is sha256: and 64 lower-case hex digits, or sha512: and 128",
  );
