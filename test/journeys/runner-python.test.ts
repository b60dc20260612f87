import { runnerTests } from "./support/runner-tests.ts";

runnerTests("the runner's own tests pass", "not long");
