// One agent as a process of its own: node test/agents/main.ts plan-agent PORT JOURNAL
import { z } from "zod";
import { openJournal } from "./agent-journal.ts";
import { agentServer } from "./agent-server.ts";
import { skillsOfAgents } from "./agent-skills.ts";
import { agentSwitches } from "./agent-switches.ts";

const [name, port, journal] = z
  .tuple([z.enum(["plan-agent", "build-agent", "test-agent"]), z.coerce.number().int(), z.string().min(1)])
  .parse(process.argv.slice(2));
const server = agentServer({
  skills: skillsOfAgents[name],
  journal: openJournal(journal),
  switches: agentSwitches.parse(JSON.parse(process.env.AGENT_SWITCHES ?? "{}")),
  crash: () => process.kill(process.pid, "SIGKILL"),
});
server.listen(port, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on no port");
  console.log(`ready ${address.port}`);
});
// Whoever started it holds the other end: when that is gone, so is the agent.
process.stdin.resume().on("end", () => process.exit());
