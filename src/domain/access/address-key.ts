/**
 * What an address is counted as. Of IPv6 the first 64 bits, since whoever has one address of such a network has them all (RFC 4291 section 2.5.4); what
 * is IPv4 inside of IPv6 counts as that.
 */
export function addressKey(address: string): string {
  const text = address.trim().toLowerCase();
  if (!text.includes(":")) return text;
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = "", after] = text.split("%", 1).join("").split("::");
  const head = groupsOf(before);
  const missing = after === undefined ? 0 : Math.max(0, 8 - head.length - groupsOf(after).length);
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...groupsOf(after ?? "")];
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${first.join(":")}::/64`;
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
