import { expect, it } from "vitest";
import { type PrometheusSample, readPrometheus } from "../operations/metrics/prometheus-text.ts";
import { aDocument, ask, postDocument, publish, read } from "./a-registry.ts";

async function scrape() {
  const response = await ask("GET", "/metrics");
  expect(response.status, await response.clone().text()).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return readPrometheus(await response.text());
}

/** The sum of a metric's samples that have these labels. */
async function sumOf(name: string, labels: Record<string, string> = {}): Promise<number> {
  const fits = (sample: PrometheusSample) =>
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value);
  const samples = (await scrape()).get(name)?.samples ?? [];
  return samples.filter(fits).reduce((sum, { value }) => sum + value, 0);
}

it("tells every metric with its help and its type, as Prometheus reads them", async () => {
  const families = await scrape();
  expect([...families.keys()].every((name) => name.startsWith("callsheet_"))).toBe(true);
  for (const [name, { help, type }] of families) {
    expect(help.length, name).toBeGreaterThan(10);
    // By Prometheus' own naming rules.
    expect(name.endsWith("_total"), name).toBe(type === "counter");
  }
});

it("counts lookups by tier, and how old the state was", async () => {
  await publish(aDocument("metered"));
  const before = {
    lookups: await sumOf("callsheet_lookups_total"),
    ages: await countOf("callsheet_lookup_state_age_seconds"),
  };
  for (let time = 0; time < 5; time++) await (await read("/v1/templates/metered")).body?.cancel();
  expect(await sumOf("callsheet_lookups_total")).toBe(before.lookups + 5);
  expect(await sumOf("callsheet_lookups_total", { tier: "memory" })).toBeGreaterThanOrEqual(4);
  expect(await countOf("callsheet_lookup_state_age_seconds")).toBe(before.ages + 5);
});

async function countOf(histogram: string): Promise<number> {
  const samples = (await scrape()).get(histogram)?.samples ?? [];
  return samples.find(({ name }) => name === `${histogram}_count`)?.value ?? 0;
}

it("counts requests by route, publishes by what became of them, refusals by code", async () => {
  const seq = await sumOf("callsheet_announcements_seq");
  const created = await sumOf("callsheet_publishes_total", { kind: "template", status: "created" });
  const posts = { method: "POST", route: "/v1/templates", status: "2xx" };
  const before = await sumOf("callsheet_requests_total", posts);
  await publish(aDocument("metered_twice"));
  await postDocument(aDocument("metered_twice"));
  await postDocument(aDocument("metered_twice", { description: "Other." }));
  expect(await sumOf("callsheet_publishes_total", { kind: "template", status: "created" })).toBe(created + 1);
  expect(await sumOf("callsheet_publishes_total", { kind: "template", status: "unchanged" })).toBe(1);
  expect(await sumOf("callsheet_publishes_total", { kind: "template", status: "rejected" })).toBe(1);
  expect(await sumOf("callsheet_requests_total", posts)).toBe(before + 2);
  expect(await sumOf("callsheet_refusals_total", { code: "VERSION_TAKEN" })).toBe(1);
  expect(await sumOf("callsheet_announcements_seq")).toBe(seq + 1);
});

it("counts what no route is for together, whatever the path and the method", async () => {
  for (const path of ["/nothing", "/v1/nothing", "/..%00"]) await (await ask("PROPFIND", path)).body?.cancel();
  expect(await sumOf("callsheet_requests_total", { route: "none", method: "other" })).toBe(3);
});

it("counts tokens by what was found", async () => {
  const before = await sumOf("callsheet_token_checks_total", { result: "unknown" });
  await (await ask("GET", "/v1/tokens", { token: "wrong" })).body?.cancel();
  expect(await sumOf("callsheet_token_checks_total", { result: "unknown" })).toBe(before + 1);
  expect(await sumOf("callsheet_token_checks_total", { result: "live" })).toBeGreaterThan(0);
});
