/** A message of the queue `outgoing-events`: there are changes up to this seq. */
export interface OutgoingEvent {
  seq: number;
}

/** Has the couriers woken. Never throws: cron wakes them too. */
export async function sendOutgoingEvent(queue: Queue<OutgoingEvent>, seq: number): Promise<void> {
  try {
    await queue.send({ seq });
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", outgoing_events_send: seq, error: String(error) }));
  }
}
