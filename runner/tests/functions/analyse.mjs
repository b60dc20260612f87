// Analyses the Python sources named on stdin (a JSON list of paths) and writes their analyses to stdout, as a JSON list.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { loadAnalyzer } from "../../../src/analyzer/node/load-analyzer.ts";

const analyze = await loadAnalyzer();
const paths = JSON.parse(readFileSync(0, "utf8"));
const analyses = paths.map((path) =>
  analyze({ language: "python", text: readFileSync(path, "utf8"), file: basename(path) }),
);
process.stdout.write(JSON.stringify(analyses));
