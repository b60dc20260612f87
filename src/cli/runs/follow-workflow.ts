import type { Client } from "../../client/create-client.ts";
import type { Run } from "../../contract/run/run.ts";
import { ChildFollower } from "./follow-children.ts";
import { type FollowOptions, followRun } from "./follow-run.ts";
import type { RunView } from "./run-view.ts";

/** Shows a workflow's run until it has ended, as `followRun` does, and a few of the runs that do its steps with it. */
export async function followWorkflow(client: Client, begun: Run, view: RunView, options: FollowOptions): Promise<Run> {
  const children = new ChildFollower(client, options.showsLogs, {
    show: view.child,
    log: (path, event) => view.log({ ...event, text: `${path} | ${event.text}` }),
  });
  const both: RunView = {
    ...view,
    show(watched) {
      view.show(watched);
      children.update(watched.steps);
    },
  };
  try {
    return await followRun(client, begun, both, options);
  } finally {
    children.stop();
  }
}
