import { z } from "zod";
import { tokenId } from "../access/token.ts";

/** What the token endpoint answers. `token` and `access_token` are the same; clients read the one or the other. */
export const ociTokenAnswer = z.object({
  token: z.string(),
  access_token: z.string(),
  /** Seconds. */
  expires_in: z.int().positive(),
  issued_at: z.iso.datetime(),
});
export type OciTokenAnswer = z.infer<typeof ociTokenAnswer>;

/** Who a token of the token endpoint was given to: nobody in particular, a holder of a secret of the registry's own, or of an access token. */
export const ociHolder = z.enum(["anonymous", "runner", "admin", "token"]);
export type OciHolder = z.infer<typeof ociHolder>;

/** What a token of the token endpoint says. */
export const ociTokenClaims = z.strictObject({
  who: ociHolder,
  /** The access token that it stands for: it is good as long as that is, and never for more. */
  token_id: tokenId.optional(),
  /** As clients write them: `repository:a/b:pull,push`, `registry:catalog:*`. */
  scopes: z.array(z.string()),
  /** Seconds since 1970. */
  until: z.int(),
});
export type OciTokenClaims = z.infer<typeof ociTokenClaims>;
