import { CallFailure } from "../../client/call-failure.ts";
import { unreachableText } from "../../client/send-once.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { readOciRefusal } from "./oci-refusal.ts";
import { readChallenge } from "./read-challenge.ts";
import { type OciLogin, openLogin } from "./token-login.ts";

/** One request to `/v2/`. */
export interface OciRequest {
  method: "GET" | "HEAD" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the registry's address, `/v2/` and all; or an address of its own, as a `Location` says it. */
  path: string;
  /** What must be allowed: `repository:a/b:pull,push`; null for nothing in particular. */
  scope: string | null;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer> | string;
  /** Statuses that are an answer, beside those of success. */
  takes?: readonly number[];
  /** For the answer to begin, the body sent. Default 30 s. */
  timeoutMs?: number;
}

/** An OCI registry as its clients see it. */
export interface OciClient {
  readonly url: string;
  /** Throws unless a registry answers. A command asks this first: what is away from the start is told at once, not waited for. */
  reach(): Promise<void>;
  /** Sends a request once, logged in; anything but success, or what it `takes`, is thrown. The body is left to be read. */
  ask(request: OciRequest): Promise<Response>;
}

export interface OciClientOptions {
  url: string;
  token: string | null;
  userAgent: string;
}

const defaultTimeoutMs = 30_000;

/** Makes a client of the registry's `/v2/`, with the token flow that all OCI clients have. */
export function createOciClient({ url, token, userAgent }: OciClientOptions): OciClient {
  const origin = new URL(url).origin;

  async function send(request: OciRequest, authorization: string | null): Promise<Response> {
    const target = new URL(request.path, `${url}/`);
    // Who has a token should not be talked into sending it elsewhere.
    if (target.origin !== origin) {
      throw new CommandRefusal(
        `${url} points to ${target.origin} for its uploads; that is not followed`,
        exitCodes.access,
      );
    }
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      return await fetch(target, {
        method: request.method,
        redirect: "manual",
        headers: {
          "user-agent": userAgent,
          // What is named by a digest must come as it is stored.
          "accept-encoding": "identity",
          ...(authorization === null ? {} : { authorization }),
          ...request.headers,
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: timeout.signal,
      });
    } catch (cause) {
      if (timeout.signal.aborted) {
        const message = `${url} did not answer ${request.method} ${target.pathname} within ${timeoutMs / 1000} s; try again`;
        throw new CallFailure(message, { kind: "timed_out", timeoutMs }, cause);
      }
      throw new CallFailure(unreachableText(url, cause), { kind: "unreachable" }, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  const login: OciLogin = openLogin({
    url,
    token,
    // What `/v2/` asks for says how to log in, wherever one then goes.
    challenge: async () => {
      const response = await send({ method: "GET", path: `${url}/v2/`, scope: null }, null);
      await response.body?.cancel();
      return response.status === 401 ? readChallenge(response.headers.get("www-authenticate")) : null;
    },
    send: (path, authorization) => send({ method: "GET", path, scope: null }, authorization),
  });

  return {
    url,
    reach: login.begin,
    async ask(request) {
      const asked = { ...request, path: request.path.startsWith("/") ? `${url}${request.path}` : request.path };
      let response = await send(asked, await login.authorization(request.scope));
      if (response.status === 401) {
        // A token of the token endpoint lives for minutes, an upload may take longer.
        const renewed = await login.renew(request.scope);
        if (renewed !== null) {
          await response.body?.cancel();
          response = await send(asked, renewed);
        }
      }
      if (response.ok || request.takes?.includes(response.status)) return response;
      throw await readOciRefusal(url, response);
    },
  };
}
