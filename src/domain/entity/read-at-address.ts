import { limits } from "../../contract/limits.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Result, refusal, success } from "../result.ts";
import { isRecord } from "../template/value/json-equality.ts";
import { quote, showValue } from "../template/value/show-value.ts";
import { type Address, formatAddress, type Step } from "./address.ts";

/** A value in an entity's data, and its address as the data are: a position in lists, a key in maps. */
export interface ValueAtAddress {
  value: unknown;
  address: Address;
}

/** Why there is nothing at an address: what was found on the way. */
export interface MissingValue {
  message: string;
  suggestion: string | null;
}

/** The value at an address in its entity's data. */
export function readAtAddress(data: unknown, { ecsId, steps }: Address): Result<ValueAtAddress, MissingValue> {
  let value = data;
  const walked: Step[] = [];
  for (const step of steps) {
    const next = stepInto(value, step);
    if (next === null) return refusal(explain(formatAddress({ ecsId, steps: walked }), value, step));
    walked.push(next.step);
    value = next.value;
  }
  const address = { ecsId, steps: walked };
  // A key may take more characters in its one form than as it was written: what is recorded must be readable again.
  if (formatAddress(address).length > limits.addressLength) {
    const message = `an address has at most ${limits.addressLength} characters, this one has more`;
    return refusal({ message, suggestion: "borrow a list or a map further up" });
  }
  return success({ value, address });
}

function stepInto(value: unknown, step: Step): { value: unknown; step: Step } | null {
  if (Array.isArray(value)) {
    return typeof step === "number" && step < value.length ? { value: value[step], step } : null;
  }
  // `.0` is a position in a list and the key "0" in a map.
  const key = String(step);
  return isRecord(value) && Object.hasOwn(value, key) ? { value: value[key], step: key } : null;
}

function explain(address: string, value: unknown, step: Step): MissingValue {
  if (Array.isArray(value)) return explainList(address, value.length, step);
  if (!isRecord(value)) {
    return { message: `${address} is ${showValue(value)}; nothing lies inside it`, suggestion: `use ${address}` };
  }
  const key = String(step);
  const keys = Object.keys(value);
  const near = didYouMean(key, keys.slice(0, mostCompared));
  return {
    message: `${address} has no ${quote(key)}; ${keysOf(keys)}`,
    suggestion: near === null ? null : `did you mean ${quote(near)}?`,
  };
}

function explainList(address: string, length: number, step: Step): MissingValue {
  const what =
    length === 0 ? `${address} is an empty list` : `${address} is a list of ${length}, at positions 0 to ${length - 1}`;
  const message = `${what}; it has no ${typeof step === "number" ? `position ${step}` : `key ${quote(step)}`}`;
  return { message, suggestion: length === 0 ? null : `use a position, as in ${address}[${length - 1}]` };
}

/** More keys are not compared, and not told, so that a large map costs no more than a small one. */
const mostCompared = 1000;
const mostTold = 20;

function keysOf(keys: readonly string[]): string {
  if (keys.length === 0) return "it is empty";
  const told = keys.slice(0, mostTold).map(quote).join(", ");
  return keys.length > mostTold ? `it has ${told} and ${keys.length - mostTold} more` : `it has ${told}`;
}
