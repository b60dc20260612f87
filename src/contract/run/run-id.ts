import { z } from "zod";

/** A run's id: a UUID, version 7, so that ids sort by the time of their making. */
export const runId = z.uuid().lowercase();
