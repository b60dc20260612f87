import "./no-eval.ts";

import { startConsole } from "./start-console.ts";

startConsole(document, window);
