import { limits } from "../../contract/limits.ts";

/** How much a hub does at once for those who listen to it. */
export interface ListenerPace {
  /** Changes that one read of D1 brings. */
  page: number;
  /** Changes in one message. */
  batch: number;
  /** A listener is asked how far it is after so many changes. */
  checkEvery: number;
  /** Changes that one who catches up is sent before it must answer. */
  window: number;
  /** One who has not answered for so many changes is sent away. */
  behind: number;
  /** Changes that a hub remembers, so that who was away for a moment, or just caught up, joins without asking D1. */
  remembered: number;
  /** Sends that a hub makes in one go: some milliseconds. Then it answers syncs and whatever else waits. */
  sendsAtOnce: number;
}

export const listenerPace: ListenerPace = {
  page: limits.listenerPage,
  batch: 100,
  checkEvery: limits.listenerCheckEvery,
  window: 2 * limits.listenerCheckEvery,
  behind: limits.listenerBehind,
  remembered: 2 * limits.listenerPage,
  sendsAtOnce: 500,
};
