/** `Link; rel="next"` (RFC 8288) to the page after this one; nothing on the last. Relative, so that it survives any proxy. */
export function nextLink(requestUrl: string, cursor: string | null): Record<string, string> {
  if (cursor === null) return {};
  const url = new URL(requestUrl);
  url.searchParams.set("cursor", cursor);
  return { Link: `<${url.pathname}${url.search}>; rel="next"` };
}
