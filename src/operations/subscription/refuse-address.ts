import { privateHost } from "../../domain/agent/private-host.ts";

/**
 * Why nothing is sent to an address; null where it may be. A registry that others reach too sends to public hosts by https only: else whoever
 * may subscribe could have it ask machines that only it can see. `mayAskPrivate`: this one runs on somebody's own machine.
 */
export function refuseAddress(address: string, mayAskPrivate: boolean): string | null {
  const url = URL.parse(address);
  if (url === null) return "it is no address";
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return `${url.protocol.slice(0, 20)} is not what this sends by`;
  if (url.username !== "" || url.password !== "")
    return "an address holds no user name and no password; each delivery is signed instead";
  if (mayAskPrivate) return null;
  if (url.protocol !== "https:") return "deliveries go by https only";
  return privateHost(url.hostname);
}
