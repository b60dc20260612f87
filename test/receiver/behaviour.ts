import { z } from "zod";

/** What a receiver does with one delivery. */
export const behaviour = z.discriminatedUnion("does", [
  z.object({
    does: z.literal("answer"),
    status: z.int(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().default(""),
  }),
  /** Takes the delivery and says nothing, until its sender goes. */
  z.object({ does: z.literal("hang") }),
  /** Says that it has it, begins to say more, and stops. */
  z.object({ does: z.literal("stall") }),
  z.object({ does: z.literal("close") }),
  /** Answers without end, or until its sender goes. */
  z.object({ does: z.literal("flood"), status: z.int() }),
]);
export type Behaviour = z.input<typeof behaviour>;

/** What an inbox does, by the names that deliveries are of; `next` before anything else, each once. */
export const manners = z.object({
  next: z.array(behaviour).default([]),
  by_name: z.record(z.string(), behaviour).default({}),
  otherwise: behaviour.default({ does: "answer", status: 204, headers: {}, body: "" }),
});
export type Manners = z.input<typeof manners>;

/** A delivery as an inbox got it. */
export const received = z.object({
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  /** Its place among all that the receiver got. */
  order: z.int(),
  /** What the receiver did with it. */
  did: z.string(),
});
export type Received = z.infer<typeof received>;
