import { expect, test } from "vitest";
import { goTool } from "../conformance/go-tools.ts";
import { pushImage } from "./support/oci-image.ts";
import { ociProgram } from "./support/oci-program.ts";
import { ociRegistry } from "./support/oci-registry.ts";

const cranePath = await goTool("crane");
const regctlPath = await goTool("regctl");
const first = ociRegistry();
const second = ociRegistry();

test.skipIf(cranePath === null)("crane (go-containerregistry) copies, lists, tags and deletes", async () => {
  const crane = ociProgram(cranePath ?? "");
  for (const one of [first, second])
    await crane.ok(["auth", "login", one.host(), "-u", "anyone", "--password-stdin"], { input: one.token() });
  const digest = await pushImage(first.target(), "crane/image", "v1", "crane");
  const image = `${first.host()}/crane/image`;
  expect((await crane.ok(["digest", `${image}:v1`])).trim()).toBe(digest);
  // Within a registry it mounts the blobs, between two it sends them.
  for (const to of [`${first.host()}/crane/mounted`, `${second.host()}/crane/sent`]) {
    await crane.ok(["copy", `${image}:v1`, `${to}:v1`]);
    expect((await crane.ok(["digest", `${to}:v1`])).trim()).toBe(digest);
    await crane.ok(["validate", "--remote", `${to}:v1`]);
  }
  await crane.ok(["tag", `${image}:v1`, "stable"]);
  expect(await crane.ok(["ls", image])).toBe("stable\nv1\n");
  expect((await crane.ok(["catalog", first.host()])).split("\n")).toEqual(
    expect.arrayContaining(["crane/image", "crane/mounted"]),
  );
  expect(JSON.parse(await crane.ok(["config", `${image}:v1`]))).toMatchObject({ author: "crane" });
  await crane.ok(["delete", `${image}@${digest}`]);
  expect((await crane.run(["digest", `${image}:v1`])).stderr).toContain("MANIFEST_UNKNOWN");
});

test.skipIf(regctlPath === null)(
  "regctl copies with referrers, sends a blob in chunks, and deletes a single tag",
  async () => {
    const regctl = ociProgram(regctlPath ?? "", { "notes.txt": "notes" });
    for (const one of [first, second]) {
      await regctl.ok([
        "registry",
        "set",
        one.host(),
        "--tls",
        "disabled",
        "--blob-chunk",
        "1024",
        "--blob-max",
        "2048",
      ]);
      await regctl.ok(["registry", "login", one.host(), "-u", "anyone", "--pass-stdin"], { input: one.token() });
    }
    const digest = await pushImage(first.target(), "regctl/image", "v1", "regctl");
    const image = `${first.host()}/regctl/image`;
    await regctl.ok(["artifact", "put", "--subject", `${image}:v1`, "--artifact-type", "application/vnd.test.notes"], {
      input: "noted",
    });
    await regctl.ok(["image", "copy", "--referrers", `${image}:v1`, `${second.host()}/regctl/image:v1`]);
    expect((await regctl.ok(["image", "digest", `${second.host()}/regctl/image:v1`])).trim()).toBe(digest);
    const listed = await regctl.ok(["artifact", "list", "--format", "{{json .}}", `${second.host()}/regctl/image:v1`]);
    expect(JSON.parse(listed).descriptors).toHaveLength(1);

    // More than the chunk that the registry asks for at least.
    const large = "0123456789".repeat(300_000);
    const blob = (await regctl.ok(["blob", "put", image], { input: large })).trim();
    expect(await regctl.ok(["blob", "get", image, blob])).toBe(large);

    await regctl.ok(["image", "copy", `${image}:v1`, `${image}:stable`]);
    await regctl.ok(["tag", "delete", `${image}:v1`]);
    expect(await regctl.ok(["tag", "ls", image])).toBe("stable\n");
    expect((await regctl.ok(["image", "digest", `${image}:stable`])).trim()).toBe(digest);
  },
);
