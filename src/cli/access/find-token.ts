import type { Client } from "../../client/create-client.ts";
import { type AccessToken, tokenId } from "../../contract/access/token.ts";
import { getToken, listTokens } from "../../contract/http/tokens.ts";
import { chooseOne } from "../choose-one.ts";
import { readPages } from "../read-pages.ts";

/** The token that a text means: its id, a unique part of that, or its name, where only one that is live has it. */
export async function findToken(client: Client, text: string): Promise<AccessToken> {
  if (tokenId.safeParse(text).success) return client.call(getToken, { params: { token_id: text } });
  const { items } = await readPages({ all: true }, (query) => client.call(listTokens, { query }));
  return chooseOne(text, items, {
    what: "live token",
    list: "tokens list --all",
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    tell: ({ name, hint, created_at }) => `${name} (${hint}…), made ${created_at}`,
  });
}
