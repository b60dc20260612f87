import type { Caller } from "../../domain/access/caller.ts";
import type { Needs } from "../needs.ts";

/** What every route of one repository gets: the name is legal, and the caller may do what they ask for. */
export interface OciAsked {
  request: Request;
  url: URL;
  repository: string;
  needs: Needs;
  caller: Caller;
}
