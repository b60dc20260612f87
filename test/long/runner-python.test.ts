import { runnerTests } from "../journeys/support/runner-tests.ts";

runnerTests("the runner's own tests that take long pass", "long");
