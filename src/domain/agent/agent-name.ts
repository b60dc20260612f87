/** The artifact's name that a card's own name gives: `Plan Agent` is `plan-agent`. Null when nothing of it is left. */
export function agentNameOf(title: string): string | null {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const name = plain.replace(/^-/, "").slice(0, 128).replace(/-$/, "");
  return name === "" ? null : name;
}
