import { z } from "zod";
import { skillAnswer } from "../agent/skill-answer.ts";
import { limits } from "../limits.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

/** `key:value`. */
export const labelFilter = z
  .string()
  .max(200)
  .regex(/^[^:]{1,63}:[^\p{Cc}]*$/u, "a label is asked for as key:value");

export const getSkill = route({
  operationId: "getSkill",
  method: "GET",
  path: "/v1/skills/{skill}",
  tag: "Skills",
  summary: "Which function, template, workflow or agent answers to a skill",
  description:
    "`name`, `name@^1`, `name@stable`, or `workflow/name` (percent-encoded) where only one kind is meant. Functions, templates and workflows answer to their own name; agents to the skills of their card, and the selector is about the card's version. `label=key:value` (once or several times) leaves only agents that have all these labels.",
  access: "read",
  params: z.strictObject({
    skill: z
      .string()
      .min(1)
      .max(10 + 128 + 1 + limits.selectorLength),
  }),
  query: z.strictObject({
    label: z.union([labelFilter, z.array(labelFilter).max(limits.labelsPerAgent)]).optional(),
    limit: pageLimit,
    cursor,
  }),
  answers: { 200: { description: "Who answers, best first", schema: skillAnswer } },
  failures: ["INVALID_REQUEST", "NAME_NOT_FOUND", "VERSION_NOT_FOUND", "UNAVAILABLE"],
});
