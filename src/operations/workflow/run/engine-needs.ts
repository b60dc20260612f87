import type { AgentCredentials } from "../../../contract/agent/credentials.ts";
import type { LookUpNeeds } from "../../lookup/look-up.ts";
import type { RunNeeds } from "../../run/run-needs.ts";

/** What a run of a workflow works with. */
export interface EngineNeeds extends RunNeeds {
  lookUp: LookUpNeeds;
  /** Calls agents. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether agents may live in private networks: on one's own machine only. */
  mayAskPrivate: boolean;
  /** What agents know us by. */
  credentials: AgentCredentials;
}
