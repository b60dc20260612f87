// `npm run bench [-- --quick] [--only NAME] [--json FILE]`: docs/benchmarks.md tells what each table is. Nothing here passes or fails by time.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleAll } from "../scripts/local/bundle-all.ts";
import { openDispatchStage } from "./dispatch/open-dispatch-stage.ts";
import { openEdgeStage } from "./edge/open-edge-stage.ts";
import { bundleSize } from "./measures/bundle-size.ts";
import { changeEvents } from "./measures/change-events.ts";
import { childTable } from "./measures/child-table.ts";
import { clientCeiling } from "./measures/client-ceiling.ts";
import { dispatchLatency } from "./measures/dispatch-latency.ts";
import { dispatchThroughput } from "./measures/dispatch-throughput.ts";
import { edgeCall } from "./measures/edge-call.ts";
import { functionJobs } from "./measures/function-jobs.ts";
import { lookupLatency } from "./measures/lookup-latency.ts";
import { lookupThroughput } from "./measures/lookup-throughput.ts";
import { ociLists } from "./measures/oci-lists.ts";
import { ociPush } from "./measures/oci-push.ts";
import { ociReads } from "./measures/oci-reads.ts";
import { publishTime } from "./measures/publish-time.ts";
import { pushVisible } from "./measures/push-visible.ts";
import { resolveTime } from "./measures/resolve-time.ts";
import { sourcePublishTime } from "./measures/source-publish-time.ts";
import { startUpTime } from "./measures/start-up-time.ts";
import { workflowRuns } from "./measures/workflow-runs.ts";
import { openOciStage } from "./oci/open-oci-stage.ts";
import { fullPlan, quickPlan } from "./plan.ts";
import { renderTable, type Table } from "./report/table.ts";
import { fillStage } from "./stage/fill-stage.ts";
import { openStage, type Stage, takeSample } from "./stage/open-stage.ts";
import { openWorkflowStage } from "./workflows/open-workflow-stage.ts";

const names = [
  "validation",
  "memory",
  "matching",
  "analysis",
  "bundle",
  "startup",
  "resolve",
  "publish",
  "throughput",
  "latency",
  "dispatch",
  "edge",
  "jobs",
  "oci",
  "workflows",
  "push",
  "events",
] as const;

const { values: given } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" }, json: { type: "string" } },
});
if (given.only !== undefined && !names.some((name) => name === given.only)) {
  console.error(`--only ${given.only}: there is ${names.join(", ")}`);
  process.exit(2);
}
const plan = given.quick ? quickPlan : fullPlan;
const isWanted = (...some: (typeof names)[number][]) =>
  given.only === undefined || some.some((name) => name === given.only);

const tables: Table[] = [];
const machine = `${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
const startedAt = new Date();
console.log(`${startedAt.toISOString()}  ${machine}${given.quick ? "  (quick)" : ""}`);

const scriptPath = await bundleAll();
if (isWanted("validation")) show(await childTable("validation-time.ts", plan.validationRuns));
if (isWanted("memory")) show(await childTable("memory-size.ts", 1000, 10_000));
if (isWanted("matching")) show(await childTable("match-jobs.ts", plan.matches));
if (isWanted("analysis")) show(await childTable("analysis-time.ts", plan.analyses));
if (isWanted("bundle")) show(bundleSize(scriptPath));
if (isWanted("startup")) show(await startUpTime(scriptPath, plan));
if (isWanted("resolve", "publish", "throughput", "latency")) await measureOnStages();
if (isWanted("dispatch")) await measureDispatch();
if (isWanted("edge")) await measureEdge();
if (isWanted("jobs")) show(await functionJobs(plan));
if (isWanted("oci")) await measureOci();
if (isWanted("workflows")) await measureWorkflows();
if (isWanted("events")) await measureEvents();
if (isWanted("push")) show(await pushVisible(scriptPath, plan));
if (given.json !== undefined) {
  writeFileSync(given.json, `${JSON.stringify({ at: startedAt, machine, quick: given.quick, tables }, null, 2)}\n`);
}
console.log(`\n${Math.round((Date.now() - startedAt.getTime()) / 1000)} s in all`);

/** One storage that grows from size to size; a new workerd for each, so that no isolate is warmer than the other. */
async function measureOnStages(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  try {
    let filled = 0;
    for (const size of isWanted("throughput", "latency") ? plan.sizes : plan.sizes.slice(0, 1)) {
      const filling = await openStage(scriptPath, stateDir);
      await fillStage(filling, filled, size);
      filled = size;
      const sample = await takeSample(filling);
      await filling.close();
      const stage = await openStage(scriptPath, stateDir, sample);
      try {
        await measureOn(stage, size, sample.body.length);
      } finally {
        await stage.close();
      }
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureOn(stage: Stage, size: number, bodyBytes: number): Promise<void> {
  if (size === plan.sizes[0]) {
    if (isWanted("throughput")) show(await clientCeiling(bodyBytes, plan));
    if (isWanted("resolve")) show(await resolveTime(stage, plan));
  }
  if (isWanted("throughput")) show(await lookupThroughput(stage, size, plan));
  if (isWanted("latency")) show(await lookupLatency(stage, size, plan));
  if (size === plan.sizes[0] && isWanted("publish")) {
    show(await publishTime(stage, plan));
    show(await sourcePublishTime(stage, plan));
  }
}

async function measureDispatch(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const stage = await openDispatchStage(scriptPath, stateDir);
  try {
    show(await dispatchLatency(stage, plan));
    show(await dispatchThroughput(stage, plan));
  } finally {
    await stage.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureEdge(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const stage = await openEdgeStage(scriptPath, stateDir);
  try {
    show(await edgeCall(stage, plan));
  } finally {
    await stage.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureOci(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const stage = await openOciStage(scriptPath, stateDir);
  try {
    show(await ociReads(stage, plan));
    show(await ociPush(stage, plan));
    show(await ociLists(stage, plan));
  } finally {
    await stage.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureWorkflows(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const stage = await openWorkflowStage(scriptPath, stateDir);
  try {
    show(await workflowRuns(stage, plan));
  } finally {
    await stage.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measureEvents(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const stage = await openDispatchStage(scriptPath, stateDir);
  try {
    show(await changeEvents(stage, plan));
  } finally {
    await stage.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function show(table: Table): void {
  tables.push(table);
  console.log(renderTable(table));
}
