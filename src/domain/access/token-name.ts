/** What histories and approvals call those who are no holders of access tokens. */
const ownNames = ["admin", "anonymous", "runner"];
const ownBeginnings = ["signed:", "webhook:", "github:", "service:"];

/** Whether a name is one that the registry itself gives to somebody, or looks like one: no token may be called so. */
export function isReservedName(name: string): boolean {
  const plain = name.normalize("NFKC").trim().toLowerCase();
  return ownNames.includes(plain) || ownBeginnings.some((beginning) => plain.startsWith(beginning));
}

/** Why no token may be called so. */
export function reservedNameMessage(name: string): string {
  return `no token can be called "${name}": ${ownNames.join(", ")} and what begins with ${ownBeginnings.join(", ")} are the registry's own names; choose another`;
}
