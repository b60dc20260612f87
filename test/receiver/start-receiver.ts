import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Behaviour, behaviour, type Manners, manners, type Received } from "./behaviour.ts";

/** A receiver of deliveries: any number of inboxes at `{url}/{inbox}`, each with manners of its own. */
export interface Receiver {
  url: string;
  /** What an inbox got, oldest first. */
  inbox(name: string): readonly Received[];
  behave(name: string, how: Manners): void;
  stop(): Promise<void>;
}

/**
 * Starts one on a free port. Tests in workerd, which cannot hold it, ask it by HTTP: `GET /inboxes/{inbox}` and `PUT /inboxes/{inbox}`. Whatever comes
 * after an inbox's name in a path, as in `/{inbox}/moved`, comes to that inbox too.
 */
export async function startReceiver(): Promise<Receiver> {
  const inboxes = new Map<string, { got: Received[]; how: ReturnType<typeof manners.parse> }>();
  let order = 0;
  const open = (name: string) => {
    const known = inboxes.get(name) ?? { got: [], how: manners.parse({}) };
    inboxes.set(name, known);
    return known;
  };
  const behave = (name: string, how: Manners) => {
    open(name).how = manners.parse(how);
  };
  const server = createServer(async (request, response) => {
    // A sender that goes in the middle is part of the play.
    const body = await text(request).catch(() => null);
    if (body === null) return;
    const path = request.url ?? "/";
    const [, first = "", second = ""] = path.split("/");
    if (first === "inboxes") {
      if (request.method === "PUT") behave(second, manners.parse(JSON.parse(body)));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(open(second).got));
      return;
    }
    const { got, how } = open(first);
    const does = how.next.shift() ?? how.by_name[nameOf(body)] ?? how.otherwise;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    order += 1;
    got.push({ path, headers, body, order, did: does.does === "answer" ? String(does.status) : does.does });
    act(does, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    inbox: (name) => open(name).got,
    behave,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function act(given: Behaviour, response: ServerResponse): void {
  const does = behaviour.parse(given);
  switch (does.does) {
    case "answer":
      response.writeHead(does.status, does.headers).end(does.body);
      return;
    case "close":
      response.destroy();
      return;
    case "stall":
      response.writeHead(200, { "content-type": "text/plain" }).write("begun");
      return;
    case "flood":
      response.writeHead(does.status, { "content-type": "text/plain" });
      flood(response);
      return;
    case "hang":
  }
}

function flood(response: ServerResponse): void {
  const piece = "x".repeat(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}

/** As a repository is called: what a change of a delivery is of. */
function nameOf(body: string): string {
  const { data } = JSON.parse(body);
  return data?.kind === undefined ? "" : `${data.kind}s/${data.name}`;
}
