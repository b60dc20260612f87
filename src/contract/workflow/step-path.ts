import { z } from "zod";
import { limits } from "../limits.ts";

/**
 * A step of a run, by the ids on the way to it: `draft`; `split/left` inside of a parallel or a sequence; `route/urgent/answer` inside of a
 * conditional or a switch, with the branch, since branches may share ids (its case percent-encoded); `each[3]/draw` inside of a map, with the
 * item, counted from 0. What undoes a step is `draft!undo`.
 */
export const stepPath = z.string().min(1).max(limits.stepPathLength);
