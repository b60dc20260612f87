import type { Command } from "commander";
import { type Client, createClient } from "../client/create-client.ts";
import { headers } from "../contract/http/headers.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { createOciClient, type OciClient } from "./oci/oci-client.ts";
import { packageFolder, packageVersion } from "./package-facts.ts";
import { reportFailure } from "./report-failure.ts";
import { globalFlags } from "./settings/global-flags.ts";
import { readSettings, type Settings } from "./settings/read-settings.ts";
import { openTerminal, type Terminal } from "./terminal/open-terminal.ts";

const userAgent = `callsheet-cli/${packageVersion}`;

/** What a command works with. */
export interface Session {
  terminal: Terminal;
  /** The registry, by the settings in force; these are read when first asked, so that offline commands need none. */
  client(): Client;
  /** The same registry with this token, or with none, instead of the one in force. */
  clientWith(token: string | null): Client;
  /** The same registry's OCI side. */
  oci(): OciClient;
  /** Where it is, and how to be let in, for what neither of them does. */
  settings(): Settings;
}

/** Runs a command's work and sets the exit status by how it ends; nothing that it throws gets further. */
export async function inSession(
  command: Command,
  work: (session: Session) => Promise<ExitCode | undefined>,
): Promise<void> {
  const flags = globalFlags.parse(command.optsWithGlobals());
  const terminal = openTerminal(flags, process.env);
  let client: Client | undefined;
  let oci: OciClient | undefined;
  let read: Settings | undefined;
  const settings = (): Settings => {
    read ??= readSettings(flags, process.env, process.cwd(), packageFolder);
    return read;
  };
  const connect = ({ url, token, minSeq }: Pick<Settings, "url" | "token" | "minSeq">): Client =>
    createClient({
      url,
      userAgent,
      minSeq,
      ...(token === null ? {} : { token }),
      onAnswer: (answer) => {
        if (answer.headers.get(headers.stale) !== "true") return;
        const age = answer.headers.get("age");
        terminal.note(
          `note: this may be out of date${age === null ? "" : ` by ${age} s`}: the registry cannot check it now`,
        );
      },
    });
  try {
    const exitCode = await work({
      terminal,
      client: () => {
        client ??= connect(settings());
        return client;
      },
      clientWith: (token) => connect({ ...settings(), token }),
      oci: () => {
        oci ??= createOciClient({ ...settings(), userAgent });
        return oci;
      },
      settings,
    });
    process.exitCode = exitCode ?? exitCodes.ok;
  } catch (error) {
    process.exitCode = reportFailure(terminal, error);
  }
}
