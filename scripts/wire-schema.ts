// Writes runner/wire.schema.json: what a runner and its pool say to each other, as one JSON Schema made from the contract.
// The runner's Python types are generated from it: `node scripts/wire-schema.ts`, then `python runner/make_wire.py`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { file } from "../src/contract/file/file.ts";
import { upload, uploadRequest } from "../src/contract/file/upload.ts";
import { limits } from "../src/contract/limits.ts";
import { capabilities, device, presentModel } from "../src/contract/runner/capabilities.ts";
import * as said from "../src/contract/runner/from-runner.ts";
import { jobFile, jobNeeds } from "../src/contract/runner/job.ts";
import * as heard from "../src/contract/runner/to-runner.ts";
import { stage } from "../src/contract/template/document.ts";
import * as fields from "../src/contract/template/field.ts";

/** Where the schema lies. */
export const wireSchemaPath = join(fileURLToPath(new URL("..", import.meta.url)), "runner", "wire.schema.json");

/** Python's name of each shape. A message's class is called for what it says. */
const names: Record<string, z.ZodType> = {
  LeaseKey: said.leaseKey,
  Hello: said.hello,
  Heartbeat: said.heartbeat,
  Started: said.started,
  ProgressReport: said.progressReport,
  LogLines: said.logLines,
  ResultReport: said.result,
  FailureReport: said.failureReport,
  Release: said.release,
  Draining: said.draining,
  FromRunner: said.fromRunner,
  Welcome: heard.welcome,
  Approved: heard.approved,
  JobOffer: heard.jobOffer,
  Accepted: heard.accepted,
  Refused: heard.refused,
  Cancel: heard.cancel,
  Heard: heard.heard,
  Drain: heard.drain,
  ProtocolError: heard.protocolError,
  ToRunner: heard.toRunner,
  Capabilities: capabilities,
  Device: device,
  PresentModel: presentModel,
  JobNeeds: jobNeeds,
  NeededModel: jobNeeds.shape.models.element,
  JobFile: jobFile,
  Stage: stage,
  OfferedFile: heard.jobOffer.shape.files.element,
  Source: heard.jobOffer.shape.source.unwrap(),
  InputsFile: heard.jobOffer.shape.inputs_file.unwrap(),
  Field: fields.field,
  StringField: fields.stringField,
  IntegerField: fields.integerField,
  FloatField: fields.floatField,
  BooleanField: fields.booleanField,
  ArrayField: fields.arrayField,
  ObjectField: fields.objectField,
  FileField: fields.fileField,
  AnyField: fields.anyField,
  StoredFile: file,
  Upload: upload,
  UploadRequest: uploadRequest,
};

/** The limits that a runner keeps to. */
const kept = {
  file_request_bytes: limits.fileRequestBytes,
  value_bytes: limits.valueBytes,
  outputs_per_run: limits.outputsPerRun,
  devices: limits.devices,
  models_per_runner: limits.modelsPerRunner,
  handlers_per_runner: limits.handlersPerRunner,
  packages_per_runner: limits.packagesPerRunner,
  leases_per_runner: limits.leasesPerRunner,
  warm_per_runner: limits.warmPerRunner,
  log_bytes_per_run: limits.logBytesPerRun,
  log_line_length: limits.logLineLength,
  progress_message_length: limits.progressMessageLength,
  failure_message_length: limits.failureMessageLength,
  failure_detail_length: limits.failureDetailLength,
  runner_message_bytes: limits.runnerMessageBytes,
};

/** The schema as JSON text. */
export function wireSchema(): string {
  const metadata = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(names)) metadata.add(schema, { id });
  const schema = z.toJSONSchema(z.object(names), { io: "input", metadata });
  const limitsClass = {
    type: "object",
    required: Object.keys(kept),
    properties: Object.fromEntries(
      Object.entries(kept).map(([name, most]) => [name, { type: "integer", default: most }]),
    ),
  };
  return `${JSON.stringify({ title: "Wire", $defs: forRunners({ ...schema.$defs, Limits: limitsClass }) }, null, 1)}\n`;
}

/** What the registry checks anyway. Without these a runner can still talk to a registry with other limits; the ones it must keep are in `Limits`. */
const constraints = new Set([
  ...["pattern", "format", "minLength", "maxLength", "minItems", "maxItems", "propertyNames", "allOf", "default"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
]);

/** The shapes alone, with unions told apart by `type`. A runner ignores keys that it does not know, as a newer registry may add some. */
function forRunners(schemas: Record<string, object>): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, name === "Limits" ? schema : shapeOf(schema)]),
  );
}

function shapeOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (typeof schema !== "object" || schema === null) return schema;
  const shape: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (constraints.has(keyword) || (keyword === "additionalProperties" && value === false)) continue;
    shape[keyword] = keyword === "properties" ? mapValues(value, shapeOf) : shapeOf(value);
  }
  if ("oneOf" in shape) shape.discriminator = { propertyName: "type" };
  return shape;
}

function mapValues(object: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(wireSchemaPath, wireSchema());
  console.log(`wrote ${wireSchemaPath}`);
}
