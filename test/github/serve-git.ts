import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gitEnvironment } from "./run-git.ts";

/** How git's own CGI program is asked for a repository. */
export interface GitRequest {
  root: string;
  /** Below `root`: `/owner/name.git/info/refs`. */
  path: string;
  query: string;
  user: string;
}

/** Answers git's smart HTTP protocol by `git http-backend`, as a web server in front of it would (RFC 3875). Ends when the answer is sent. */
export async function serveGit(request: IncomingMessage, response: ServerResponse, asked: GitRequest): Promise<void> {
  const { root, path, query, user } = asked;
  const child = spawn("git", ["http-backend"], {
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_USER: user,
      REMOTE_ADDR: request.socket.remoteAddress ?? "",
    },
  });
  child.stderr.resume();
  child.stdin.on("error", () => undefined);
  request.pipe(child.stdin);
  const ended = new Promise<void>((resolve, reject) => {
    child.once("close", () => resolve());
    child.once("error", reject);
  });
  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on("data", (piece: Buffer) => {
    if (head === null) {
      response.write(piece);
      return;
    }
    head = Buffer.concat([head, piece]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    sendHead(response, head.subarray(0, end).toString("latin1"));
    response.write(head.subarray(end + 4));
    head = null;
  });
  await ended;
  if (head !== null) response.writeHead(500);
  await new Promise<void>((resolve) => response.end(() => resolve()));
}

/** A CGI program says its status as a header. */
function sendHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else if (name !== "") response.setHeader(name, value);
  }
  response.writeHead(status);
}
