import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { hookSecretOf, refuseHookSecret } from "./hook-signature.ts";
import { refuseAddress } from "./refuse-address.ts";

/** Refuses an address that nothing may be sent to. */
export function checkAddress(url: string, mayAskPrivate: boolean): Result<null, Failure> {
  const why = refuseAddress(url, mayAskPrivate);
  return why === null ? success(null) : invalid("/body/url", `nothing can be sent to this address: ${why}`);
}

/** The secret that was asked for; a new one where none was. */
export function chooseSecret(wanted: string | undefined): Result<string, Failure> {
  if (wanted === undefined) return success(hookSecretOf(crypto.getRandomValues(new Uint8Array(32))));
  const why = refuseHookSecret(wanted);
  if (why === null) return success(wanted);
  return invalid(
    "/body/secret",
    `this is no secret of Standard Webhooks: ${why}; leave it out and the registry makes one`,
  );
}

function invalid(path: string, message: string): Result<never, Failure> {
  const issue = {
    severity: "error" as const,
    path,
    line: null,
    column: null,
    code: "invalid",
    message,
    suggestion: null,
  };
  return refusal({ code: "INVALID_REQUEST", message, issues: [issue] });
}
