import { z } from "zod";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { samePlace } from "../settings/local-registry.ts";
import { readOciRefusal } from "./oci-refusal.ts";
import type { Challenge } from "./read-challenge.ts";

/** How a client of `/v2/` is let in. */
export interface OciLogin {
  /** Asks the registry how it lets clients in. */
  begin(): Promise<void>;
  /** The `Authorization` for a scope; null where none is needed or known. */
  authorization(scope: string | null): Promise<string | null>;
  /** The same, asked for anew because the one before was refused; null when that cannot help. */
  renew(scope: string | null): Promise<string | null>;
}

export interface LoginNeeds {
  url: string;
  /** The session's own; it is the password of any user. */
  token: string | null;
  /** What the registry asks of who has no credentials; null when nothing. */
  challenge(): Promise<Challenge | null>;
  send(url: string, authorization: string | null): Promise<Response>;
}

/** Either name may be there (Docker's token flow, and OAuth 2.0). */
const tokenAnswer = z.union([
  z.object({ token: z.string().min(1) }).transform(({ token }) => token),
  z.object({ access_token: z.string().min(1) }).transform(({ access_token }) => access_token),
]);

/** Logs in as every OCI client does: the registry's challenge says where a token for a scope is to be had. */
export function openLogin({ url, token, challenge, send }: LoginNeeds): OciLogin {
  const known = new Map<string | null, string>();
  let asked: Promise<Challenge | null> | undefined;
  const basic = token === null ? null : `Basic ${Buffer.from(`callsheet:${token}`).toString("base64")}`;

  function askOnce(): Promise<Challenge | null> {
    asked ??= challenge().catch((error: unknown) => {
      // The next request may find the registry there again.
      asked = undefined;
      throw error;
    });
    return asked;
  }

  async function fetchToken(scope: string | null): Promise<string | null> {
    const found = await askOnce();
    if (found === null) return null;
    if (found.scheme === "basic") return basic;
    if (!URL.canParse(found.realm) || !samePlace(new URL(found.realm).origin, new URL(url).origin)) {
      throw new CommandRefusal(
        `${url} sends its clients to ${found.realm || "nowhere"} to log in; that is another place, which gets no token from here`,
        exitCodes.access,
      );
    }
    const target = new URL(found.realm);
    if (found.service !== null) target.searchParams.set("service", found.service);
    if (scope !== null) target.searchParams.append("scope", scope);
    const response = await send(target.href, basic);
    if (!response.ok) throw await readOciRefusal(url, response);
    const parsed = tokenAnswer.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw new CommandRefusal(`${found.realm} answers without a token`, exitCodes.unavailable);
    return `Bearer ${parsed.data}`;
  }

  return {
    async begin() {
      await askOnce();
    },
    async authorization(scope) {
      const bearer = known.get(scope) ?? (await fetchToken(scope));
      if (bearer !== null) known.set(scope, bearer);
      return bearer;
    },
    async renew(scope) {
      const before = known.get(scope);
      known.delete(scope);
      const bearer = await fetchToken(scope);
      if (bearer !== null) known.set(scope, bearer);
      return bearer === before ? null : bearer;
    },
  };
}
