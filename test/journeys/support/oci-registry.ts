import { afterAll, beforeAll } from "vitest";
import { startRegistry } from "../../../scripts/local-registry.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import type { OciTarget } from "./oci-calls.ts";

/** A registry for the OCI clients of one test file. */
export interface OciRegistry {
  /** As clients name it: `localhost:PORT`, which they talk to without TLS. */
  host(): string;
  url(): string;
  /** What logs in there, as password of any user. */
  token(): string;
  target(): OciTarget;
}

/** Starts a registry before the tests of a file and stops it after them. Reading is public; pushing needs a login unless `vars` say otherwise. */
export function ociRegistry(vars: Record<string, string> = {}): OciRegistry {
  const { scriptPath, stateDir } = frozenBundle();
  let registry: Awaited<ReturnType<typeof startRegistry>> | undefined;
  beforeAll(async () => {
    const all = { ANONYMOUS_PUSH: "false", RATE_LIMITS: "off", ...vars };
    registry = await startRegistry({ scriptPath, stateDir: stateDir("state"), port: 0, vars: all });
  }, 60_000);
  afterAll(() => registry?.stop());
  const url = () => registry?.url ?? "";
  const token = () => registry?.adminToken ?? "";
  return {
    host: () => `localhost:${new URL(url()).port}`,
    url,
    token,
    target: () => ({ url: url(), adminToken: token() }),
  };
}
