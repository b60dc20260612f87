import { type Command, Option } from "commander";
import { changeSource, createSource } from "../../contract/http/webhooks.ts";
import type { HookProvider, WebhookSource } from "../../contract/webhook/source.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { inSession, type Session } from "../session.ts";
import { renderSetup, renderSource } from "../terminal/render-sources.ts";
import { addSourceFlags, type SourceFlags, secretsOf, settingsOf } from "../webhooks/source-flags.ts";

type AddFlags = SourceFlags & Partial<Record<HookProvider, string>>;

/** `callsheet webhooks add`. */
export function addWebhooksAdd(webhooks: Command): void {
  const add = webhooks
    .command("add")
    .description("publish what is pushed to a repository; tells what to enter at its host")
    .argument("<name>", "what people call the source: letters, digits, - and _")
    .addOption(new Option("--github <owner/repository>", "on GitHub").conflicts(["gitlab", "generic"]))
    .addOption(new Option("--gitlab <path>", "the path of the project on GitLab").conflicts(["github", "generic"]))
    .addOption(
      new Option("--generic <repository>", "any host that signs as Standard Webhooks say, and sends the files along"),
    );
  addSourceFlags(add)
    .addHelpText(
      "after",
      exampleText(
        "webhooks add templates --github acme/templates --path 'templates/**' --credential-stdin < github-token.txt",
        "webhooks add filters --gitlab acme/tools/filters --branch release --plan-only",
      ),
    )
    .action((name: string, flags: AddFlags, command: Command) =>
      inSession(command, (session) => addSource(session, name, flags)),
    );
}

async function addSource(session: Session, name: string, flags: AddFlags): Promise<undefined> {
  const { terminal } = session;
  const { provider, repository } = hostOf(flags);
  const body = { name, provider, repository, ...settingsOf(flags), ...(await secretsOf(flags)) };
  const created = await session.client().call(createSource, { body });
  const { url } = session.settings();
  const address = { hook_url: `${url}${created.hook_path}` };
  terminal.answer({ ...created, ...address }, () => {
    const title = `source ${terminal.colors.bold(created.name)} takes pushes to ${repository}, branch ${created.branch}`;
    return `${title}\n\n${renderSetup(created, url, created.secret, terminal.colors)}`;
  });
  tellHints(session, created);
}

function tellHints({ terminal, settings }: Session, { name, provider, has_credential, statuses }: WebhookSource): void {
  const { hostname } = new URL(settings().url);
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) {
    terminal.note("hint: no host on the internet reaches this registry; give it an address that they know");
  }
  if (provider !== "generic" && !has_credential) {
    const lacks = statuses ? "no status is posted, and private files cannot be read" : "private files cannot be read";
    terminal.note(
      `hint: without a token for the host's API ${lacks}; \`callsheet webhooks change ${name} --credential-stdin\``,
    );
  }
  if (provider !== "generic") {
    terminal.note(`hint: \`callsheet webhooks sync ${name} --wait\` publishes what is there already`);
  }
}

function hostOf(flags: AddFlags): { provider: HookProvider; repository: string } {
  const said = (["github", "gitlab", "generic"] as const).flatMap((provider) => {
    const repository = flags[provider];
    return repository === undefined ? [] : [{ provider, repository }];
  });
  const [only, other] = said;
  if (only === undefined || other !== undefined) {
    throw new CommandRefusal(
      "say one host: --github owner/repository, --gitlab path/of/project or --generic owner/name",
    );
  }
  return only;
}

/** `callsheet webhooks change`. */
export function addWebhooksChange(webhooks: Command): void {
  addSourceFlags(
    webhooks
      .command("change")
      .description("change what a source says; what is not said stays")
      .argument("<name>")
      .option("--repository <repository>", "another repository: the next push is compared with nothing"),
  )
    .option("--no-credential", "forget the token for the host's API")
    .addHelpText(
      "after",
      exampleText(
        "webhooks change templates --branch release",
        "webhooks change templates --credential-stdin < token.txt",
      ),
    )
    .action((source: string, flags: SourceFlags & { repository?: string }, command: Command) =>
      inSession(command, async ({ client, settings, terminal }) => {
        const { repository } = flags;
        const body = {
          ...(repository === undefined ? {} : { repository }),
          ...settingsOf(flags),
          ...(await secretsOf(flags)),
        };
        if (Object.keys(body).length === 0)
          throw new CommandRefusal("say what to change; --help tells what is possible");
        const changed = await client().call(changeSource, { params: { source }, body });
        terminal.answer(changed, () => renderSource(changed, settings().url, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}
