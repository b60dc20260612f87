import type { Failure } from "../contract/failure.ts";
import type { Access } from "../contract/http/route.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import type { Caller } from "../http/needs.ts";

const anyone: Result<Caller, Failure> = success({ name: "anonymous" });
const admin: Result<Caller, Failure> = success({ name: "admin" });

/** Reads are public; everything else needs the admin token. The one place that decides. */
export async function authorise(
  env: Env,
  authorization: string | null,
  access: Access,
): Promise<Result<Caller, Failure>> {
  if (access === "read") return anyone;
  const expected: string | undefined = env.CALLSHEET_ADMIN_TOKEN;
  if (expected === undefined || expected === "") {
    return refusal({
      code: "FORBIDDEN",
      message:
        "this registry has no admin token, so nobody can write; set it with `wrangler secret put CALLSHEET_ADMIN_TOKEN`",
    });
  }
  const given = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  if (given === undefined) {
    return refusal({
      code: "UNAUTHENTICATED",
      message:
        "this changes the registry and needs a token: send `Authorization: Bearer …` (the CLI finds a local one by itself)",
    });
  }
  if (await isSame(given, expected)) return admin;
  return refusal({ code: "UNAUTHENTICATED", message: "the token is not one that this registry knows" });
}

/** Compares digests, so that time tells nothing about the token. */
async function isSame(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, expected].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b);
}
