import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal } from "../../domain/result.ts";

/** Work for one member of a batch. An outage in the middle is the result of the members that it hit; the others are registered all the same. */
export async function orOutage<Value>(work: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  try {
    return await work();
  } catch (error) {
    console.error(JSON.stringify({ level: "error", batch_member: String(error) }));
    return refusal({
      code: "UNAVAILABLE",
      message:
        "a part that this needs did not answer; whether it was registered is not known: send it again, that is safe",
      retryAfterSeconds: 2,
    });
  }
}
