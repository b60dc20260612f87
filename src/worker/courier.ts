import { DurableObject } from "cloudflare:workers";
import { CourierTables } from "../bindings/courier/courier-tables.ts";
import type { CourierCalls, CourierStanding, DeliverySlice, DeliverySlicePage } from "../bindings/durable/courier.ts";
import type { OutgoingDelivery } from "../contract/subscription/subscription.ts";
import type { OpenCourier } from "../operations/courier/open-courier.ts";
import { pingReceiver } from "../operations/courier/ping-receiver.ts";
import { resendDelivery } from "../operations/courier/resend-delivery.ts";
import { listDeliverySlice, tellStanding } from "../operations/courier/tell-standing.ts";
import { ringCourier, wakeCourier } from "../operations/courier/wake-courier.ts";
import { flushMetrics } from "./flush-metrics.ts";
import { PoolAlarm } from "./pool-alarm.ts";
import { release } from "./release.ts";
import { sealerOf } from "./sealer.ts";
import { mayAskPrivate, settingsOf } from "./settings.ts";

/** One subscription's deliveries: what it is owed, in order, and what became of it. */
export class Courier extends DurableObject<Env> implements CourierCalls {
  readonly #courier: OpenCourier;
  readonly #alarm = new PoolAlarm(this.ctx.storage);

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    const tables = new CourierTables(storage);
    this.#courier = {
      tables,
      db: env.DB,
      sealer: sealerOf(env),
      fetch: (url, init) => fetch(url, init),
      mayAskPrivate: mayAskPrivate(settingsOf(env)),
      userAgent: `callsheet/${release}`,
      underWay: new Set(),
      holdUntilMs: 0,
      sweptMs: 0,
      nowMs: () => Date.now(),
      random: () => Math.random(),
      later: (work) => ctx.waitUntil(work),
      wakeAt: (ms) => this.#alarm.wakeAt(ms),
      removeAll: async () => {
        tables.forget();
        await storage.deleteAlarm();
        await storage.deleteAll();
      },
    };
  }

  wake(subscriptionId: string): Promise<void> {
    return wakeCourier(this.#courier, subscriptionId);
  }

  resume(subscriptionId: string): Promise<void> {
    return wakeCourier(this.#courier, subscriptionId, { isResumed: true });
  }

  async standing(): Promise<CourierStanding | null> {
    return tellStanding(this.#courier);
  }

  ping(subscriptionId: string): Promise<OutgoingDelivery | null> {
    return pingReceiver(this.#courier, subscriptionId, `ping_${crypto.randomUUID().replaceAll("-", "")}`);
  }

  async list(slice: DeliverySlice): Promise<DeliverySlicePage> {
    return listDeliverySlice(this.#courier, slice);
  }

  resend(deliveryId: string): Promise<OutgoingDelivery | null> {
    return resendDelivery(this.#courier, deliveryId);
  }

  remove(): Promise<void> {
    return this.#courier.removeAll();
  }

  override async alarm(): Promise<void> {
    this.#alarm.rang();
    await ringCourier(this.#courier);
    flushMetrics(this.env);
  }
}
