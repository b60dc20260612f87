import type { Command } from "commander";
import type { Whoami } from "../../contract/access/token.ts";
import { getWhoami } from "../../contract/http/tokens.ts";
import { exchangeGithubIdentity } from "../access/exchange-github-identity.ts";
import { readSecret } from "../access/read-secret.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { packageFolder } from "../package-facts.ts";
import { inSession, type Session } from "../session.ts";
import { globalFlags } from "../settings/global-flags.ts";
import { keepLogin, loginsPath } from "../settings/kept-logins.ts";
import { samePlace } from "../settings/local-registry.ts";
import { readSettings } from "../settings/read-settings.ts";
import { plainText } from "../terminal/plain-text.ts";
import { showEnd } from "../terminal/show-time.ts";

interface Flags {
  token?: string;
  githubActions?: boolean;
}

/** `callsheet login`. */
export function addLoginCommand(program: Command): void {
  program
    .command("login")
    .description("keep a token for the registry: it is typed hidden or piped in, and checked before it is kept")
    .option("--github-actions", "in a job of GitHub Actions: a short-lived token for the job's own identity")
    .addHelpText(
      "after",
      exampleText(
        "login --url https://registry.example.com",
        "login --url https://registry.example.com < token.txt",
        "login --url https://registry.example.com --github-actions",
      ),
    )
    .action((_flags: unknown, command: Command) =>
      inSession(command, (session) => login(session, command.optsWithGlobals<Flags>())),
    );
}

async function login(session: Session, flags: Flags): Promise<undefined> {
  const { terminal } = session;
  const { url } = session.settings();
  const path = loginsPath(process.env);
  if (path === null)
    throw new CommandRefusal("there is no home folder to keep a login in; set HOME or XDG_CONFIG_HOME");
  if (!isPrivate(url)) terminal.warn(`warning: ${url} is not https: whoever carries the token there can read it`);
  const token = await chooseToken(session, flags);
  const who = await session.clientWith(token).call(getWhoami);
  if (who.by === "nothing") {
    throw new CommandRefusal(`${url} did not look at the token: is it a registry of this release?`, exitCodes.access);
  }
  keepLogin(path, { url, token, name: who.name, expires_at: who.expires_at });
  terminal.answer({ url, ...who, kept_in: path }, () => {
    const expires = who.expires_at === null ? "" : `; it expires ${showEnd(who.expires_at, Date.now())}`;
    return `logged in to ${url} as ${terminal.colors.bold(plainText(who.name))}: ${mayText(who)}${expires}`;
  });
  tellShadows(session, path);
}

async function chooseToken(session: Session, { token, githubActions }: Flags): Promise<string> {
  if (githubActions) {
    if (token !== undefined) throw new CommandRefusal("--token, or --github-actions? Say one");
    return (await exchangeGithubIdentity(session.clientWith(null), process.env)).token;
  }
  if (token === undefined) return readSecret("token");
  session.terminal.warn(
    "warning: a token on a command line stays in the shell's history, and others on this machine can see it; pipe it in, or leave it out and type it",
  );
  return token;
}

function mayText({ scopes, names }: Whoami): string {
  const may = scopes.length === 0 ? "may do nothing" : `may ${scopes.join(", ")}`;
  return names.includes("*") ? may : `${may}, of ${names.join(", ")}`;
}

/** What is said nearer than a login goes first; where that happens, the login seems not to work. */
function tellShadows({ settings, terminal }: Session, path: string): void {
  const without = globalFlags.parse({});
  const usual = readSettings(without, process.env, process.cwd(), packageFolder);
  if (!samePlace(usual.url, settings().url)) {
    terminal.note(`hint: here callsheet talks to ${usual.url} (${usual.urlFrom.told}) unless --url says otherwise`);
  } else if (usual.tokenFrom?.kind !== "login") {
    terminal.note(`hint: here the token of ${usual.tokenFrom?.told} goes first`);
  }
  terminal.note(`kept in ${path}`);
}

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
