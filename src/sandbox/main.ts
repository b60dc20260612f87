import { edgeCall } from "../contract/function/edge-call.ts";
import { callInIsolate } from "./call-in-isolate.ts";
import { IsolateNames } from "./isolate-names.ts";

interface SandboxEnv {
  LOADER: WorkerLoader;
  /** `call`, the default: an isolate serves one call. `caller`: the calls of one caller to one function. */
  EDGE_ISOLATION?: string;
}

let names: IsolateNames | null = null;

/** The sandbox as a Worker: the registry posts calls to it over its service binding. It has no address of its own. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === "/healthz") return Response.json({ status: "ok" });
    if (pathname !== "/call" || request.method !== "POST") return new Response("not found\n", { status: 404 });
    const asked = edgeCall.safeParse(jsonOf(await request.text()));
    if (!asked.success) return new Response(`${asked.error.message}\n`, { status: 400 });
    // Random values are to be had within a request only.
    names ??= new IsolateNames(crypto.randomUUID());
    const needs = {
      loader: env.LOADER,
      names,
      mayServeAgain: env.EDGE_ISOLATION === "caller",
      later: (work: Promise<unknown>) => ctx.waitUntil(work),
    };
    return Response.json(await callInIsolate(needs, asked.data));
  },
} satisfies ExportedHandler<SandboxEnv>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
