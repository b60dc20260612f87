import type { Callable, CallableWorkflow } from "../../contract/artifact/callable.ts";
import type { CallableKind } from "../../contract/http/artifacts.ts";

/** What is done by one runner, or at the edge: a template or a function. */
export type SimpleCallable = Exclude<Callable, CallableWorkflow>;
export type SimpleKind = Exclude<CallableKind, "workflow">;
