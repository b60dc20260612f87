import type { SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import { githubClient } from "../../bindings/host/github-client.ts";
import { gitlabClient } from "../../bindings/host/gitlab-client.ts";
import { type HostAccess, type HostClient, HostRefusal } from "../../bindings/host/host-client.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import { privateHost } from "../../domain/agent/private-host.ts";

export interface AskHostNeeds {
  sealer: Sealer;
  fetch: HostAccess["fetch"];
  mayAskPrivate: boolean;
  now: () => Date;
}

/** How a source's host is asked; null where it has none, because its hooks bring their files along. */
export async function hostClientOf(needs: AskHostNeeds, source: SourceRow): Promise<HostClient | null> {
  const { provider, settings } = source;
  if (provider === "generic") return null;
  const apiUrl = settings.api_url ?? (provider === "github" ? "https://api.github.com" : "https://gitlab.com/api/v4");
  // Checked when it was set; but the registry may have moved to where others reach it since.
  const why = needs.mayAskPrivate ? null : privateHost(new URL(apiUrl).hostname);
  if (why !== null) throw new HostRefusal(`the host's API is not asked: ${why}`, 403);
  const credential = source.credential === null ? null : await needs.sealer.open(source.credential);
  if (source.credential !== null && credential === null) {
    throw new HostRefusal(
      "the credential of the source cannot be opened since the registry's signing key was changed; set it anew",
      401,
    );
  }
  const access = {
    fetch: needs.fetch,
    apiUrl,
    repository: settings.repository,
    credential,
    nowMs: () => needs.now().getTime(),
  };
  return provider === "github" ? githubClient(access) : gitlabClient(access);
}
