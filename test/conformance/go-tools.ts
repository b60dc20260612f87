import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";

const run = promisify(execFile);
const built = join(repositoryRoot, "build", "go-tools");
const buildMs = 10 * 60_000;

/** Each is a module in go/: its go.mod pins the release, its go.sum proves every byte that goes into it. */
const tools = {
  suite: ["test", "-c", "github.com/opencontainers/distribution-spec/conformance"],
  oras: ["build", "oras.land/oras/cmd/oras"],
  crane: ["build", "github.com/google/go-containerregistry/cmd/crane"],
  regctl: ["build", "github.com/regclient/regclient/cmd/regctl"],
} as const;

/** A program in Go that tests use: the conformance suite, or an OCI client. */
export type GoTool = keyof typeof tools;

/** What Go says when a module cannot be fetched, or when it is itself too old: nothing that the registry could do about. */
const cannotBeHad =
  /no such host|dial tcp|i\/o timeout|deadline exceeded|TLS handshake|server response:|lookup disabled|requires go >=/;

/**
 * The path of a Go program, built at the first call on a machine into build/go-tools. Null, with the reason printed, where there is no Go or
 * its modules cannot be had; whatever else goes wrong is a failure.
 */
export async function goTool(tool: GoTool): Promise<string | null> {
  const folder = join(repositoryRoot, "test", "conformance", "go", tool);
  const program = join(built, `${tool}-${digestOf(folder, tool)}`);
  if (existsSync(program)) return program;
  const go = await findGo();
  if (go === null) return without(tool, "there is no go on the PATH nor in /usr/local/go");
  mkdirSync(built, { recursive: true });
  const beside = mkdtempSync(join(built, `${tool}-`));
  try {
    const [act, ...rest] = tools[tool];
    const output = join(beside, tool);
    console.log(`building ${tool} with ${go} …`);
    await run(go, [act, ...rest.slice(0, -1), "-o", output, ...rest.slice(-1)], {
      cwd: folder,
      timeout: buildMs,
      env: {
        ...process.env,
        // go.sum alone decides what is genuine; nothing is added to it, and no other Go is downloaded.
        GOFLAGS: "-mod=readonly -buildvcs=false -trimpath",
        GOSUMDB: "off",
        GOTOOLCHAIN: "local",
        GOWORK: "off",
        CGO_ENABLED: "0",
      },
    });
    renameSync(output, program);
    return program;
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    if (cannotBeHad.test(told)) return without(tool, told.trim().slice(0, 300));
    throw new Error(`${tool} cannot be built:\n${told}`, { cause: error });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function without(tool: GoTool, reason: string): null {
  console.warn(`no ${tool}, so what needs it is not tested: ${reason}`);
  return null;
}

/** Changes with what the program is made of. */
function digestOf(folder: string, tool: GoTool): string {
  const hash = createHash("sha256");
  for (const name of ["go.mod", "go.sum"]) hash.update(readFileSync(join(folder, name)));
  return hash.update(tools[tool].join(" ")).digest("hex").slice(0, 16);
}

async function findGo(): Promise<string | null> {
  for (const go of ["go", "/usr/local/go/bin/go"]) {
    try {
      await run(go, ["version"], { timeout: 20_000 });
      return go;
    } catch {
      // Not this one.
    }
  }
  return null;
}
