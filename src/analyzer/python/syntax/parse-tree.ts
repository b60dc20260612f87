import type { Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { bridgeGaps } from "./bridge-gaps.ts";
import type { Token } from "./scan-tokens.ts";

/** The tree of a source; its offsets are the source's, its text is not always (bridge-gaps.ts). */
export function parseTree(code: string, tokens?: readonly Token[]): Tree {
  return parseBridged(bridgeGaps(code, tokens));
}

/** The tree of a copy whose gaps are bridged. */
export function parseBridged(bridged: string): Tree {
  return parser.parse(bridged);
}
