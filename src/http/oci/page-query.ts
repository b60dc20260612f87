import { limits } from "../../contract/limits.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The part of a list that is asked for: at most `n` items after `last`. */
export interface OciPage {
  n: number;
  last: string;
}

/** Reads `n` and `last` (OCI Distribution 1.1, "Listing Tags"); more than a page has is cut to a page. */
export function readPage(url: URL): Result<OciPage, OciFailure> {
  const n = url.searchParams.get("n");
  // No name and no tag is that long: what it is cut to has the same place among them.
  const last = (url.searchParams.get("last") ?? "").slice(0, 256);
  if (n === null || n === "") return success({ n: limits.ociPageItems, last });
  if (!/^\d{1,20}$/.test(n)) {
    const message = `n is how many items one answer may have, a number from 0; it is "${n.slice(0, 40)}"`;
    return refusal({ code: "UNSUPPORTED", status: 400, message });
  }
  return success({ n: Math.min(Number(n), limits.ociPageItems), last });
}

/** The items of a page, one more of which were read, and a relative Link to the next page where there is one. */
export function cutPage(
  url: URL,
  { n }: OciPage,
  items: readonly string[],
): { items: string[]; headers: { Link?: string } } {
  const shown = items.slice(0, n);
  const last = shown.at(-1);
  // With n=0 there is no item after which the list could go on.
  if (items.length <= n || last === undefined) return { items: shown, headers: {} };
  const query = new URLSearchParams({ n: String(n), last });
  return { items: shown, headers: linkTo(url, query) };
}

/** `Link` to the same path with another query. Relative: clients refuse a page of another origin, or send it no credentials. */
export function linkTo(url: URL, query: URLSearchParams): { Link: string } {
  return { Link: `<${url.pathname}?${query}>; rel="next"` };
}
