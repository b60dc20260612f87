import { describe, expect, it } from "vitest";
import { change, read, refusalOf } from "./a-registry.ts";
import {
  aFunctionName,
  aFunctionText,
  type FunctionParts,
  getFunction,
  postSource,
  publishSource,
  registrationOf,
  versionsOf,
} from "./a-source.ts";

/** Publishes one function in one form after another; answers the versions that it was given. */
async function versionsAfter(...forms: FunctionParts[]): Promise<(string | undefined)[]> {
  const name = aFunctionName();
  const given: (string | undefined)[] = [];
  for (const form of forms) {
    const told = await registrationOf(await postSource(aFunctionText(name, form)), 201);
    given.push(versionsOf(told)[`python.${name}`]);
  }
  return given;
}

describe("without a version, the registry chooses by what changed:", () => {
  it.each<[string, FunctionParts, string]>([
    ["another body is a patch", { body: "return 2.0" }, "1.0.1"],
    ["other words are a patch", { docs: "Measures well." }, "1.0.1"],
    ["an optional parameter is minor", { parameters: "value: float, factor: float = 2.0" }, "1.1.0"],
    ["outputs under other names are breaking", { returns: "tuple[float, int]", body: "return 1.0, 1" }, "2.0.0"],
    ["a required parameter is breaking", { parameters: "value: float, factor: float" }, "2.0.0"],
    ["a renamed parameter is breaking", { parameters: "length: float" }, "2.0.0"],
    ["a parameter of another type is breaking", { parameters: "value: str" }, "2.0.0"],
    ["a result of another type is breaking", { returns: "str", body: 'return "a"' }, "2.0.0"],
    ["a default for what was required is minor", { parameters: "value: float = 1.0" }, "1.1.0"],
    ["no parameter any more is breaking", { parameters: "" }, "2.0.0"],
  ])("%s", async (_, form, expected) => {
    expect(await versionsAfter({}, form)).toEqual(["1.0.0", expected]);
  });

  it("each change follows the one before", async () => {
    const wider = "value: float, factor: float = 2.0";
    expect(
      await versionsAfter(
        {},
        { body: "return 2.0" },
        { parameters: wider },
        { parameters: wider, body: "return 3.0" },
        { parameters: "other: float" },
        { parameters: "other: float", body: "return 4.0" },
      ),
    ).toEqual(["1.0.0", "1.0.1", "1.1.0", "1.1.1", "2.0.0", "2.0.1"]);
  });

  it("and says against what, and which change asked for it", async () => {
    const name = aFunctionName();
    await publishSource(aFunctionText(name));
    const told = await publishSource(aFunctionText(name, { parameters: "length: float" }));
    expect(told.functions[0]?.comparison).toMatchObject({ against: "1.0.0", bump: "major" });
    expect(told.functions[0]?.comparison?.changes[0]).toMatchObject({ level: "breaking", code: "input_renamed" });
  });

  it("each function of a source has a version of its own", async () => {
    const [one, two, three] = [aFunctionName("one"), aFunctionName("two"), aFunctionName("three")];
    await publishSource(`${aFunctionText(one)}\n\n${aFunctionText(two)}`);
    const wider = { parameters: "value: float, more: int = 1" };
    const told = await publishSource(
      [aFunctionText(one), aFunctionText(two, wider), aFunctionText(three)].join("\n\n"),
    );
    // The body of `one` is the same, but what runs is the whole file, and that is another.
    expect(versionsOf(told)).toEqual({
      [`python.${one}`]: "1.0.1",
      [`python.${two}`]: "1.1.0",
      [`python.${three}`]: "1.0.0",
    });
  });

  it("a number that was deleted or yanked is never given again", async () => {
    const name = aFunctionName();
    const path = `/v1/functions/python.${name}/versions`;
    const body = (value: number) => aFunctionText(name, { body: `return ${value}.0` });
    await publishSource(body(1));
    await publishSource(body(2));
    await change("DELETE", `${path}/1.0.1`);
    expect(versionsOf(await publishSource(body(3)))).toEqual({ [`python.${name}`]: "1.0.2" });
    await change("POST", `${path}/1.0.2:yank`);
    expect(versionsOf(await publishSource(body(4)))).toEqual({ [`python.${name}`]: "1.0.3" });
    for (const version of ["1.0.0", "1.0.2", "1.0.3"]) await change("DELETE", `${path}/${version}`);
    expect(versionsOf(await publishSource(body(5)))).toEqual({ [`python.${name}`]: "2.0.0" });
  });

  it("what was yanked is not published again by itself", async () => {
    const name = aFunctionName();
    await publishSource(aFunctionText(name));
    await change("POST", `/v1/functions/python.${name}/versions/1.0.0:yank`);
    const told = await registrationOf(await postSource(aFunctionText(name)));
    expect(told.functions).toMatchObject([{ version: "1.0.0", status: "unchanged" }]);
  });
});

