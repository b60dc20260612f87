import { z } from "zod";
import { agentUrl } from "./card.ts";

/** Headers that the call itself sets. */
const ownHeaders: ReadonlySet<string> = new Set([
  "accept",
  "connection",
  "content-length",
  "content-type",
  "host",
  "idempotency-key",
  "transfer-encoding",
  "user-agent",
  "x-request-id",
]);

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "a header's name is letters, digits and -")
  .refine((name) => !ownHeaders.has(name.toLowerCase()), "this header is the call's own");
const headerValue = z
  .string()
  .max(8000)
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, "a header's value is one line of ASCII");

/**
 * What agents know us by: headers by the address of the agent, as its card has it. By address, not by name: who publishes a card can then not
 * have them sent elsewhere.
 */
export const agentCredentials = z.record(agentUrl, z.record(headerName, headerValue));
export type AgentCredentials = z.infer<typeof agentCredentials>;

/** The same as the secret `AGENT_CREDENTIALS` holds it: `{"https://builder.example": {"Authorization": "Bearer …"}}`. */
export const agentCredentialsText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // Not what the parser says: that quotes the secret.
      context.issues.push({ code: "custom", input: null, message: "it is no JSON" });
      return z.NEVER;
    }
  })
  .pipe(agentCredentials);
