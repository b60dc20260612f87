import { z } from "zod";

/** What the token endpoint answers. `token` and `access_token` are the same; clients read the one or the other. */
export const ociTokenAnswer = z.object({
  token: z.string(),
  access_token: z.string(),
  /** Seconds. */
  expires_in: z.int().positive(),
  issued_at: z.iso.datetime(),
});
export type OciTokenAnswer = z.infer<typeof ociTokenAnswer>;

/** Whom the registry knows at `/v2/`. */
export const ociHolder = z.enum(["anonymous", "runner", "admin"]);
export type OciHolder = z.infer<typeof ociHolder>;

/** What a token of the token endpoint says. */
export const ociTokenClaims = z.strictObject({
  who: ociHolder,
  /** As clients write them: `repository:a/b:pull,push`, `registry:catalog:*`. */
  scopes: z.array(z.string()),
  /** Seconds since 1970. */
  until: z.int(),
});
export type OciTokenClaims = z.infer<typeof ociTokenClaims>;
