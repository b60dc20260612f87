import { z } from "zod";
import { changeEventPage, changeType } from "../announcement/change-event.ts";
import { decimal, pageLimit } from "./query.ts";
import { route } from "./route.ts";

/** A list in a query parameter, with commas between. */
const list = z.string().min(1).max(2000);

export const listEvents = route({
  operationId: "listEvents",
  method: "GET",
  path: "/v1/events",
  tag: "Events",
  summary: "Changes of names: live, or a page of what was",
  description:
    '`Accept: text/event-stream`: server-sent events; `Last-Event-ID` or `after` resumes, without either only what comes from now on is sent. `Upgrade: websocket`: the same as JSON messages (docs/webhooks.md, "Live events"). Else a page of changes after `after`, oldest first.',
  access: "read",
  query: z.strictObject({
    after: decimal.optional().describe("A seq: what came after it"),
    types: list.optional().describe(`Of ${changeType.options.join(", ")}; several with commas`),
    names: list.optional().describe("Name patterns, as templates/image_*; several with commas"),
    limit: pageLimit,
  }),
  answers: {
    200: { description: "A page of changes, or a stream", schema: changeEventPage },
    101: { description: "A WebSocket" },
  },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"],
});
