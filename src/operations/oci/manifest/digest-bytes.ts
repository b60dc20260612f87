const algorithms = { sha256: "SHA-256", sha512: "SHA-512" } as const;

/** The digest of bytes by an algorithm that OCI registers, in lower-case hex. */
export async function digestBytes(algorithm: keyof typeof algorithms, bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest(algorithms[algorithm], bytes));
  return `${algorithm}:${[...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
