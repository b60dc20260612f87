/** An account as GitHub's payloads and answers tell it, every field. */
export function accountObject(apiUrl: string, webUrl: string, login: string, id: number) {
  const url = `${apiUrl}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `${webUrl}/avatars/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${webUrl}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: "User",
    user_view_type: "public",
    site_admin: false,
  };
}

/** The id that GraphQL knows a thing by: opaque to everybody. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`0:${type}:${id}`).toString("base64");
}

/** An account's number: the same for a login, whenever it is asked. */
export function accountId(login: string): number {
  let id = 7;
  for (const letter of login) id = (id * 31 + (letter.codePointAt(0) ?? 0)) % 90_000_000;
  return id + 10_000_000;
}