describe("with a version", () => {
  it("of the request, every function gets it", async () => {
    const names = [aFunctionName(), aFunctionName()];
    const text = names.map((name) => aFunctionText(name)).join("\n\n");
    const told = await publishSource(text, "?version=0.4.0");
    expect(told.functions.map(({ version }) => version)).toEqual(["0.4.0", "0.4.0"]);
    expect((await registrationOf(await postSource(text, "?version=0.4.0"))).functions[0]?.status).toBe("unchanged");
  });

  it("of the source, that is meant; the request's goes before it", async () => {
    const name = aFunctionName();
    const text = `__version__ = "3.1.0"\n\n\n${aFunctionText(name)}`;
    expect(versionsOf(await publishSource(text))).toEqual({ [`python.${name}`]: "3.1.0" });
    expect(versionsOf(await publishSource(text, "?version=3.2.0"))).toEqual({ [`python.${name}`]: "3.2.0" });
  });

  it("that is taken, other content is refused, and nothing of the source is published", async () => {
    const [name, other] = [aFunctionName(), aFunctionName()];
    await publishSource(aFunctionText(name), "?version=1.0.0");
    const text = `${aFunctionText(name, { body: "return 2.0" })}\n\n${aFunctionText(other)}`;
    const { code, detail } = await refusalOf(await postSource(text, "?version=1.0.0"), 409);
    expect(code).toBe("VERSION_TAKEN");
    expect(detail).toContain(`python.${name}@1.0.0 is already published with other content`);
    expect((await read(`/v1/functions/python.${other}`)).status).toBe(404);
  });

  it("that the source still says from last time, it is told to raise it", async () => {
    const name = aFunctionName();
    const text = (body: string) => `__version__ = "1.0.0"\n\n\n${aFunctionText(name, { body })}`;
    await publishSource(text("return 1.0"));
    expect((await registrationOf(await postSource(text("return 1.0")))).functions[0]?.status).toBe("unchanged");
    const { code, detail } = await refusalOf(await postSource(text("return 2.0")), 409);
    expect(code).toBe("VERSION_TAKEN");
    expect(detail).toContain("raise __version__");
  });

  it("that says less than the change is refused, with every break", async () => {
    const name = aFunctionName();
    await publishSource(aFunctionText(name, { parameters: "a: float, b: float" }));
    const response = await postSource(aFunctionText(name, { parameters: "c: float" }), "?version=1.0.1");
    const { code, issues } = await refusalOf(response, 409);
    expect(code).toBe("INCOMPATIBLE_CHANGE");
    expect(issues.map((issue) => issue.code).sort()).toEqual(["input_removed", "input_renamed"]);
    expect(issues[0]?.path).toMatch(/^\/function\/interface\/inputs\//);
  });

  it("that was deleted is refused for ever", async () => {
    const name = aFunctionName();
    await publishSource(aFunctionText(name), "?version=1.0.0");
    await change("DELETE", `/v1/functions/python.${name}/versions/1.0.0`);
    const response = await postSource(aFunctionText(name), "?version=1.0.0");
    expect((await refusalOf(response, 410)).code).toBe("VERSION_DELETED");
  });

  it("that is none, the source has said none, and is warned", async () => {
    const name = aFunctionName();
    const told = await publishSource(`__version__ = "1.0"\n\n\n${aFunctionText(name)}`);
    expect(versionsOf(told)).toEqual({ [`python.${name}`]: "1.0.0" });
    expect(told.issues).toMatchObject([{ severity: "warning", code: "ignored_version", line: 1 }]);
  });
});

describe("versions live as those of templates do:", () => {
  it("compared, deprecated, yanked, tagged, deleted", async () => {
    const name = aFunctionName();
    const path = `/v1/functions/python.${name}`;
    await publishSource(aFunctionText(name));
    await publishSource(aFunctionText(name, { parameters: "value: float, factor: float = 2.0" }));
    const compared = await (await read(`${path}/compare?from=1.0.0`)).json();
    expect(compared).toMatchObject({ from_version: "1.0.0", to_version: "1.1.0", bump: "minor" });

    await change("PUT", `${path}/tags/stable`, { version: "1.0.0" });
    expect((await getFunction(`python.${name}@stable`)).version).toBe("1.0.0");
    await change("POST", `${path}/versions/1.0.0:deprecate`, { message: "old", successor: `python.${name}@1.1.0` });
    const deprecated = await read(`${path}@1.0.0`);
    expect(deprecated.headers.get("deprecation")).toMatch(/^@\d+$/);
    expect(deprecated.headers.get("link")).toContain(`/v1/functions/python.${name}@1.1.0`);
    await deprecated.body?.cancel();

    await change("POST", `${path}/versions/1.1.0:yank`);
    expect((await getFunction(`python.${name}@%5E1`)).version).toBe("1.0.0");
    expect((await getFunction(`python.${name}@1.1.0`)).state).toBe("yanked");
    await change("DELETE", `${path}/versions/1.1.0`);
    await refusalOf(await read(`${path}@1.1.0`), 410);
    const { versions } = await (await read(`${path}/versions`)).json<{ versions: { state: string }[] }>();
    expect(versions.map(({ state }) => state)).toEqual(["deleted", "deprecated"]);
  });
});
