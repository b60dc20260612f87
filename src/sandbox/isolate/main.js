// The main module of every isolate that runs a function. It is loaded as text, beside the function's own module.
import { abortIsolate, WorkerEntrypoint } from "cloudflare:workers";
import { beginLog, describe, parse, writeJson } from "./guard.js";

let isUsed = false;

class Isolate extends WorkerEntrypoint {
  // Reads the function's module before it is called, so that the call need not wait for it. What is wrong with it, the call will tell.
  async prepare() {
    try {
      await import("./function.js");
    } catch {}
  }

  // Calls the function. An isolate serves one call, unless `mayServeAgain`: whatever the code left behind, nobody meets it.
  async call(entry, inputs, outputBytes, mayServeAgain) {
    if (isUsed && !mayServeAgain) return { state: "used" };
    isUsed = true;
    const log = beginLog();
    let value;
    try {
      let functions;
      try {
        functions = await import("./function.js");
      } catch (error) {
        return { state: "failed", code: "load_failed", ...describe(error), log };
      }
      const named = functions[entry];
      if (typeof named !== "function")
        return { state: "failed", code: "load_failed", message: `it exports no function ${entry}`, stack: null, log };
      value = await named(parse(inputs));
    } catch (error) {
      return { state: "failed", code: "threw", ...describe(error), log };
    }
    try {
      return { ...writeJson(value, outputBytes), log };
    } catch (error) {
      // A getter or toJSON of its own.
      return { state: "failed", code: "threw", ...describe(error), log };
    }
  }

  // Ends this isolate with all that still goes on in it.
  end() {
    abortIsolate("its call is over");
  }
}

// The function's module may import this one; it shall change nothing here.
Object.freeze(Isolate.prototype);
Object.freeze(Isolate);

export default Isolate;
