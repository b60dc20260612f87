import { z } from "zod";
import { changeType } from "../../contract/announcement/change-event.ts";

/** Which changes a listener is told of, and how. */
export const listeningFilter = z.object({
  types: z.array(changeType).nullable(),
  names: z.array(z.string()),
  /** Name patterns of what they may look up. */
  allowed: z.array(z.string()),
  as: z.enum(["messages", "stream"]),
});
export type ListeningFilter = z.infer<typeof listeningFilter>;
