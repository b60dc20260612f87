import type { DeliveryAttempt } from "../../contract/subscription/subscription.ts";

/** What a receiver's answer means: it has it; it wants no more; or it is to be tried again. */
export function judgeAttempt({ status }: Pick<DeliveryAttempt, "status">): "delivered" | "gone" | "failed" {
  if (status === null) return "failed";
  if (status >= 200 && status < 300) return "delivered";
  return status === 410 ? "gone" : "failed";
}

/** The same in words, for whoever must find out why: `it answered 503`. */
export function tellAttempt({ status, error }: Pick<DeliveryAttempt, "status" | "error">): string {
  if (error !== null) return error;
  return status === null ? "it was not answered" : `it answered ${status}`;
}
