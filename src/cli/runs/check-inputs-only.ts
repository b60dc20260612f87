import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { openLocalFile } from "../files/open-local-file.ts";
import type { Session } from "../session.ts";
import { showValue } from "../terminal/show-value.ts";
import { table } from "../terminal/table.ts";
import type { Runnable } from "./begin-run.ts";
import { localFilesIn, withDigests } from "./local-file.ts";

/** Checks inputs as a run would, and runs nothing. Files are not sent: a digest is checked alike, whether its file is there or not. */
export async function checkInputsOnly(
  { terminal, client }: Session,
  { routes, reference }: Runnable,
  gathered: Record<string, unknown>,
): Promise<ExitCode> {
  const digests = new Map<string, string>();
  for (const { path } of localFilesIn(gathered)) digests.set(path, (await openLocalFile(path)).digest);
  const digestOf = (path: string) => digests.get(path) ?? path;
  const entries = Object.entries(gathered).map(([key, value]): [string, unknown] => [
    key,
    withDigests(value, digestOf),
  ]);
  const body = { inputs: Object.fromEntries(entries) };
  const checked = await client().call(routes.validate, { params: { reference }, body });
  terminal.answer(checked, () => {
    const rows = Object.entries(checked.inputs).map(([key, value]) => [
      key,
      Object.hasOwn(gathered, key) ? "given" : "default",
      showValue(value),
    ]);
    const title = `${terminal.colors.green("valid")}  ${checked.name} ${checked.version} would run`;
    return rows.length === 0
      ? `${title}; it takes nothing`
      : `${title}\n${table(terminal, ["INPUT", "IS", "VALUE"], rows)}`;
  });
  return exitCodes.ok;
}
