import { limits } from "../../contract/limits.ts";
import type { OciPath } from "./oci-path.ts";

/** How long what a path asks for may take until its answer begins; null: as long as bytes come. */
export const ociSeconds = {
  base: limits.routeSeconds,
  token: limits.routeSeconds,
  catalog: limits.routeSeconds,
  manifest: limits.longRouteSeconds,
  blob: limits.routeSeconds,
  uploads: null,
  upload: null,
  tags: limits.routeSeconds,
  referrers: limits.routeSeconds,
} as const satisfies Record<OciPath["type"], number | null>;
