import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";

/** What the suite says of a run, as far as it is read here (Ginkgo's JSON report). */
const report = z.array(
  z.object({
    SpecReports: z.array(
      z.object({
        LeafNodeType: z.string(),
        ContainerHierarchyTexts: z.array(z.string()).nullable(),
        LeafNodeText: z.string(),
        State: z.string(),
        Failure: z.object({ Message: z.string() }).optional(),
      }),
    ),
  }),
);

/** How a run of the conformance suite ended; each check by its whole name. */
export interface SuiteResult {
  passed: string[];
  skipped: string[];
  /** With what was wrong. */
  failed: string[];
}

/** Where the suite finds the registry, and what it may do there. */
export interface SuiteTarget {
  url: string;
  repository: string;
  /** To mount into. */
  otherRepository: string;
  username?: string;
  password?: string;
  /** More of the suite's own settings. */
  settings: Record<string, string>;
}

/** All four categories. */
export const allCategories = {
  OCI_TEST_PULL: "1",
  OCI_TEST_PUSH: "1",
  OCI_TEST_CONTENT_DISCOVERY: "1",
  OCI_TEST_CONTENT_MANAGEMENT: "1",
} as const;

/** Runs the conformance suite against a registry. */
export async function runSuite(program: string, target: SuiteTarget): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "callsheet-conformance-"));
  try {
    const child = spawn(program, ["-ginkgo.no-color", "-ginkgo.json-report=report.json"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        OCI_ROOT_URL: target.url,
        OCI_NAMESPACE: target.repository,
        OCI_CROSSMOUNT_NAMESPACE: target.otherRepository,
        OCI_USERNAME: target.username ?? "",
        OCI_PASSWORD: target.password ?? "",
        OCI_REPORT_DIR: "none",
        ...target.settings,
      },
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [exitCode, said, complained] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    const result = readReport(join(folder, "report.json"), said + complained);
    if ((exitCode === 0) !== (result.failed.length === 0))
      throw new Error(`the suite ended with ${exitCode}, which its report does not explain:\n${said}${complained}`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path: string, said: string): SuiteResult {
  const result: SuiteResult = { passed: [], skipped: [], failed: [] };
  let parsed: z.infer<typeof report>;
  try {
    parsed = report.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new Error(`the suite left no report that can be read:\n${said}`, { cause: error });
  }
  for (const check of parsed.flatMap((suite) => suite.SpecReports)) {
    if (check.LeafNodeType !== "It") continue;
    // The first is the suite's own title.
    const name = [...(check.ContainerHierarchyTexts ?? []).slice(1), check.LeafNodeText].join(" › ");
    if (check.State === "passed") result.passed.push(name);
    else if (check.State === "skipped") result.skipped.push(name);
    else result.failed.push(`${name}: ${check.State}: ${check.Failure?.Message ?? "no reason given"}`);
  }
  return result;
}
