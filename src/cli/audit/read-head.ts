import { InvalidArgumentError } from "commander";
import type { KnownHead } from "./follow-chain.ts";

/** `seq:hash`, as `audit export` and `audit verify` tell it; for commander. */
export function readHead(text: string): KnownHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new InvalidArgumentError("Write seq:hash, as an export or a verification told it: 120:9f86d0…");
  }
  return { seq: Number(seq), hash };
}

/** The same, told. */
export function headText({ seq, hash }: KnownHead): string {
  return `${seq}:${hash}`;
}
