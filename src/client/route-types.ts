import type { z } from "zod";
import type { Route } from "../contract/http/route.ts";

type Params<R extends Route> = R extends { params: infer P extends z.ZodType }
  ? { params: z.input<P> }
  : { params?: undefined };

type Query<R extends Route> = R extends { query: infer Q extends z.ZodType }
  ? Record<string, never> extends z.input<Q>
    ? { query?: z.input<Q> }
    : { query: z.input<Q> }
  : { query?: undefined };

type Body<R extends Route> = R extends { body: infer B }
  ? B extends { as: "document"; mediaTypes: readonly (infer M)[] }
    ? { body: string | Uint8Array<ArrayBuffer>; mediaType?: M }
    : B extends { as: "run"; schema: infer S extends z.ZodType }
      ? { body: z.input<S> }
      : B extends { as: "bytes" }
        ? { body: string | Uint8Array<ArrayBuffer>; mediaType?: string }
        : B extends { as: "json"; schema: infer S extends z.ZodType }
          ? B extends { isOptional: true }
            ? { body?: z.input<S> }
            : { body: z.input<S> }
          : never
  : { body?: undefined };

/** What any call may add to what its route declares. */
export interface CallOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Overrides the client's own. */
  timeoutMs?: number;
  /** Says that doing it twice is as good as once, so that a POST too may be tried again. Other methods always may. */
  isIdempotent?: boolean;
}

/** What a call of the route takes: its parameters, query and body as its schemas read them. */
export type RequestOf<R extends Route> = Params<R> & Query<R> & Body<R> & CallOptions;

/** What a call of the route answers, as its schemas give it. */
export type AnswerOf<R extends Route> = {
  [S in keyof R["answers"]]: R["answers"][S] extends { schema: infer T extends z.ZodType } ? z.output<T> : never;
}[keyof R["answers"]];

/** The request as the client sends it, after the route's types have checked what the caller wrote. */
export interface PlainRequest extends CallOptions {
  params?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  mediaType?: string | undefined;
}

/** A call that the route lets be made with nothing may leave the request out. */
export type RequestArguments<R extends Route> =
  Record<string, never> extends RequestOf<R> ? [request?: RequestOf<R>] : [request: RequestOf<R>];
