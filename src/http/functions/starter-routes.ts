import type { Hono } from "hono";
import { getStarter, listStarters } from "../../contract/http/functions.ts";
import { starters } from "../../domain/function/starters.ts";
import { refusal, success } from "../../domain/result.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** `GET /v1/starters` and `GET /v1/starters/{runtime}`. */
export function bindStarterRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listStarters, async ({ needs }) => success(answerJson({ items: starters }, needs.requestId)));

  bindRoute(app, getStarter, async ({ params: { runtime }, query: { language }, needs }) => {
    const ofRuntime = starters.filter((starter) => starter.runtime === runtime);
    const found = ofRuntime.find((starter) => language === undefined || starter.language === language);
    if (found !== undefined) return success(answerJson(found, needs.requestId));
    const written = ofRuntime.map((starter) => starter.language).join(" and ");
    const message = `there is no ${runtime} starter in ${language}; it is written in ${written}`;
    return refusal({ code: "INVALID_REQUEST", message });
  });
}
