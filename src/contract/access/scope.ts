import { z } from "zod";

/** What a token may be allowed to do. */
export const accessScope = z.enum(["read", "publish", "run", "runner", "admin"]);
export type AccessScope = z.infer<typeof accessScope>;

/** What each scope has in it: who may publish or run may look things up too; a runner's token connects runners, and nothing else. */
export const scopesWithin = {
  read: ["read"],
  publish: ["read", "publish"],
  run: ["read", "run"],
  runner: ["runner"],
  admin: ["read", "publish", "run", "runner", "admin"],
} as const satisfies Record<AccessScope, readonly AccessScope[]>;
