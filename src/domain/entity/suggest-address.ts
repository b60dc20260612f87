import { limits } from "../../contract/limits.ts";
import { quote } from "../template/value/show-value.ts";
import { formatAddress } from "./address.ts";
import { parseAddress } from "./parse-address.ts";

/** What to write instead of a string that starts with @ and is no address: the address that was probably meant, else plain text. */
export function suggestAddress(text: string): string {
  const plain = `for plain text that starts with @, write ${quote(`@${text}`)}`;
  if (text.length > limits.addressLength) return plain;
  const meant = repair(text) ?? repair(text.replaceAll(/\s+/g, ""));
  if (meant !== null) return `did you mean ${meant}?`;
  return looksLikeId.test(text) ? `an address is @ and a UUID in lower case, then .key, [0] or ["a key"]` : plain;
}

/** Hex digits and hyphens in a row, as in a UUID that was cut or mistyped. */
const looksLikeId = /^@[{<("']?[0-9a-fA-F]{4,}-?[0-9a-fA-F-]{4,}/;
const someId = /^@[{<("']?([0-9a-fA-F-]{32,36})[}>)"']?/;

/** The text with the usual slips undone, in its one form; null when that is no address either. */
function repair(text: string): string | null {
  const found = someId.exec(text);
  const hex = found?.[1]?.replaceAll("-", "").toLowerCase() ?? "";
  if (found === null || hex.length !== 32) return null;
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  const parsed = parseAddress(`@${id}${repairSteps(text.slice(found[0].length))}`);
  return parsed.ok ? formatAddress(parsed.value) : null;
}

function repairSteps(text: string): string {
  const quoted = text.replaceAll("'", '"');
  // A slash inside a quoted key belongs to it.
  const dotted = quoted.includes('"') ? quoted : quoted.replaceAll(/[/\\:#]/g, ".");
  const steps = dotted
    .replaceAll(/\[([A-Za-z_][A-Za-z0-9_-]*)\]?/g, '["$1"]')
    .replaceAll(/\[0+(?=\d)/g, "[")
    .replaceAll(/\[(\d+)(?=[.[]|$)/g, "[$1]")
    .replaceAll(/\.+(?=[.[]|$)/g, "")
    .replace(/\["[^"]*"$/, (last) => `${last}]`);
  return /^[A-Za-z0-9_]/.test(steps) ? `.${steps}` : steps;
}
