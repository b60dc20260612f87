import { z } from "zod";

/** What an issuer of identities says about itself (OpenID Connect Discovery 1.0, section 3), as far as it is read. */
export const issuerMetadata = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** An issuer's public keys (RFC 7517, section 5). Members of keys are checked by who uses them. */
export const keySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().exactOptional() })).max(200),
});
export type KeySet = z.infer<typeof keySet>;
