import type { BatchAnswer, Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { orderByParent } from "../../domain/template/order-by-parent.ts";
import { type TemplateHeader, templateHeader } from "../../domain/template/template-header.ts";
import { orOutage } from "../artifact/or-outage.ts";
import type { RegisterDocumentNeeds } from "../artifact/register-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { BatchMembers, type RegisterHow } from "./batch-members.ts";
import { batchAnswerOf } from "./batch-results.ts";
import { runInOrder } from "./run-in-order.ts";

/** Workers open at most six connections at once for one request; more members at a time would only wait for each other. */
const membersAtOnce = 6;

/** Registers many templates, parents first. One bad document stops no other; each has its own result, in the order sent. */
export async function registerTemplates(
  needs: RegisterDocumentNeeds,
  sources: readonly DocumentSource[],
  how: RegisterHow,
): Promise<BatchAnswer> {
  const headers = sources.map(({ reading }) => (reading.document === null ? null : templateHeader(reading.document)));
  const { order, cycles } = orderByParent(
    headers.flatMap((header, index) =>
      header?.id && header.version ? [{ index, id: header.id, version: header.version, extends: header.extends }] : [],
    ),
  );
  const ordered = new Set(order);
  const rest = sources.map((_, index) => index).filter((index) => !ordered.has(index));
  const members = new BatchMembers(needs, how);
  const outcomes = new Map<number, Result<Registration, Failure>>();
  const registerMember = async (index: number, source: DocumentSource) => {
    const cycle = ordered.has(index) ? null : cycleOf(cycles, headers[index] ?? null);
    outcomes.set(index, cycle === null ? await orOutage(() => members.register(source)) : cyclic(cycle, source));
  };
  const pieces = [...order, ...rest].flatMap((index) => {
    const source = sources[index];
    if (source === undefined) return [];
    const header = headers[index] ?? null;
    const reads = header?.extends ? [header.extends.name] : [];
    return [{ writes: header?.id ? [header.id] : [], reads, run: () => registerMember(index, source) }];
  });
  await runInOrder(pieces, membersAtOnce);
  return batchAnswerOf(headers, outcomes, how.isDryRun);
}

function cycleOf(cycles: readonly string[][], header: TemplateHeader | null): readonly string[] | null {
  const id = header?.id ?? null;
  return (id === null ? undefined : cycles.find((names) => names.includes(id))) ?? null;
}

function cyclic(names: readonly string[], { reading }: DocumentSource): Result<Registration, Failure> {
  const path = "/template/extends";
  const message = `these templates extend each other in a circle: ${names.join(" → ")}; one of them must extend something else`;
  const { line = null, column = null } = reading.document?.place(path, "value") ?? {};
  const found: Issue = {
    severity: "error",
    path,
    line,
    column,
    code: "extends_cycle",
    message,
    suggestion: "extend something outside the circle",
  };
  return refusal({ code: "INVALID_DOCUMENT", message, issues: [found] });
}
