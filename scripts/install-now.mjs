import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

install(dirname(dirname(fileURLToPath(import.meta.url))));
