import { applyOperation, chooseOperation, type NameModel, type Operation } from "./name-model.ts";
import type { Random } from "./random.ts";
import type { Writable } from "./registry-calls.ts";
import { sendOperation } from "./send-operation.ts";

/** How far the writer of one name came. */
export interface Written {
  /** Every acknowledged change, and no other. */
  model: NameModel;
  /** The change that was sent and never answered: it may have happened. */
  pending: Operation | null;
  /** Versions that this storm changed or tried to. */
  touched: Set<string>;
  acknowledgedSeqs: number[];
  wrong: string[];
}

/** Changes one name as fast as it is answered, until the registry is gone. */
export async function storm(registry: Writable, model: NameModel, random: Random): Promise<Written> {
  const written: Written = { model, pending: null, touched: new Set(), acknowledgedSeqs: [], wrong: [] };
  for (;;) {
    const operation = chooseOperation(written.model, random);
    if (operation.version !== null) written.touched.add(operation.version);
    try {
      const answer = await sendOperation(registry, model.name, operation);
      if (answer.type === "refused") {
        written.wrong.push(`${model.name}: ${JSON.stringify(operation)} was answered ${answer.text}`);
        return written;
      }
      const { digest, seq, changed } = answer;
      if (!changed) written.wrong.push(`${model.name}: ${JSON.stringify(operation)} changed nothing`);
      written.model = applyOperation(
        written.model,
        operation.type === "publish" ? { ...operation, digest } : operation,
      );
      written.acknowledgedSeqs.push(seq);
    } catch {
      written.pending = operation;
      return written;
    }
  }
}
