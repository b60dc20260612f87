/**
 * Why a host must not be asked by a registry that others reach too: it means this machine, or a network that only this machine sees. Null for
 * what is public, as far as its spelling tells. `host` is as URL parsers write it (WHATWG URL): lower case, IPv4 in decimal, IPv6 in brackets.
 */
export function privateHost(host: string): string | null {
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  if (name.startsWith("[")) return privateIpv6(name.slice(1, -1));
  const octets = ipv4Octets(name);
  if (octets !== null) return privateIpv4(octets);
  if (!name.includes(".")) return `${name} is a name of a private network`;
  const ending = privateEndings.find((one) => name.endsWith(one));
  return ending === undefined ? null : `names that end in ${ending} are of a private network`;
}

/** RFC 6761, RFC 6762, RFC 8375, and what ICANN keeps free for private use. */
const privateEndings = [".localhost", ".local", ".internal", ".home.arpa", ".test", ".invalid", ".onion"];

/** First address, and how many of its bits count (RFC 6890 and its registry). */
const privateRanges: [string, number, string][] = [
  ["0.0.0.0", 8, "this network"],
  ["10.0.0.0", 8, "a private network"],
  ["100.64.0.0", 10, "a provider's inner network"],
  ["127.0.0.0", 8, "this machine"],
  ["169.254.0.0", 16, "the local link"],
  ["172.16.0.0", 12, "a private network"],
  ["192.0.0.0", 24, "a network for protocols"],
  ["192.168.0.0", 16, "a private network"],
  ["198.18.0.0", 15, "a network for measurements"],
  ["224.0.0.0", 3, "no single machine"],
];

function ipv4Octets(text: string): number[] | null {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet)) ? octets.map(Number) : null;
}

function privateIpv4(octets: readonly number[]): string | null {
  const address = numberOf(octets);
  const range = privateRanges.find(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(numberOf(ipv4Octets(first) ?? []) / size);
  });
  return range === undefined ? null : `${octets.join(".")} is an address of ${range[2]}`;
}

function numberOf(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function privateIpv6(text: string): string | null {
  const groups = ipv6Groups(text);
  const [first = 0, second = 0] = groups;
  const [high = 0, low = 0] = groups.slice(-2);
  const inner = [high >> 8, high & 255, low >> 8, low & 255];
  const leading = groups.slice(0, 6);
  const isAllZero = leading.slice(0, 5).every((group) => group === 0);
  // IPv4 within IPv6: mapped (::ffff:a.b.c.d), compatible (::a.b.c.d, of which ::1 and :: are), translated (64:ff9b::a.b.c.d).
  if (isAllZero && (leading[5] === 0xffff || leading[5] === 0)) {
    return high === 0 && low <= 1 ? `${text} is this machine` : privateIpv4(inner);
  }
  if (first === 0x64 && second === 0xff9b) return privateIpv4(inner);
  if ((first & 0xfe00) === 0xfc00) return `${text} is an address of a private network`;
  if ((first & 0xffc0) === 0xfe80) return `${text} is an address of the local link`;
  return (first & 0xff00) === 0xff00 ? `${text} is an address of no single machine` : null;
}

/** Eight numbers of 16 bits; `::` stands for as many zeros as are missing. */
function ipv6Groups(text: string): number[] {
  const [before = "", after] = text.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array.from({ length: zeros }, () => "0"), ...tail].map(
    (group) => Number.parseInt(group, 16) || 0,
  );
}
