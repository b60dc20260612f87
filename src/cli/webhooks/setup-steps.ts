import type { HookProvider, WebhookSource } from "../../contract/webhook/source.ts";

/** What to enter at a host so that it sends its pushes, a fact each. The secret is null where its holder knows it already. */
export function setupSteps(
  source: Pick<WebhookSource, "provider" | "repository" | "hook_path">,
  registryUrl: string,
  secret: string | null,
): { where: string; enter: [name: string, value: string | null][] } {
  const address = `${registryUrl}${source.hook_path}`;
  return { where: whereOf(source), enter: enterOf[source.provider](address, secret) };
}

function whereOf({ provider, repository }: Pick<WebhookSource, "provider" | "repository">): string {
  switch (provider) {
    case "github":
      return `enter this at https://github.com/${repository}/settings/hooks/new`;
    case "gitlab":
      return `enter this at https://gitlab.com/${repository}/-/hooks (Settings, Webhooks)`;
    case "generic":
      return "send pushes signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature)";
  }
}

type Enter = (address: string, secret: string | null) => [name: string, value: string | null][];

const enterOf = {
  github: (address, secret) => [
    ["Payload URL", address],
    ["Content type", "application/json"],
    ["Secret", secret],
    ["Events", "Just the push event"],
  ],
  gitlab: (address, secret) => [
    ["URL", address],
    ["Secret token", secret],
    ["Trigger", "Push events"],
  ],
  generic: (address, secret) => [
    ["URL", address],
    ["Secret", secret],
    ["Body", '{"type": "push", "data": {"commit", "files": [{"path", "content"}], "removed": []}}'],
  ],
} as const satisfies Record<HookProvider, Enter>;
