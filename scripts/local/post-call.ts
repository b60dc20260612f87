import type { EdgeProcess } from "./edge-process.ts";

/** What the sandbox Worker answered. */
export interface PostedCall {
  status: number;
  body: string;
}

/** Posts a call to a process. Throws when the process ends under it. */
export async function postCall(process: EdgeProcess, body: string): Promise<PostedCall> {
  const response = await fetch(`${process.url}/call`, { method: "POST", body });
  return { status: response.status, body: await response.text() };
}
